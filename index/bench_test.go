package index

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"faultline/site/incident"
)

// reports makes a library of incidents of about 8 KB: prose whose words are as
// unevenly common as those of English, a timeline and a log.
func reports(count int) *incident.Library {
	r := rand.New(rand.NewPCG(7, 7))
	common := rand.NewZipf(r, 1.1, 8, 29_999)
	prose := func(words int) string {
		var b strings.Builder
		for range words {
			b.WriteString(invented(common.Uint64()))
			b.WriteByte(' ')
		}
		return b.String()
	}
	lib := &incident.Library{}
	for n := range count {
		i := &incident.Incident{Path: fmt.Sprintf("incidents/incident-%d.md", n), ID: fmt.Sprintf("incident-%d", n), URL: fmt.Sprintf("incidents/incident-%d/", n), Title: prose(6)}
		day := time.Date(2010+n%15, time.Month(1+n%12), 1+n%28, 0, 0, 0, 0, time.UTC)
		i.Date = incident.Time{From: day, To: day, Precision: incident.Day}
		i.Services, i.Terms[incident.Cause] = []string{invented(common.Uint64())}, []incident.Tag{{ID: "config-change"}}
		for s := range 8 {
			section := incident.Section{Heading: prose(2), Anchor: fmt.Sprint("s", s)}
			for range 3 {
				section.Passages = append(section.Passages, incident.Passage{Text: prose(45)})
			}
			i.Sections = append(i.Sections, section)
		}
		for m := range 12 {
			i.Sections[3].Passages = append(i.Sections[3].Passages, incident.Passage{Text: fmt.Sprintf("1%d:%02d %s", m%10, r.IntN(60), prose(9))})
			i.Sections[4].Passages = append(i.Sections[4].Passages, incident.Passage{Code: true, Text: fmt.Sprintf("%08x ERROR node-%d: %s", r.Uint32(), r.IntN(500), prose(5))})
		}
		tell(i, n)
		lib.Incidents = append(lib.Incidents, i)
	}
	return lib
}

// tell gives the incident the facts that most have, the words of some from its report.
func tell(i *incident.Incident, n int) {
	severity, lasted := fmt.Sprint("SEV-", 1+n%4), incident.Span(time.Duration(7+n*13%400)*time.Minute)
	i.Severity, i.Duration = &severity, incident.Duration{Least: lasted, Most: lasted, Basis: incident.Stated}
	i.Terms[incident.Mitigation] = []incident.Tag{{ID: []string{"rollback", "restart", "failover"}[n%3], Provenance: incident.Suggested}}
	at := incident.Time{From: i.Date.From.Add(time.Hour), To: i.Date.From.Add(time.Hour), Precision: incident.Minute}
	i.Mitigated, i.Timeline = at, []incident.Row{{At: at, Text: i.Sections[3].Passages[5].Text[6:], Basis: incident.Explicit}}
	i.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: i.Sections[2].Passages[0].Text, Anchor: "s2", Basis: incident.Prose}}}
}

// invented is the word with a number: rarer ones are longer.
func invented(n uint64) string {
	const syllables = "tion er ing con re de pro ti al in ma no lo sta ve ro pe li ca te me ne si po du gra ser fi co un mi da"
	list := strings.Fields(syllables)
	word := list[n%32]
	for n /= 32; n > 0; n /= 32 {
		word += list[n%32]
	}
	return word
}

// peak watches the memory that the program has taken from the machine, in MB.
func peak() (stop func() float64) {
	var most atomic.Uint64
	done := make(chan struct{})
	go func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(done); return float64(most.Load()) / 1e6 }
}

func benchmark(b *testing.B, count int) {
	lib := reports(count)
	runtime.GC()
	for b.Loop() {
		stop, start := peak(), time.Now()
		x, err := Open("", lib)
		if err != nil {
			b.Fatal(err)
		}
		opened := time.Now()
		pieces, err := x.Pieces()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(opened.Sub(start).Seconds(), "index-s")
		b.ReportMetric(time.Since(opened).Seconds(), "export-s")
		b.ReportMetric(stop(), "peak-MB")
		total := 0
		for _, f := range pieces {
			total += len(f.Data)
		}
		b.ReportMetric(float64(total)/1e6, "pieces-MB")
		b.ReportMetric(float64(len(pieces)), "files")
		x.Close()
	}
}

// BenchmarkIndex measures an index in memory and its export. The text of 10,000
// incidents is about 80 MB.
func BenchmarkIndex(b *testing.B) {
	for _, count := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) { benchmark(b, count) })
	}
}

// BenchmarkSearch measures queries of every kind on 10,000 incidents.
func BenchmarkSearch(b *testing.B) {
	x := open(b, "", reports(10_000))
	for name, q := range map[string]string{
		"words": invented(40) + " " + invented(300) + " " + invented(2000), "phrase": `"` + invented(3) + " " + invented(5) + `"`, "beginning": invented(40)[:3] + "*",
		"spelling": invented(2000) + "x~", "unknown": invented(300) + "qq", "range": "date:2012..2014 " + invented(300), "choice": "(" + invented(300) + " OR " + invented(40) + ") -" + invented(2000),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search(q, Options{Limit: 10}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
