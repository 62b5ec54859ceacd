package column_test

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"witnessmark/data/column"
)

var nan = math.NaN()

// show prints the table a line a row, as people would write it down.
func show(t *column.Table) string {
	var b strings.Builder
	for _, c := range t.Cells {
		for row := int(c.From); row < int(c.To); row++ {
			fmt.Fprintf(&b, "run %d context %d step %v", c.Run, c.Context, c.Step)
			if item := t.ItemAt(row); item != "" {
				fmt.Fprintf(&b, " item %s", item)
			}
			if e := t.EpochAt(row); e != 0 {
				fmt.Fprintf(&b, " epoch %d", e)
			}
			if why := t.ReasonAt(row); why != "" {
				fmt.Fprintf(&b, " excluded (%s)", why)
			}
			for i := range t.Columns {
				if v := t.Columns[i].At(row); v == v {
					fmt.Fprintf(&b, " %s %v", t.Columns[i].Name, v)
				}
			}
			fmt.Fprintf(&b, " from %d\n", t.OrdinalAt(row))
		}
	}
	return b.String()
}

func want(t *testing.T, got *column.Table, lines string) {
	t.Helper()
	if s := strings.TrimSpace(show(got)); s != strings.TrimSpace(lines) {
		t.Errorf("got\n%s\nwant\n%s", s, strings.TrimSpace(lines))
	}
}

func TestRowsOfACellComeTogetherInOrder(t *testing.T) {
	b := column.NewBuilder(true)
	score := b.Column("score", column.Value)
	for i, r := range []struct {
		run  int32
		step float64
	}{{1, 10}, {0, 10}, {1, 10}, {1, nan}, {0, 10}, {1, nan}, {1, 20}} {
		b.Row(r.run, 0, r.step)
		b.Set(score, float64(i)/2)
	}
	table, _ := b.Table()
	want(t, table, `
run 1 context 0 step 10 score 0 from 0
run 1 context 0 step 10 score 1 from 2
run 0 context 0 step 10 score 0.5 from 1
run 0 context 0 step 10 score 2 from 4
run 1 context 0 step NaN score 1.5 from 3
run 1 context 0 step NaN score 2.5 from 5
run 1 context 0 step 20 score 3 from 6`)
}

func TestClusteredRowsStayAsTheyAre(t *testing.T) {
	b := column.NewBuilder(true)
	score := b.Column("score", column.Value)
	for i := range 6 {
		b.Row(int32(i/3), 0, nan)
		b.Set(score, 0.5)
	}
	if table, _ := b.Table(); table.Ordinal != nil || len(table.Cells) != 2 {
		t.Errorf("rows were moved: order %v in %d cells", table.Ordinal, len(table.Cells))
	}
}

func TestRepeatedItemsGetEpochs(t *testing.T) {
	b := column.NewBuilder(true)
	for _, item := range []string{"a", "b", "a", "", "a"} {
		b.Row(0, 0, 5)
		if item != "" {
			b.Item(item)
		}
	}
	b.Row(0, 0, 6)
	b.Item("a")
	table, _ := b.Table()
	want(t, table, `
run 0 context 0 step 5 item a epoch 1 from 0
run 0 context 0 step 5 item b epoch 1 from 1
run 0 context 0 step 5 item a epoch 2 from 2
run 0 context 0 step 5 from 3
run 0 context 0 step 5 item a epoch 3 from 4
run 0 context 0 step 6 item a epoch 1 from 5`)
}

func TestNoEpochsWithoutRepetition(t *testing.T) {
	b := column.NewBuilder(true)
	for i := range 4 {
		b.Row(int32(i/2), 0, 5)
		b.ItemBytes([]byte{byte('a' + i%2)})
	}
	if table, _ := b.Table(); table.Epoch != nil {
		t.Errorf("epochs %v for items that are tried once", table.Epoch)
	}
}

func TestRepeatedStepsReplaceAndNewColumnsAdd(t *testing.T) {
	b := column.NewBuilder(false)
	loss, reward := b.Column("loss", column.Value), b.Column("reward", column.Value)
	put := func(step float64, col int, v float64) {
		b.Row(0, 0, step)
		b.Set(col, v)
	}
	put(1, loss, 0.9)
	put(1, reward, 0.1) // another column of the same step
	put(2, loss, 0.8)
	put(3, loss, 0.7)
	put(2, loss, 0.6) // the run was resumed at step 2
	put(3, loss, 0.7)
	table, replaced := b.Table()
	if replaced != 2 {
		t.Errorf("%d rows replaced, want 2", replaced)
	}
	want(t, table, `
run 0 context 0 step 1 loss 0.9 reward 0.1 from 1
run 0 context 0 step 2 loss 0.6 from 4
run 0 context 0 step 3 loss 0.7 from 5`)
}

func TestCountsByItemStayApart(t *testing.T) {
	b := column.NewBuilder(false)
	k := b.Column("hack", column.K)
	for i, item := range []string{"a", "b", "a"} {
		b.Row(0, 0, 1)
		b.Item(item)
		b.Set(k, float64(i))
	}
	table, replaced := b.Table()
	if replaced != 1 || table.Len() != 2 {
		t.Errorf("%d replaced, %d rows left; want 1 and 2\n%s", replaced, table.Len(), show(table))
	}
}

func TestSmallWholeNumbersBecomeBytes(t *testing.T) {
	for _, c := range []struct {
		values []float64
		kind   column.Kind
		bytes  bool
	}{
		{[]float64{0, 1, nan, 1}, column.Value, true},
		{[]float64{0, 253}, column.Value, true},
		{[]float64{0, 254}, column.Value, false},
		{[]float64{0, 1, 254}, column.Flag, true},
		{[]float64{0, 255}, column.Flag, false},
		{[]float64{0, 0.5}, column.Value, false},
		{[]float64{-1, 1}, column.Value, false},
		{[]float64{math.Copysign(0, -1)}, column.Value, false},
		{[]float64{math.Inf(1)}, column.Value, false},
		{[]float64{nan}, column.Score, true},
	} {
		b := column.NewBuilder(true)
		col := b.Column("x", c.kind)
		for _, v := range c.values {
			b.Row(0, 0, nan)
			b.Set(col, v)
		}
		table, _ := b.Table()
		if x := table.Columns[0]; (x.Code != nil) != c.bytes || x.Len() != len(c.values) {
			t.Errorf("%v: bytes %v, numbers %v", c.values, x.Code, x.Num)
		}
	}
}

func TestUnknownVerdictIsNeitherMissingNorYes(t *testing.T) {
	b := column.NewBuilder(true)
	flag := b.Column("judge", column.Flag)
	for _, v := range []float64{0, 1, float64(column.Unknown), nan} {
		b.Row(0, 0, nan)
		b.Set(flag, v)
	}
	table, _ := b.Table()
	c := table.Col(column.ID{Name: "judge", Kind: column.Flag})
	for row, unknown := range []bool{false, false, true, false} {
		if c.IsUnknown(row) != unknown || (c.At(row) != c.At(row)) != (row > 1) {
			t.Errorf("row %d: %v, unknown %v", row, c.At(row), c.IsUnknown(row))
		}
	}
}

func TestRowsLeftOutKeepTheirReason(t *testing.T) {
	b := column.NewBuilder(true)
	b.Row(0, 0, 1)
	b.Row(0, 0, 1)
	b.Exclude("incoherent")
	b.Row(0, 0, 1)
	table, _ := b.Table()
	want(t, table, `
run 0 context 0 step 1 from 0
run 0 context 0 step 1 excluded (incoherent) from 1
run 0 context 0 step 1 from 2`)
}

// random returns a table with every kind of column, of n rows.
func random(n int, seed uint64, attempts bool) *column.Table {
	rng := rand.New(rand.NewPCG(seed, 1))
	b := column.NewBuilder(attempts)
	score, flag := b.Column("score", column.Value), b.Column("judge", column.Flag)
	class, count := b.Column("outcome", column.Label), b.Column("hack", column.K)
	odd := []float64{nan, math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 5e-324, math.MaxFloat64}
	for i := range n {
		b.Row(int32(rng.IntN(4)), int32(rng.IntN(2)), []float64{nan, 0, 10, 0.5}[rng.IntN(4)])
		if rng.IntN(5) > 0 {
			b.Item(fmt.Sprintf("item-%d", rng.IntN(n)))
		}
		if rng.IntN(9) == 0 {
			b.Exclude(fmt.Sprint("reason ", rng.IntN(3)))
		}
		b.Set(score, rng.NormFloat64())
		if i%3 == 0 {
			b.Set(score, odd[rng.IntN(len(odd))])
		}
		b.Set(flag, []float64{0, 1, 254, nan}[rng.IntN(4)])
		b.Set(count, float64(rng.IntN(1000)))
		b.SetLabel(class, []string{"", "hack", "correct; “attempt”"}[rng.IntN(3)])
	}
	t, _ := b.Table()
	return t
}

func collect(t *column.Table) (parts []column.Part) {
	for p := range t.Parts() {
		p.Body = slices.Clone(p.Body)
		parts = append(parts, p)
	}
	return parts
}

func decode(parts []column.Part, attempts bool, rows int) (*column.Table, error) {
	d := column.NewDecoder(attempts, rows)
	for _, p := range parts {
		if err := d.Add(p); err != nil {
			return nil, err
		}
	}
	return d.Table()
}

func TestTableComesBackBitForBit(t *testing.T) {
	for i, n := range []int{0, 1, 2, 1000, 65535, 65536, 65537, 200_000} {
		before := random(n, uint64(i), i%2 == 0)
		after, err := decode(collect(before), before.Attempts, before.Len())
		if err != nil {
			t.Fatalf("%d rows: %v", n, err)
		}
		if len(after.Columns) != len(before.Columns) && n > 0 {
			t.Fatalf("%d rows: %d columns of %d", n, len(after.Columns), len(before.Columns))
		}
		if show(before) != show(after) {
			t.Errorf("%d rows: another table came back", n)
		}
		for j := range after.Columns {
			if !sameBits(before.Columns[j], after.Columns[j]) {
				t.Errorf("%d rows: column %s came back with other bits", n, after.Columns[j].Name)
			}
		}
	}
}

func sameBits(a, b column.Column) bool {
	bits := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
	return a.ID == b.ID && slices.Equal(a.Code, b.Code) && slices.EqualFunc(a.Num, b.Num, bits) && slices.Equal(a.Dict, b.Dict)
}

func TestRegularColumnsTakeLittleRoom(t *testing.T) {
	b := column.NewBuilder(true)
	score := b.Column("correct", column.Value)
	for i := range 100_000 {
		b.Row(int32(i/500), 0, 100)
		b.Item(fmt.Sprint("q", i%500))
		b.Set(score, float64(i%2))
	}
	table, _ := b.Table()
	size := 0
	for p := range table.Parts() {
		size += len(p.Body)
	}
	if perRow := float64(size) / 100_000; perRow > 2.2 {
		t.Errorf("%.1f bytes a row, for a 0/1 metric and items in order", perRow)
	}
}

func FuzzDecode(f *testing.F) {
	for i := range 4 {
		for _, p := range collect(random(50, uint64(i), true)) {
			f.Add(p.Kind, p.Body, true, 50)
		}
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte, attempts bool, rows int) {
		rows = min(max(rows, 0), 1<<17)
		body = slices.Clone(body)
		if len(body) > 10 { // a right checksum, so that what follows is reached
			binary.LittleEndian.PutUint32(body[6:], crc32.Checksum(body[10:], crc32.MakeTable(crc32.Castagnoli)))
		}
		parts := collect(random(50, 1, attempts))
		for i := range parts {
			if parts[i].Kind == kind {
				parts[i].Body = body
			}
		}
		if table, err := decode(parts, attempts, rows); err == nil {
			show(table) // whole, as far as can be read
		}
	})
}

func TestDamagedPartsAreErrors(t *testing.T) {
	parts := collect(random(300, 7, true))
	for i, p := range parts {
		for _, at := range []int{0, 1, 3, 7, len(p.Body) / 2, len(p.Body) - 1} {
			damaged := slices.Clone(parts)
			damaged[i].Body = slices.Clone(p.Body)
			damaged[i].Body[at] ^= 0x40
			if _, err := decode(damaged, true, 300); err == nil {
				t.Errorf("%s: a changed byte at %d was not noticed", p.Kind, at)
			}
		}
		short := slices.Clone(parts)
		short[i].Body = p.Body[:len(p.Body)/2]
		if _, err := decode(short, true, 300); err == nil {
			t.Errorf("%s: a body cut in half was not noticed", p.Kind)
		}
	}
	if _, err := decode(parts[1:], true, 300); err == nil {
		t.Error("a missing part was not noticed")
	}
	slices.Reverse(parts)
	if _, err := decode(parts, true, 300); err == nil {
		t.Error("parts in reverse order were not noticed")
	}
}
