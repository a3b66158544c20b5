package render

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"faultline/site/pattern"
	"faultline/site/phrase"
)

const matricesURL = patternsFolder + "matrix/"

// How many rows and columns a matrix has.
const (
	mostRows    = 30
	mostColumns = 20
)

// MatrixPage shows how often the terms of two dimensions were seen together.
type MatrixPage struct {
	Page
	Heading  string
	Pairs    []Link // to the matrices of all pairs of dimensions
	Choices  []Choice
	Variants []Matrix
}

// Matrix is two dimensions under one counting.
type Matrix struct {
	Class    string // of the counting
	Hue      string // class of the rows' dimension
	Sentence string
	Columns  []Count
	Rows     []MatrixRow
	Findings []MatrixFinding // cells that are more or less than chance
}

// MatrixRow is a term with how often it was seen with each column's.
type MatrixRow struct {
	Count
	Cells []MatrixCell
}

// MatrixCell is where two terms meet.
type MatrixCell struct {
	N     int
	Heat  int    // 0 to 4: the share of the row's incidents, never above their number
	Class string // of the verdict: "more", "less", else ""
	Says  string // "Overload with no alert: seen together 4 times, …"
	URL   string // searches for the incidents
}

// MatrixFinding is a cell that is not chance.
type MatrixFinding struct {
	A, B Tag
	Says string
	URL  string
}

// pairs are all pairs of dimensions; causes and factors come first.
func pairs() [][2]pattern.Facet {
	list := [][2]pattern.Facet{{pattern.Cause, pattern.Factor}}
	for i, a := range pattern.Dimensions {
		for _, b := range pattern.Dimensions[i+1:] {
			if a != pattern.Cause || b != pattern.Factor {
				list = append(list, [2]pattern.Facet{a, b})
			}
		}
	}
	return list
}

func matrixURL(pair [2]pattern.Facet) string {
	return matricesURL + pair[0].String() + "-by-" + pair[1].String() + "/"
}

func matrixHeading(pair [2]pattern.Facet) string {
	return phrase.Capital(pair[0].Folder()) + " and " + pair[1].Folder()
}

func (r *Renderer) addMatrices(late map[string]route) {
	for _, pair := range pairs() {
		r.addLatePage(late, matrixURL(pair)+"index.html", "matrix.html", func(p place) any { return r.matrix(p, pair) })
	}
}

func (r *Renderer) matrix(p place, pair [2]pattern.Facet) MatrixPage {
	page := MatrixPage{Page: r.study(p, matrixHeading(pair), ""), Heading: matrixHeading(pair), Choices: r.choices()}
	for _, other := range pairs() {
		page.Pairs = append(page.Pairs, Link{Label: matrixHeading(other), URL: p.to(matrixURL(other)), Current: other == pair})
	}
	for _, c := range r.countings.all {
		page.Variants = append(page.Variants, r.cells(p, pair, c))
	}
	return page
}

func (r *Renderer) cells(p place, pair [2]pattern.Facet, c pattern.Counting) Matrix {
	found := r.found.Tally(c).Matrix(pair[0], pair[1], mostRows)
	columns := min(mostColumns, len(found.Columns))
	m := Matrix{Class: c.String(), Hue: pair[0].String()}
	for _, column := range found.Columns[:columns] {
		m.Columns = append(m.Columns, Count{p.tag(column.Group), column.N, found.Of})
	}
	for i, row := range found.Rows {
		line := MatrixRow{Count: Count{p.tag(row.Group), row.N, found.Of}}
		for j, cell := range found.Cells[i][:columns] {
			line.Cells = append(line.Cells, p.cell(row, found.Columns[j], cell, c))
			if cell.Verdict.Notable() {
				last := line.Cells[j]
				m.Findings = append(m.Findings, MatrixFinding{line.Tag, m.Columns[j].Tag, cell.Words(), last.URL})
			}
		}
		m.Rows = append(m.Rows, line)
	}
	m.Sentence = r.matrixSentence(found, pair, len(m.Findings), len(found.Columns)+found.MoreColumns-columns)
	return m
}

func (p place) cell(row, column pattern.MatrixLine, cell pattern.Cell, by pattern.Counting) MatrixCell {
	n := cell.Table.Both
	c := MatrixCell{N: n, Says: groupLabel(row.Group) + " with " + groupLabel(column.Group) + ": " + cell.Words(), URL: p.searching(by, row.Group, column.Group)}
	if n > 0 {
		c.Heat = min(n, 1+min(3, 4*n/row.N)) // one of one is no half of many
	}
	if cell.Verdict.Notable() {
		c.Class = cell.Verdict.String()
	}
	return c
}

// searching is the address of the search for the incidents that have all of the terms
// under the counting. The search counts a term whoever says so, so that the query leaves
// out, or asks for, what the text alone suggests.
func (p place) searching(by pattern.Counting, groups ...*pattern.Group) string {
	address := url.Values{}
	var query []string
	for _, g := range groups {
		if slices.Contains(searchedFacets, g.Facet) {
			address.Add(g.Facet.String(), g.ID)
		} else {
			query = append(query, "+"+g.Facet.String()+":"+g.ID)
		}
		switch {
		case len(g.Suggested) == 0 || by == pattern.Both:
		case by == pattern.People:
			query = append(query, "-suggested:"+g.ID)
		case g.N() > 0:
			query = append(query, "+suggested:"+g.ID)
		}
	}
	if len(query) > 0 {
		address.Set("q", strings.Join(query, " "))
	}
	return p.to("search/") + "?" + address.Encode()
}

// searchedFacets are the dimensions that the search page has a facet of; the others are
// asked for in its query.
var searchedFacets = []pattern.Facet{pattern.Trigger, pattern.Cause, pattern.Factor}

func (r *Renderer) matrixSentence(found pattern.Matrix, pair [2]pattern.Facet, findings, moreColumns int) string {
	s := fmt.Sprintf("%s of %s name both %s and %s.", phrase.Number(found.Of), phrase.Count(len(r.lib.Incidents), "incident"), nouns[pair[0]], nouns[pair[1]])
	if found.Of == 0 {
		return s
	}
	if findings == 0 {
		s += " No two of them meet more or less often than chance gives, where so many pairs are tried."
	} else {
		s += " " + phrase.Agree(findings, "pair meets", "pairs meet") + " more or less often than chance gives."
	}
	var left []string
	if found.MoreRows > 0 {
		left = append(left, phrase.Count(found.MoreRows, "row"))
	}
	if moreColumns > 0 {
		left = append(left, phrase.Count(moreColumns, "column"))
	}
	if len(left) > 0 {
		s += " Rarer ones are left out: " + phrase.List(left) + "."
	}
	return s
}
