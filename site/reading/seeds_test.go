package reading

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestSeeds reads five reports as their pages give them: a company's blog, its
// transcript, a status page, a translation without line breaks, a forum.
func TestSeeds(t *testing.T) {
	seeds := filepath.Join(shared(t), "seeds")
	for name, test := range map[string]struct {
		explicit, prose []string
		duration        string
	}{
		"000_*.txt": {nil, []string{"+16 min"}, "36 min"},
		"001_*.txt": {[]string{
			"2017-10-10T15:09+01:00", "2017-10-10T15:11+01:00", "2017-10-10T15:17+01:00", "2017-10-10T15:18+01:00",
			"2017-10-10T16:18+01:00", "2017-10-10T16:46+01:00", "2017-10-10T16:59+01:00"}, nil, "1 h 50 min"},
		"002_*.txt": {[]string{"2017-10-12T17:12Z", "2017-10-12T18:32Z", "2017-10-12T23:57Z"}, []string{
			"~2017-10-12T13:00", "2017-10-12T16:13Z", "2017-10-12T16:31Z", "2017-10-12T16:40Z", "~2017-10-12T17:30Z",
			"~2017-10-12T18:10Z", "~2017-10-12T18:36Z", "2017-10-12T19:00Z", "2017-10-13T00:00Z"}, ""},
		"003_*.txt": {[]string{"Two weeks ago", "One day ago", "14:10", "14:12", "14:16", "14:18", "14:26", "14:37", "15:13", "15:27", "15:31"}, nil, "1 h 30 min"},
		"004_*.txt": {nil, nil, "~7 d"},
	} {
		t.Run(name, func(t *testing.T) {
			paths, _ := filepath.Glob(filepath.Join(seeds, name))
			if len(paths) != 1 {
				t.Skipf("NOT TESTED on seed %s: %d files", name, len(paths))
			}
			f, src, _ := readReport(t, paths[0])
			if got := timesOf(explicit(f.Timeline)); !slices.Equal(got, test.explicit) {
				t.Errorf("rows at %q, want %q", got, test.explicit)
			}
			if got := timesOf(prose(f.Timeline)); !slices.Equal(got, test.prose) {
				t.Errorf("sentences of %q, want %q", got, test.prose)
			}
			if got := f.Duration.Value.String(); got != test.duration {
				t.Errorf("it lasted %q, want %q", got, test.duration)
			}
			checkQuotes(t, f, oneLine(string(src)))
		})
	}
}

// checkQuotes holds that the words of sentences are the author's.
func checkQuotes(t *testing.T, f Facts, text string) {
	t.Helper()
	for _, row := range prose(f.Timeline) {
		if !strings.Contains(text, row.Text) {
			t.Errorf("line %d does not say %q", row.Line, row.Text)
		}
	}
	if !strings.Contains(text, f.Duration.Quote) {
		t.Errorf("line %d does not say %q", f.Duration.Line, f.Duration.Quote)
	}
}

// timesOf writes when rows were: the clock, alone where no day is known, else the words.
func timesOf(rows []incident.Row) []string {
	var times []string
	for _, row := range rows {
		switch {
		case row.Offset != nil:
			times = append(times, "+"+row.Offset.String())
		case row.At.Known():
			times = append(times, row.At.String())
		default:
			times = append(times, row.Label)
		}
	}
	return times
}
