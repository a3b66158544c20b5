package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/record"
	generated "faultline/site/sample"
	"faultline/site/taxonomy"
	"faultline/themes"
)

// sampleLibrary is n generated incidents. Nobody has confirmed the terms of every third one,
// so that pages have a switch.
func sampleLibrary(n int) *incident.Library {
	lib := &incident.Library{Vocabulary: taxonomy.BuiltIn()}
	for name, text := range generated.Files(n, 1) {
		inc, _ := record.Parse(name, text, record.Options{Vocabulary: lib.Vocabulary})
		if len(lib.Incidents)%3 == 0 {
			suggestAll(inc)
		}
		lib.Incidents = append(lib.Incidents, inc)
		lib.AsOf = inc.Date
	}
	return lib
}

func suggestAll(inc *incident.Incident) {
	for _, tags := range inc.Terms {
		for k := range tags {
			tags[k].Provenance = incident.Suggested
		}
	}
}

// BenchmarkPatternPages renders all pages of 1,000 and of 10,000 incidents on one processor.
// It reports the milliseconds of what says what recurs: the pages below patterns/, what the
// pages of terms say of their incidents, and the incidents that look like each one. It also
// reports how many percent of all pages' time that is, how many pages there are below
// patterns/, and how many times as long ten times as many incidents take.
func BenchmarkPatternPages(b *testing.B) {
	var took [2]float64
	for k, n := range []int{1000, 10_000} {
		lib := sampleLibrary(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var spent, whole time.Duration
			parts := map[string]time.Duration{}
			for b.Loop() {
				b.StopTimer()
				r, err := New(lib, themes.Default(), Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				spent += timeParts(r, parts)
				b.StopTimer()
				begun := time.Now()
				renderAll(b, r, func(path string) bool { return !strings.HasPrefix(path, patternsFolder) })
				whole += time.Since(begun)
				b.StartTimer()
			}
			for name, d := range parts {
				b.ReportMetric(d.Seconds()*1e3/float64(b.N), "ms-"+name)
			}
			b.ReportMetric(100*spent.Seconds()/(parts["patterns"]+whole).Seconds(), "percent-of-pages")
			took[k] = spent.Seconds() / float64(b.N)
			if k == 1 && took[0] > 0 {
				b.ReportMetric(took[1]/took[0], "times-as-long")
			}
		})
	}
}

// timeParts makes what says what recurs, adds the time of each part, and returns that of all.
func timeParts(r *Renderer, parts map[string]time.Duration) time.Duration {
	var all time.Duration
	for _, part := range []struct {
		name    string
		compute func()
	}{
		{"similar", func() {
			for _, inc := range r.lib.Incidents {
				r.similar(r.place(inc.URL+"index.html"), inc)
			}
		}},
		{"terms", func() {
			for _, facet := range slices.Concat(pattern.Dimensions, pattern.Fields) {
				for _, g := range r.found.Groups(facet) {
					r.groupStudies(r.place(g.URL()+"index.html"), g)
				}
			}
		}},
		{"routes", func() { r.late() }},
		{"patterns", func() { renderAll(nil, r, isLate) }},
	} {
		begun := time.Now()
		part.compute()
		parts[part.name] += time.Since(begun)
		all += time.Since(begun)
	}
	return all
}

func renderAll(tb testing.TB, r *Renderer, wanted func(path string) bool) {
	for _, path := range r.Paths() {
		if !wanted(path) {
			continue
		}
		if _, err := r.Page(path); err != nil && tb != nil {
			tb.Fatal(err)
		}
	}
}
