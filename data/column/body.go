package column

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// A body begins with a head of 10 bytes: the version of this encoding, the
// way its values are written, how many there are (4 bytes, little endian, as
// all numbers) and the checksum (CRC-32C) of what follows.
const (
	bodyVersion = 1
	headBytes   = 10
)

// Ways to write values. Plain is their bytes one after another; the others
// are taken where they are shorter.
//
// Note: Zstandard was tried on columns of measured numbers. Their digits are
// as good as random, and it makes them no smaller.
const (
	wayBytes byte = 1 + iota
	waySameByte
	wayInts
	waySameInt
	wayDeltas // differences from one int to the next, zigzag varints
	wayNums
	waySameNum
	wayTexts // each a varint length and its bytes
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// The errors of a damaged body. They follow the name of the part.
var (
	errShort    = errors.New("is cut off")
	errVersion  = errors.New("is of a version that this program does not know")
	errChecksum = errors.New("does not match its checksum")
	errWay      = errors.New("is written in an unknown way")
	errCount    = errors.New("has a wrong number of values")
)

// start begins a body of that way in b, whatever b held, with room for its
// payload.
func start(b []byte, way byte, payload int) []byte {
	b = slices.Grow(b[:0], headBytes+payload)[:headBytes]
	b[0], b[1] = bodyVersion, way
	return b
}

// seal completes the head of a body of n values.
func seal(b []byte, n int) []byte {
	binary.LittleEndian.PutUint32(b[2:], uint32(n))
	binary.LittleEndian.PutUint32(b[6:], crc32.Checksum(b[headBytes:], castagnoli))
	return b
}

// open checks a body and returns its parts.
func open(b []byte) (way byte, n int, payload []byte, err error) {
	if len(b) < headBytes {
		return 0, 0, nil, errShort
	}
	if b[0] != bodyVersion {
		return 0, 0, nil, errVersion
	}
	payload = b[headBytes:]
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(b[6:]) {
		return 0, 0, nil, errChecksum
	}
	n = int(binary.LittleEndian.Uint32(b[2:]))
	if n == 0 || n > chunkRows {
		return 0, 0, nil, errCount
	}
	return b[1], n, payload, nil
}

// room makes space in s for n more values, for all rows at once when a full
// chunk says that more will come.
func room[T any](s []T, n, rows int) ([]T, error) {
	if len(s)+n > rows {
		return s, fmt.Errorf("%w: %d of %d", errCount, len(s)+n, rows)
	}
	if s == nil && n == chunkRows {
		s = make([]T, 0, rows)
	}
	return slices.Grow(s, n)[:len(s)+n], nil
}

func same[T comparable](values []T) bool {
	for _, v := range values {
		if v != values[0] {
			return false
		}
	}
	return true
}

func isBytes(b []byte) bool { return len(b) > 1 && (b[1] == wayBytes || b[1] == waySameByte) }

func encodeBytes(b []byte, values []uint8) []byte {
	if same(values) {
		return seal(append(start(b, waySameByte, 1), values[0]), len(values))
	}
	return seal(append(start(b, wayBytes, len(values)), values...), len(values))
}

func decodeBytes(to []uint8, rows int, body []byte) ([]uint8, error) {
	way, n, payload, err := open(body)
	if err != nil {
		return to, err
	}
	if to, err = room(to, n, rows); err != nil {
		return to, err
	}
	values := to[len(to)-n:]
	switch {
	case way == wayBytes && len(payload) == n:
		copy(values, payload)
	case way == waySameByte && len(payload) == 1:
		fill(values, payload[0])
	case way == wayBytes || way == waySameByte:
		return to, errShort
	default:
		return to, errWay
	}
	return to, nil
}

func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}

func encodeInts(b []byte, values []int32) []byte {
	if same(values) {
		return seal(binary.LittleEndian.AppendUint32(start(b, waySameInt, 4), uint32(values[0])), len(values))
	}
	b = start(b, wayDeltas, 4*len(values))
	last := int32(0)
	for _, v := range values {
		b = binary.AppendVarint(b, int64(v)-int64(last))
		last = v
		if len(b) > headBytes+4*len(values) {
			return plainInts(b, values)
		}
	}
	return seal(b, len(values))
}

func plainInts(b []byte, values []int32) []byte {
	b = start(b, wayInts, 4*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	return seal(b, len(values))
}

func decodeInts(to []int32, rows int, body []byte) ([]int32, error) {
	way, n, payload, err := open(body)
	if err != nil {
		return to, err
	}
	if to, err = room(to, n, rows); err != nil {
		return to, err
	}
	values := to[len(to)-n:]
	switch way {
	case waySameInt, wayInts:
		return to, readInts(values, way == waySameInt, payload)
	case wayDeltas:
		return to, readDeltas(values, payload)
	}
	return to, errWay
}

func readInts(values []int32, same bool, payload []byte) error {
	switch {
	case same && len(payload) == 4:
		fill(values, int32(binary.LittleEndian.Uint32(payload)))
	case !same && len(payload) == 4*len(values):
		for i := range values {
			values[i] = int32(binary.LittleEndian.Uint32(payload[4*i:]))
		}
	default:
		return errShort
	}
	return nil
}

func readDeltas(values []int32, payload []byte) error {
	last := int64(0)
	for i := range values {
		if len(payload) == 0 {
			return errShort
		}
		size := 1
		if u := payload[0]; u < 0x80 { // most differences are small
			last += int64(u>>1) ^ -int64(u&1)
		} else {
			delta, n := binary.Varint(payload)
			if n <= 0 {
				return errShort
			}
			last, size = last+delta, n
		}
		if last != int64(int32(last)) {
			return errCount
		}
		values[i], payload = int32(last), payload[size:]
	}
	if len(payload) != 0 {
		return errCount
	}
	return nil
}

// encodeNums keeps the bits of every number, those of NaN included.
func encodeNums(b []byte, values []float64) []byte {
	first := math.Float64bits(values[0])
	differ := false
	for _, v := range values {
		differ = differ || math.Float64bits(v) != first
	}
	if !differ {
		return seal(binary.LittleEndian.AppendUint64(start(b, waySameNum, 8), first), len(values))
	}
	b = start(b, wayNums, 8*len(values))[:headBytes+8*len(values)]
	for i, v := range values {
		binary.LittleEndian.PutUint64(b[headBytes+8*i:], math.Float64bits(v))
	}
	return seal(b, len(values))
}

func decodeNums(to []float64, rows int, body []byte) ([]float64, error) {
	way, n, payload, err := open(body)
	if err != nil {
		return to, err
	}
	if to, err = room(to, n, rows); err != nil {
		return to, err
	}
	values := to[len(to)-n:]
	switch {
	case way == wayNums && len(payload) == 8*n:
		for i := range values {
			values[i] = math.Float64frombits(binary.LittleEndian.Uint64(payload[8*i:]))
		}
	case way == waySameNum && len(payload) == 8:
		fill(values, math.Float64frombits(binary.LittleEndian.Uint64(payload)))
	case way == wayNums || way == waySameNum:
		return to, errShort
	default:
		return to, errWay
	}
	return to, nil
}

func encodeTexts(b []byte, values []string) []byte {
	size := 0
	for _, s := range values {
		size += len(s) + 2
	}
	b = start(b, wayTexts, size)
	for _, s := range values {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return seal(b, len(values))
}

func decodeTexts(to []string, body []byte) ([]string, error) {
	way, n, payload, err := open(body)
	if err != nil {
		return to, err
	}
	if way != wayTexts {
		return to, errWay
	}
	all := string(payload) // one allocation; the texts are parts of it
	for range n {
		size, used := binary.Uvarint(payload)
		if used <= 0 || size > uint64(len(payload)-used) {
			return to, errShort
		}
		end := used + int(size)
		to = append(to, all[len(all)-len(payload)+used:len(all)-len(payload)+end])
		payload = payload[end:]
	}
	if len(payload) != 0 {
		return to, errCount
	}
	return to, nil
}
