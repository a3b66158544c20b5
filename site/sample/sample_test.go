package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// digest sums up paths and bytes.
func digest(n int, seed uint64) string {
	sum := sha256.New()
	for path, data := range Files(n, seed) {
		fmt.Fprintf(sum, "%s %d\n%s", path, len(data), data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// The digests change only when the generator is changed on purpose, in which case
// benchmarks before and after cannot be compared.
func TestFilesAreAlwaysTheSame(t *testing.T) {
	tests := []struct {
		n    int
		seed uint64
		want string
	}{
		{1, 1, "e00311de4c3bef749aac917f2667a976cd8e5cf4275cae2a719f9ee4a0c03f88"},
		{300, 1, "34024c524834dd927579e6c7280bfd5300d0ea3f8d149388f043710796f5798a"},
		{300, 2, "38109c32df752eb39eb00121fd1f4e8286b2e6ebe93d5e470582f42982836b67"},
	}
	for _, test := range tests {
		if got := digest(test.n, test.seed); got != test.want {
			t.Errorf("digest(%d, %d) = %s, want %s", test.n, test.seed, got, test.want)
		}
	}
}

func TestNoFiles(t *testing.T) {
	for path := range Files(0, 1) {
		t.Errorf("a file %s of none", path)
	}
}

var (
	pathForm  = regexp.MustCompile(`^incidents/(20\d\d-\d\d-\d\d-[a-z-]+-\d{5})\.md$`)
	rowForm   = regexp.MustCompile(`(?m)^- \d\d:\d\d: .+\.$`)
	tableForm = regexp.MustCompile(`(?m)^\| .+ \|$`)
	slotForm  = regexp.MustCompile(`\{(service|tech|team|noun|adjective|verb|host|region|code|metric|percent|minutes|small|number)\}`)
)

func TestFilesAreReports(t *testing.T) {
	const n = 300
	count, last := 0, ""
	for path, data := range Files(n, 1) {
		text := string(data)
		if m := pathForm.FindStringSubmatch(path); m == nil || m[1][:len("2006-01-02")] < last {
			t.Errorf("path %q after %s", path, last)
		} else {
			last = m[1][:len("2006-01-02")]
		}
		if len(data) < 7168 || len(data) > 8000 {
			t.Errorf("%s has %d bytes", path, len(data))
		}
		if _, _, ok := cut(text); !ok {
			t.Errorf("%s: front matter is not closed", path)
		}
		if fences := strings.Count(text, "\n```"); fences != 2 {
			t.Errorf("%s has %d fence lines", path, fences)
		}
		if rows := len(rowForm.FindAllString(text, -1)); rows < 8 || rows > 15 {
			t.Errorf("%s has %d timeline rows", path, rows)
		}
		if rows := len(tableForm.FindAllString(text, -1)); rows != 6 {
			t.Errorf("%s has %d table rows", path, rows)
		}
		if slot := slotForm.FindString(text); slot != "" {
			t.Errorf("%s has an open slot %s", path, slot)
		}
		count++
	}
	if count != n {
		t.Errorf("%d files, want %d", count, n)
	}
}

// cut splits a file into front matter and body.
func cut(text string) (front, body string, ok bool) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, "\n---\n")
}

var relatedForm = regexp.MustCompile(`see_also: \[(.+)\]`)

// Ids under related are of files that exist.
func TestRelatedIncidentsExist(t *testing.T) {
	ids := map[string]bool{}
	related := 0
	for path, data := range Files(200, 3) {
		if m := relatedForm.FindSubmatch(data); m != nil {
			related++
			if !ids[string(m[1])] {
				t.Errorf("%s is related to %s, which does not exist", path, m[1])
			}
		}
		ids[pathForm.FindStringSubmatch(path)[1]] = true
	}
	if related < 20 {
		t.Errorf("only %d of 200 are related to others", related)
	}
}

// Words must be spread as in text: few of them make up most of it, and most of
// them are rare.
func TestWordsFollowZipf(t *testing.T) {
	counts := map[string]int{}
	total := 0
	for _, data := range Files(200, 1) {
		_, body, _ := cut(string(data))
		for _, word := range strings.FieldsFunc(strings.ToLower(body), func(r rune) bool { return r < 'a' || r > 'z' }) {
			counts[word]++
			total++
		}
	}
	sorted := slices.Sorted(maps.Values(counts))
	slices.Reverse(sorted)
	top := 0
	for _, c := range sorted[:20] {
		top += c
	}
	if share := 100 * top / total; len(sorted) < 600 || share < 25 || share > 60 {
		t.Errorf("%d words, of which the first 20 make up %d%%", len(sorted), share)
	}
}

func TestIncidentsSpanTenYears(t *testing.T) {
	first, last := "", ""
	for path := range Files(50, 1) {
		if first == "" {
			first = path
		}
		last = path
	}
	if !strings.HasPrefix(first, "incidents/2016-01") || !strings.HasPrefix(last, "incidents/2025-1") {
		t.Errorf("from %s to %s", first, last)
	}
}
