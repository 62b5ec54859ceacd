package formats

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
)

// fastFloat reads decimals of up to 19 digits with exponents of the size
// that result files have. It reports false for anything else, and for the
// rare number whose rounding needs more digits; those go to strconv. It is
// the method of Eisel and Lemire (Lemire, Number parsing at a gigabyte per
// second, 2021), with results equal to strconv's.
func fastFloat(cell []byte) (float64, bool) {
	d, ok := scanDecimal(cell)
	if !ok {
		return 0, false
	}
	return d.value()
}

func (d decimal) value() (float64, bool) {
	if d.mantissa == 0 {
		return d.signed(0), true
	}
	if d.mantissa < 1<<53 && d.exponent <= 0 && d.exponent >= -22 {
		return d.signed(float64(d.mantissa) / tens[-d.exponent]), true
	}
	v, ok := eiselLemire(d.mantissa, d.exponent)
	return d.signed(v), ok
}

// tens are the powers of ten that a float holds exactly.
var tens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// A decimal is mantissa × 10^exponent.
type decimal struct {
	mantissa uint64
	exponent int
	negative bool
}

func (d decimal) signed(v float64) float64 {
	if d.negative {
		return -v
	}
	return v
}

// scanDecimal takes a number apart.
func scanDecimal(cell []byte) (d decimal, ok bool) {
	i := 0
	if len(cell) > 0 && cell[0] == '-' {
		d.negative, i = true, 1
	}
	from, point := i, -1
	d.mantissa, i = scanDigits(cell, i, 0)
	if i < len(cell) && cell[i] == '.' {
		point = i
		d.mantissa, i = scanDigits(cell, i+1, d.mantissa)
	}
	digits := i - from
	if point >= 0 {
		digits--
		d.exponent = point + 1 - i
	}
	if digits == 0 || digits > 19 {
		return d, false
	}
	if i == len(cell) {
		return d, true
	}
	e, ok := scanExponent(cell[i:])
	d.exponent += e
	return d, ok
}

// scanDigits reads digits from i on, eight at a time while there are as many.
func scanDigits(cell []byte, i int, m uint64) (uint64, int) {
	for i+8 <= len(cell) {
		eight := binary.LittleEndian.Uint64(cell[i:])
		if !allDigits(eight) {
			break
		}
		m, i = m*100000000+eightDigits(eight), i+8
	}
	for i < len(cell) && cell[i]-'0' <= 9 {
		m, i = m*10+uint64(cell[i]-'0'), i+1
	}
	return m, i
}

func allDigits(x uint64) bool {
	return (x&0xf0f0f0f0f0f0f0f0)|((x+0x0606060606060606)&0xf0f0f0f0f0f0f0f0)>>4 == 0x3333333333333333
}

// eightDigits adds eight decimal digits up in pairs, fours and the whole.
func eightDigits(x uint64) uint64 {
	x -= 0x3030303030303030
	x = x*10 + x>>8
	const mask = 0x000000ff000000ff
	return ((x&mask)*0x000f424000000064 + (x>>16&mask)*0x0000271000000001) >> 32
}

func scanExponent(cell []byte) (int, bool) {
	if len(cell) < 2 || len(cell) > 5 || cell[0]|0x20 != 'e' {
		return 0, false
	}
	i, negative := 1, cell[1] == '-'
	if negative || cell[1] == '+' {
		i = 2
	}
	n, end := scanDigits(cell, i, 0)
	if end == i || end < len(cell) {
		return 0, false
	}
	if negative {
		return -int(n), true
	}
	return int(n), true
}

// powers are 10^(-60) to 10^60 as 128-bit fractions, rounded down, the
// highest bit set.
const maxPower = 60

var powers = func() (table [2*maxPower + 1][2]uint64) {
	for e := range table {
		table[e] = power128(e - maxPower)
	}
	return table
}()

func power128(e int) [2]uint64 {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(e, -e))), nil)
	if e < 0 {
		ten.Div(new(big.Int).Lsh(big.NewInt(1), uint(ten.BitLen())+127), ten)
	}
	if n := ten.BitLen(); n > 128 {
		ten.Rsh(ten, uint(n-128))
	} else {
		ten.Lsh(ten, uint(128-n))
	}
	low := new(big.Int).And(ten, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
	return [2]uint64{new(big.Int).Rsh(ten, 64).Uint64(), low}
}

// eiselLemire multiplies the mantissa with the power of ten to 128 bits and
// rounds, unless the bits cut off could change the rounding.
func eiselLemire(mantissa uint64, exponent int) (float64, bool) {
	if exponent < -maxPower || exponent > maxPower {
		return 0, false
	}
	zeros := bits.LeadingZeros64(mantissa)
	m := mantissa << zeros
	binaryExponent := uint64(217706*exponent>>16+64+1023) - uint64(zeros)
	power := powers[exponent+maxPower]
	hi, lo := bits.Mul64(m, power[0])
	if hi&0x1ff == 0x1ff && lo+m < m {
		midHi, midLo := bits.Mul64(m, power[1])
		merged := lo + midHi
		if merged < lo {
			hi++
		}
		if hi&0x1ff == 0x1ff && merged+1 == 0 && midLo+m < m {
			return 0, false
		}
		lo = merged
	}
	top := hi >> 63
	rounded := hi >> (top + 9)
	binaryExponent -= 1 ^ top
	if lo == 0 && hi&0x1ff == 0 && rounded&3 == 1 {
		return 0, false // halfway between two floats
	}
	rounded = (rounded + rounded&1) >> 1
	if rounded>>53 > 0 {
		rounded, binaryExponent = rounded>>1, binaryExponent+1
	}
	if binaryExponent-1 >= 0x7ff-1 {
		return 0, false
	}
	return math.Float64frombits(binaryExponent<<52 | rounded&(1<<52-1)), true
}
