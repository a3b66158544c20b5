package site

import (
	"cmp"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/problem"
)

// wild is what is read of the folders of real reports, none of which was written
// for Faultline: the incidents, of them those with a date, a duration and a
// timeline, which must not become fewer, and the errors that are true.
var wild = []struct {
	folder                              string
	incidents                           int
	dates, durations, timelines, errors int
}{
	{"Operations-Incident-Board__Postmortem-Report-Reviews", 5, 5, 0, 1, 0},
	{"PostHog__post-mortems", 7, 7, 4, 4, 0},
	{"dfds__postmortems", 38, 37, 30, 38, 0},
	{"ethereum__pm", 3, 2, 0, 2, 0},
	{"icco__postmortems", 242, 205, 137, 0, 0},
	{"jenkins-infra__status", 45, 45, 42, 3, 2},
	{"jupyterhub__mybinder.org-deploy", 23, 23, 6, 23, 0},
	{"ministryofjustice__cloud-platform", 39, 39, 36, 14, 0},
	{"packit__status", 19, 19, 19, 1, 0},
	{"pypi__warehouse", 14, 14, 0, 7, 0},
	{"rust-lang__blog.rust-lang.org", 15, 15, 2, 5, 0},
}

// corpus is the folder of real reports, which is not part of the repository. The
// test is skipped, loudly, without it.
func corpus(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(cmp.Or(os.Getenv("FAULTLINE_SHARED"), filepath.Join("..", "..", "shared")), "corpus")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("NOT TESTED on real reports: set FAULTLINE_SHARED to the folder that holds corpus/ (%v)", err)
	}
	return folder
}

// TestEveryRealReportIsAPage loads each folder as a library of its own.
func TestEveryRealReportIsAPage(t *testing.T) {
	root := corpus(t)
	for _, want := range wild {
		t.Run(want.folder, func(t *testing.T) {
			t.Parallel()
			lib := loadFolder(t, filepath.Join(root, want.folder))
			if files := countReports(t, lib.FS); len(lib.Incidents) != want.incidents || files != want.incidents {
				t.Errorf("%d files gave %d incidents, not %d", files, len(lib.Incidents), want.incidents)
			}
			n := tally(lib)
			t.Logf("%d incidents, %d dates, %d durations, %d timelines", len(lib.Incidents), n.dates, n.durations, n.timelines)
			if n.dates < want.dates || n.durations < want.durations || n.timelines < want.timelines {
				t.Errorf("of %d dates, %d durations and %d timelines fewer are read than before", want.dates, want.durations, want.timelines)
			}
			checkErrors(t, lib, want.errors)
			checkPages(t, lib)
		})
	}
}

// TestAllRealReportsTogether loads all folders as one library.
func TestAllRealReportsTogether(t *testing.T) {
	lib := loadFolder(t, corpus(t))
	incidents, errors := 0, 0
	for _, want := range wild {
		incidents += want.incidents
		errors += want.errors
	}
	if files := countReports(t, lib.FS); len(lib.Incidents) != incidents || files != incidents {
		t.Errorf("%d files gave %d incidents, not %d", files, len(lib.Incidents), incidents)
	}
	checkErrors(t, lib, errors)
	checkPages(t, lib)
}

func loadFolder(t *testing.T, folder string) *incident.Library {
	t.Helper()
	lib, err := Load(os.DirFS(folder), LoadOptions{Drafts: true, Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// countReports counts the files that hold a report.
func countReports(t *testing.T, fsys fs.FS) int {
	t.Helper()
	n := 0
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(name, ".md") && path.Base(name) != "README.md" {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// tallied counts the incidents of which something is known.
type tallied struct{ dates, durations, timelines int }

func tally(lib *incident.Library) tallied {
	var n tallied
	for _, inc := range lib.Incidents {
		for _, c := range []struct {
			known bool
			count *int
		}{{inc.Date.Known(), &n.dates}, {inc.Duration.Known(), &n.durations}, {len(inc.Timeline) > 0, &n.timelines}} {
			if c.known {
				*c.count++
			}
		}
	}
	return n
}

// checkErrors holds the errors to those that are true, and refuses warnings that
// would fire on sound files of other tools.
func checkErrors(t *testing.T, lib *incident.Library, want int) {
	t.Helper()
	errors := 0
	for _, p := range lib.Problems {
		if p.Level == problem.Error {
			errors++
			t.Logf("%v", p)
		}
		if p.Rule == "unknown-key" {
			t.Errorf("a key of another tool is not known: %v", p)
		}
	}
	if errors != want {
		t.Errorf("%d errors, not %d", errors, want)
	}
}

// uuid matches a machine's name, as a file has it or as words.
var uuid = regexp.MustCompile(`^[0-9a-f]{8}([- ][0-9a-f]{4}){3}[- ][0-9a-f]{12}$`)

// checkPages renders the page of every incident, which must have an address of its
// own and a title that people can read.
func checkPages(t *testing.T, lib *incident.Library) {
	t.Helper()
	s, err := New(lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, inc := range lib.Incidents {
		if other, twice := seen[strings.ToLower(inc.URL)]; twice {
			t.Errorf("%s and %s have one address", other, inc.Path)
		}
		seen[strings.ToLower(inc.URL)] = inc.Path
		page, err := s.File(inc.URL + "index.html")
		if err != nil {
			t.Errorf("%s: %v", inc.Path, err)
		} else if !strings.Contains(string(page), "<h1") {
			t.Errorf("%s: the page has no heading", inc.Path)
		}
		if strings.TrimSpace(inc.Title) == "" || uuid.MatchString(inc.Title) {
			t.Errorf("%s: %q is no title", inc.Path, inc.Title)
		}
	}
}
