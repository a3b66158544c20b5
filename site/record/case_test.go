package record

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"faultline/site/incident"
	"faultline/site/taxonomy"
)

var update = flag.Bool("update", false, "write the golden parts of testdata/cases")

// TestCases reads each archive of testdata/cases: its comment says what the case
// shows, faultline.yaml is the library's configuration if there is one, the report
// follows, then what is wanted: the problems as they are printed, and the fields
// of the incident that are not empty.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, problems, fields := readCase(t, archive)
			got := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if f.Name == "faultline.yaml" || f.Name == name {
					got.Files = append(got.Files, f)
				}
			}
			got.Files = append(got.Files, txtar.File{Name: "problems", Data: problems}, txtar.File{Name: "fields.json", Data: fields})
			if *update {
				if err := os.WriteFile(path, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := txtar.Format(archive); !bytes.Equal(txtar.Format(got), want) {
				t.Errorf("got\n%s\nwant\n%s", txtar.Format(got), want)
			}
		})
	}
}

// readCase parses the report of the archive and returns its name, the problems and
// the fields as text.
func readCase(t *testing.T, archive *txtar.Archive) (name string, problems, fields []byte) {
	t.Helper()
	opt := Options{Vocabulary: taxonomy.BuiltIn()}
	for _, f := range archive.Files {
		if f.Name == "faultline.yaml" {
			config, faults := ParseConfig(f.Name, f.Data)
			if len(faults) > 0 {
				t.Fatalf("configuration: %v", faults)
			}
			opt.Config = config
			continue
		}
		inc, list := Parse(f.Name, f.Data, opt)
		var printed bytes.Buffer
		if err := list.Write(&printed); err != nil {
			t.Fatal(err)
		}
		return f.Name, printed.Bytes(), filled(t, inc)
	}
	t.Fatal("no report")
	return "", nil, nil
}

// filled is the JSON of the incident without what is empty, and without the text.
func filled(t *testing.T, inc *incident.Incident) []byte {
	t.Helper()
	data, err := json.Marshal(inc)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil {
		t.Fatal(err)
	}
	fields := prune(all).(map[string]any)
	for _, key := range []string{"body", "sections", "path", "url"} {
		delete(fields, key)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(fields); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// prune removes null, false, "", [] and {} from a decoded value.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if value = prune(value); value == nil {
				delete(v, key)
			} else {
				v[key] = value
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}
