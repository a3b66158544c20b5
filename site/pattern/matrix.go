package pattern

import (
	"cmp"
	"slices"

	"faultline/site/pattern/stat"
)

// Matrix is how often the values of two facets were seen together, among the Of incidents
// that have a value in both. Rows and columns begin with the most frequent.
type Matrix struct {
	Rows, Columns         []MatrixLine
	Cells                 [][]Cell // by row, then by column
	Of                    int
	MoreRows, MoreColumns int // that the limit left out
}

// MatrixLine is a row or a column: N of the matrix's incidents have its value.
type MatrixLine struct {
	Group *Group
	N     int
}

// Cell is where a row and a column meet. P and Q are of a count so far above what is
// expected, or so far below where it is less.
type Cell struct {
	Table   stat.Table
	P, Q    float64
	Verdict Verdict
}

// Words says the cell's verdict in plain words.
func (c Cell) Words() string { return words(c.Verdict, c.Table) }

// Matrix compares two facets, which may be the same one. At most limit rows and columns are
// kept, the most frequent; 0 keeps all. What is more than chance is judged among all pairs of
// the library, as Companions does; what is less, among the cells of the whole matrix.
func (t *Tally) Matrix(rows, columns Facet, limit int) Matrix {
	m := Matrix{Of: t.common[rows][columns]}
	down, across := t.lines(rows, columns), t.lines(columns, rows)
	var deficits []float64
	for _, row := range down {
		cells := t.cells(row, across)
		for _, c := range cells {
			deficits = append(deficits, deficit(c.Table))
		}
		m.Cells = append(m.Cells, cells)
	}
	m.judgeDeficits(deficits)
	m.Rows, m.MoreRows = lines(down, columns, limit)
	m.Columns, m.MoreColumns = lines(across, rows, limit)
	m.Cells = m.Cells[:len(m.Rows)]
	for i := range m.Cells {
		m.Cells[i] = m.Cells[i][:len(m.Columns)]
	}
	return m
}

// lines returns the values of a facet that are seen where the other one is known, the most
// frequent first.
func (t *Tally) lines(facet, other Facet) []*value {
	var lines []*value
	for _, v := range t.values {
		if v.group.Facet == facet && v.in[other] > 0 {
			lines = append(lines, v)
		}
	}
	slices.SortFunc(lines, func(a, b *value) int {
		return cmp.Or(cmp.Compare(b.in[other], a.in[other]), cmp.Compare(a.group.ID, b.group.ID))
	})
	return lines
}

func lines(values []*value, other Facet, limit int) (kept []MatrixLine, more int) {
	if limit <= 0 {
		limit = len(values)
	}
	for _, v := range values[:min(limit, len(values))] {
		kept = append(kept, MatrixLine{v.group, v.in[other]})
	}
	return kept, len(values) - len(kept)
}

// cells returns a row, judged by what is more than chance.
func (t *Tally) cells(row *value, across []*value) []Cell {
	counts := t.together(row.at)
	cells := make([]Cell, len(across))
	for i, column := range across {
		c := t.companion(row, column, counts[t.byGroup[column.group]])
		cells[i] = Cell{c.Table, c.P, c.Q, c.Verdict}
		if row == column {
			cells[i].Verdict = ByName
		}
	}
	return cells
}

// deficit is the probability of so few together or fewer by chance; 1 where there are as
// many as expected, or where fewer than Least are.
func deficit(table stat.Table) float64 {
	if expected := table.Expected(); float64(table.Both) >= expected || expected < Least {
		return 1
	}
	return table.Less()
}

func (m *Matrix) judgeDeficits(p []float64) {
	q := stat.Adjust(p, 0)
	for i := range m.Cells {
		for j := range m.Cells[i] {
			at := i*len(m.Cells[i]) + j
			if c := &m.Cells[i][j]; p[at] < 1 && c.Verdict != ByName {
				c.P, c.Q, c.Verdict = p[at], q[at], Chance
				if c.Q <= doubtful {
					c.Verdict = LessOften
				}
			}
		}
	}
}
