package pattern_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/record"
	"faultline/site/sample"
	"faultline/site/taxonomy"
)

// sampleOf is a library of n generated incidents. Nobody has confirmed the terms of every
// third one.
func sampleOf(b testing.TB, n int) *incident.Library {
	b.Helper()
	lib := &incident.Library{Vocabulary: taxonomy.BuiltIn()}
	for name, text := range sample.Files(n, 1) {
		inc, _ := record.Parse(name, text, record.Options{Vocabulary: lib.Vocabulary})
		lib.Incidents = append(lib.Incidents, inc)
		lib.AsOf = inc.Date
	}
	for i, inc := range lib.Incidents {
		for _, tags := range inc.Terms {
			for k := range tags {
				if i%3 == 0 {
					tags[k].Provenance = incident.Suggested
				}
			}
		}
	}
	return lib
}

// findings are the parts of what BenchmarkPatterns computes.
var findings = []struct {
	name    string
	compute func(f *pattern.Findings, t *pattern.Tally)
}{
	{"companions", func(f *pattern.Findings, t *pattern.Tally) {
		for _, facet := range pattern.Mined {
			for _, g := range f.Groups(facet) {
				for _, other := range pattern.Mined {
					t.Companions(g, other)
				}
			}
		}
	}},
	{"combinations", func(_ *pattern.Findings, t *pattern.Tally) { t.Combinations(pattern.MiningOptions{}) }},
	{"matrices", func(_ *pattern.Findings, t *pattern.Tally) {
		for i, rows := range pattern.Mined {
			for _, columns := range pattern.Mined[i:] {
				t.Matrix(rows, columns, 40)
			}
		}
	}},
	{"outcomes", func(f *pattern.Findings, t *pattern.Tally) {
		for _, g := range f.Groups(pattern.Mitigation) {
			t.WorksFor(g, pattern.Cause)
			t.WorksFor(g, pattern.Impact)
		}
		for _, g := range slices.Concat(f.Groups(pattern.Cause), f.Groups(pattern.Impact)) {
			t.Remedies(g)
		}
	}},
	{"durations", func(f *pattern.Findings, t *pattern.Tally) {
		for _, facet := range pattern.Mined {
			for _, g := range f.Groups(facet) {
				for _, phase := range pattern.Phases {
					pattern.Durations(t.Incidents(g), phase)
				}
			}
		}
	}},
	{"comparison", func(f *pattern.Findings, t *pattern.Tally) {
		for _, g := range f.Groups(pattern.Cause) {
			f.Beside(t.Incidents(g), pattern.Whole)
		}
	}},
	{"wrongturns", func(f *pattern.Findings, t *pattern.Tally) { f.WrongTurns(t.Counting()) }},
	{"lessons", func(f *pattern.Findings, t *pattern.Tally) {
		for _, facet := range pattern.Mined {
			for _, g := range f.Groups(facet) {
				f.LessonsOf(t.Incidents(g), 8)
			}
		}
	}},
	{"actions", func(f *pattern.Findings, t *pattern.Tally) {
		for _, facet := range pattern.Mined {
			for _, g := range f.Groups(facet) {
				f.OpenActions(t.Incidents(g), 8)
			}
		}
	}},
	{"evidence", func(f *pattern.Findings, t *pattern.Tally) {
		for _, facet := range pattern.Mined {
			for _, g := range f.Groups(facet) {
				t.Evidence(g, 20)
			}
		}
	}},
	{"similar", func(f *pattern.Findings, _ *pattern.Tally) {
		for _, inc := range f.Incidents() {
			f.Similar(inc, 5)
		}
	}},
	{"families", func(f *pattern.Findings, _ *pattern.Tally) { f.Families() }},
	{"ledger", func(f *pattern.Findings, _ *pattern.Tally) { f.Ledger() }},
	{"time", func(f *pattern.Findings, t *pattern.Tally) {
		f.Calendar(f.Incidents())
		t.News()
	}},
}

// BenchmarkPatterns finds everything under one counting in 1,000 and in 10,000 incidents,
// the grouping by facets aside, and reports the milliseconds of each part and how many times
// as long ten times as many incidents take.
func BenchmarkPatterns(b *testing.B) {
	var took [2]float64
	for k, n := range []int{1000, 10_000} {
		lib := sampleOf(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			parts := make([]time.Duration, len(findings))
			var tally time.Duration
			for b.Loop() {
				b.StopTimer()
				f := pattern.Find(lib)
				b.StartTimer()
				begun := time.Now()
				t := f.Tally(pattern.Both)
				tally += time.Since(begun)
				for i, part := range findings {
					begun := time.Now()
					part.compute(f, t)
					parts[i] += time.Since(begun)
				}
			}
			b.ReportMetric(tally.Seconds()*1e3/float64(b.N), "ms-tally")
			for i, part := range findings {
				b.ReportMetric(parts[i].Seconds()*1e3/float64(b.N), "ms-"+part.name)
			}
			took[k] = b.Elapsed().Seconds() / float64(b.N)
			if took[0] > 0 && k == 1 {
				b.ReportMetric(took[1]/took[0], "times-as-long")
			}
		})
	}
}
