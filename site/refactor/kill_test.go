package refactor

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/frontmatter"
	"faultline/site/taxonomy"
)

// TestKilledApply is the process that the test below starts and kills.
func TestKilledApply(t *testing.T) {
	dir := os.Getenv("FAULTLINE_TEST_DIR")
	if dir == "" {
		t.Skip("runs in a process of its own")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := do(folder{root, t}.load(), "rename", "overload", "too-much")
	if err != nil {
		t.Fatal(err)
	}
	if err := plan.Apply(root); err != nil {
		t.Fatal(err)
	}
}

// killWhen starts the process and kills it once it has come so far, or lets it end.
func killWhen(t *testing.T, dir string, far func() bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestKilledApply$")
	cmd.Env = append(os.Environ(), "FAULTLINE_TEST_DIR="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for !far() {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
		}
	}
	_ = cmd.Process.Kill()
	<-ended
}

// Whenever a refactoring is killed, all files are as before or all as after.
func TestKilledRefactoring(t *testing.T) {
	before, after := map[string]string{"faultline.yaml": ""}, map[string]string{"faultline.yaml": "", taxonomy.File: "causes:\n  - {id: too-much, label: Too much, formerly: [overload]}\n"}
	for i := range 24 {
		name := fmt.Sprintf("%02d.md", i)
		before[name] = report(fmt.Sprintf("title: %s\ncauses:\n  - overload # c\n", name))
		after[name] = strings.Replace(before[name], "- overload #", "- too-much #", 1)
	}
	for _, file := range []string{taxonomy.File, ".faultline-edit.journal", ".00.md.next", ".20.md.old", ".faultline-edit.done"} {
		lib := open(t, before)
		killWhen(t, lib.Name(), func() bool {
			_, err := os.Lstat(filepath.Join(lib.Name(), file))
			return err == nil
		})
		if _, err := frontmatter.Repair(lib.Root); err != nil {
			t.Fatal(err)
		}
		got := lib.files()
		if got[taxonomy.File] == "" {
			delete(got, taxonomy.File) // an empty vocabulary says the same as none
		}
		if !maps.Equal(got, before) && !maps.Equal(got, after) {
			t.Errorf("killed at %s: the library has %d files, and they are neither those before nor those after", file, len(got))
		}
		if len(lib.load().Problems) > len(before) {
			t.Errorf("killed at %s: %v", file, lib.load().Problems)
		}
	}
}
