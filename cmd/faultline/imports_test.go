package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors says which rooms a room may import, everything on the ground floor
// (site/incident, site/problem) aside. A new arrow is a decision: add it here and
// say why in the commit.
var floors = map[string][]string{
	"cmd/faultline":                     {"site", "site/importer", "site/frontmatter", "site/refactor", "site/record", "site/score", "site/taxonomy", "site/tagger", "site/tagging", "site/author", "site/author/desk", "site/scaffold", "site/survey", "site/health", "index", "index/alert", "site/review", "site/pattern", "site/phrase", "content"},
	"site/author":                       {"site/author/desk", "site/bundle"},
	"site/author/desk":                  {"site/advice", "site/frontmatter", "site/pattern", "site/phrase", "site/record", "site/scaffold", "site/tagging"},
	"site/advice":                       {"site/cue", "site/yaml"},
	"site":                              {"site/parallel", "site/cache", "site/record", "site/taxonomy", "site/tagger", "site/pattern", "site/render", "site/lock", "index", "themes"},
	"site/importer":                     {"site/diff", "site/record", "site/frontmatter", "site/importer/page", "site/markdown", "site/tagger"},
	"site/refactor":                     {"site/diff", "site/frontmatter", "site/taxonomy"},
	"site/health":                       {"index/query"},
	"site/tagging":                      {"site/diff", "site/frontmatter", "site/tagger"},
	"site/scaffold":                     {"site/record"},
	"site/score":                        {"site/importer"},
	"site/review":                       {"site/pattern", "site/phrase"},
	"site/render":                       {"site/markdown", "site/pattern", "site/pattern/stat", "site/phrase", "site/health", "site/bundle", "themes"},
	"site/record":                       {"site/yaml", "site/toml", "site/markdown", "site/reading"},
	"site/reading":                      {"site/markdown", "site/yaml"},
	"site/taxonomy":                     {"site/yaml", "site/cue"},
	"site/cue":                          {"index/query"},
	"site/pattern":                      {"site/cue", "site/pattern/stat"},
	"site/tagger":                       {"site/parallel", "site/cue", "site/yaml"},
	"site/toml":                         {"site/yaml"},
	"site/frontmatter":                  {"site/yaml", "site/toml", "site/record", "site/lock"},
	"site/tagger/fit":                   {"site/record", "site/score", "site/tagger", "site/taxonomy"},
	"site/sample/generate":              {"site/sample"},
	"index":                             {"index/query", "index/web", "site/lock"},
	"index/query/internal/tables/write": {"index/query/internal/tables"},
	"index/web":                         {"index/query", "site/bundle"},
	"index/web/webtest":                 {"index/web", "site/bundle"},
}

// doors says which one room opens each big dependency.
var doors = map[string]string{
	"github.com/blevesearch/":         "index",
	"github.com/yuin/goldmark":        "site/markdown",
	"github.com/alecthomas/chroma":    "site/markdown",
	"github.com/fsnotify/fsnotify":    "site/author",
	"github.com/goccy/go-yaml":        "site/yaml",
	"github.com/pelletier/go-toml":    "site/toml",
	"github.com/spf13/cobra":          "cmd/faultline",
	"github.com/evanw/esbuild":        "site/bundle",
	"github.com/dop251/goja":          "index/web/webtest",
	"github.com/JohannesKaufmann/":    "site/importer/page",
	"github.com/aymanbagabas/":        "site/diff",
	"github.com/chromedp/":            "",
	"github.com/rogpeppe/go-internal": "",
}

const module = "faultline/"

// TestImportDirections reads what the packages import, tests left out, and fails
// on an arrow that is not in floors or a dependency opened outside its door.
func TestImportDirections(t *testing.T) {
	for _, p := range listPackages(t) {
		room := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			if other, ours := strings.CutPrefix(imported, module); ours {
				if other != "site/incident" && other != "site/problem" && !slices.Contains(floors[room], other) {
					t.Errorf("%s imports %s, an arrow that is not in floors", room, other)
				}
				continue
			}
			for prefix, door := range doors {
				if strings.HasPrefix(imported, prefix) && room != door && !strings.HasPrefix(room, door+"/internal/") {
					t.Errorf("%s imports %s, whose one door is %q", room, imported, door)
				}
			}
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 10 {
		t.Fatalf("go list found %d packages", len(packages))
	}
	return packages
}
