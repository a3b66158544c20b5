//go:build unix

package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"faultline/site/incident"
)

// meter serves folders, text compressed, and remembers what it sent.
type meter struct {
	folders map[string]string // by the first part of the path
	latency atomic.Int64      // nanoseconds before every answer
	mu      sync.Mutex
	sent    []delivery
	last    time.Time
}

// delivery is one answer. Kind is that of a piece of ours, else the file's extension.
type delivery struct {
	path, kind string
	size       int
}

func total(sent []delivery) float64 {
	sum := 0
	for _, s := range sent {
		sum += s.size
	}
	return float64(sum)
}

// ServeHTTP implements http.Handler.
func (m *meter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(time.Duration(m.latency.Load()))
	name := path.Clean(r.URL.Path)
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	folder, rest, _ := strings.Cut(strings.TrimPrefix(name, "/"), "/")
	data, err := os.ReadFile(filepath.Join(m.folders[folder], filepath.FromSlash(rest)))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	sent := delivery{path: name, kind: strings.TrimPrefix(path.Ext(name), ".")}
	if bytes.HasPrefix(data, []byte("FLT")) && len(data) > 4 {
		sent.kind = string(data[3:4])
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".json":
		data = compressed(data)
		w.Header().Set("Content-Encoding", "gzip")
	}
	sent.size = len(data)
	m.note(sent)
	_, _ = w.Write(data)
}

func compressed(data []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(data) // to a buffer
	_ = w.Close()
	return out.Bytes()
}

func (m *meter) note(sent delivery) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sent = append(m.sent, sent)
	m.last = time.Now()
}

// take returns what was sent since the last call.
func (m *meter) take() []delivery {
	m.mu.Lock()
	defer m.mu.Unlock()
	sent := m.sent
	m.sent = nil
	return sent
}

// settle waits until nothing has been asked for a while, longer than a page waits for
// the next key.
func (m *meter) settle() {
	const quiet = 700 * time.Millisecond
	for start := time.Now(); ; time.Sleep(quiet / 10) {
		m.mu.Lock()
		last := m.last
		m.mu.Unlock()
		if time.Since(start) > quiet && time.Since(last) > quiet {
			return
		}
	}
}

// question is one query in our language and in Pagefind's, with a filter or none.
type question struct {
	Kind   string     `json:"kind"`
	Text   string     `json:"text"`
	Rival  string     `json:"rival"`
	Filter *[2]string `json:"filter,omitempty"`
}

// asker asks what reports of a library say.
type asker struct {
	*rand.Rand
	incidents []*incident.Incident
	common    []string // words, the most usual first
}

func newAsker(lib *incident.Library) *asker {
	counts := map[string]int{}
	for _, i := range lib.Incidents[:min(len(lib.Incidents), 300)] {
		for _, s := range i.Sections {
			for _, p := range s.Passages {
				for _, word := range wordForm.FindAllString(p.Text, -1) {
					counts[word]++
				}
			}
		}
	}
	a := &asker{Rand: rand.New(rand.NewPCG(1, 1)), incidents: lib.Incidents}
	for word := range counts {
		a.common = append(a.common, word)
	}
	slices.SortFunc(a.common, func(x, y string) int {
		if counts[x] != counts[y] {
			return counts[y] - counts[x]
		}
		return strings.Compare(x, y)
	})
	return a
}

var wordForm = regexp.MustCompile(`\b[a-z]{5,}\b`)

// word returns a word of the upper so many percent.
func (a *asker) word(percent int) string {
	return a.common[a.IntN(max(1, len(a.common)*percent/100))]
}

// pair returns two words that stand side by side in a report.
func (a *asker) pair() string {
	for {
		i := a.incidents[a.IntN(len(a.incidents))]
		s := i.Sections[a.IntN(len(i.Sections))]
		if len(s.Passages) == 0 {
			continue
		}
		p := s.Passages[a.IntN(len(s.Passages))].Text
		if found := pairForm.FindString(p); found != "" {
			return found
		}
	}
}

var pairForm = regexp.MustCompile(`\b[a-z]{4,} [a-z]{4,}\b`)

// questions are a dozen of every kind that both can be asked.
func (a *asker) questions() []question {
	var list []question
	add := func(kind, text, rival string) { list = append(list, question{Kind: kind, Text: text, Rival: rival}) }
	for range 12 {
		word, pair := a.word(100), a.pair()
		add("usual word", "", "")
		list[len(list)-1].Text = a.word(5)
		add("word", word, word)
		add("two words", pair, pair)
		three := a.word(10) + " " + a.word(100) + " " + a.word(100)
		add("three words", three, three)
		add("phrase", `"`+pair+`"`, `"`+pair+`"`)
		add("beginning", word[:4]+"*", word[:4])
		at := 2 + a.IntN(len(word)-3)
		add("misspelled", word[:at]+word[at+1:], word[:at]+word[at+1:])
		add("question", fmt.Sprintf("why did the %s fail after a %s", word, a.word(20)), fmt.Sprintf("%s fail %s", word, a.word(20)))
		add("filtered", pair, pair)
		services := a.incidents[a.IntN(len(a.incidents))].Services
		if len(services) > 0 {
			list[len(list)-1].Filter = &[2]string{"service", services[0]}
		}
	}
	for i := range list {
		if list[i].Rival == "" {
			list[i].Rival = list[i].Text
		}
	}
	return list
}
