package scaffold

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

func names(kinds []Kind) string {
	var list []string
	for _, k := range kinds {
		list = append(list, k.Name)
	}
	return strings.Join(list, " ")
}

func TestKinds(t *testing.T) {
	root := t.TempDir()
	builtIn, err := Kinds(os.DirFS(root))
	if err != nil || names(builtIn) != "incident brief sre five-whys learning-review" {
		t.Errorf("kinds %s, %v", names(builtIn), err)
	}
	write(t, root, "templates/security.md", "Ours: {{title}}")
	write(t, root, "templates/incident.md", "House style: {{title}} on {{date}}")
	write(t, root, "templates/notes.txt", "no template")
	own, err := Kinds(os.DirFS(root))
	if err != nil || names(own) != "incident security brief sre five-whys learning-review" || own[0].About != "" {
		t.Errorf("kinds %s, %v", names(own), err)
	}
	path, err := Incident(root, "security", "A door", "2024-03-04")
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(path); string(text) != `Ours: "A door"` {
		t.Errorf("wrote %q", text)
	}
}

// Every built-in template is a draft without faults.
func TestBuiltInTemplates(t *testing.T) {
	root := t.TempDir()
	for _, k := range builtIn {
		path, err := Incident(root, k.Name, "A "+k.Name, "2024-03-04")
		if err != nil {
			t.Fatal(err)
		}
		text, _ := os.ReadFile(path)
		inc, problems := record.Parse("incidents/a.md", text, record.Options{})
		if inc.Status != incident.Draft || inc.Title != "A "+k.Name || problems.Count(problem.Error)+problems.Count(problem.Warning) > 0 {
			t.Errorf("%s: %s %q %v", k.Name, inc.Status, inc.Title, problems)
		}
	}
}

func TestKindsThatAreNone(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	write(t, outside, "secret.md", "secret")
	write(t, root, "templates/.keep", "")
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(root, "templates", "link.md")); err != nil {
		t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
	}
	for _, kind := range []string{"", "nope", "../incident", `..\incident`, "/etc/passwd", "a/b", "\x00"} {
		if _, err := Incident(root, kind, "T", "2024-03-04"); !errors.Is(err, ErrNoKind) {
			t.Errorf("%q: %v", kind, err)
		}
	}
	if path, err := Incident(root, "link", "T", "2024-03-04"); err == nil {
		t.Errorf("a link out of the library gave %s", path)
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}
