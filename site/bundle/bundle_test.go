package bundle

import (
	"strings"
	"testing"
	"testing/fstest"
)

func tree(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestScriptBundlesImports(t *testing.T) {
	fsys := tree(map[string]string{
		"a/main.ts":  `import { word } from "../b/word"; export const shout = (n: number): string => word + n;`,
		"b/word.ts":  `export const word: string = "fault";`,
		"b/stray.ts": `export const stray = "unused";`,
	})
	module, err := Script(fsys, "a/main.ts", ScriptOptions{Format: Module})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"fault", "export"} {
		if !strings.Contains(string(module), want) {
			t.Errorf("module lacks %q: %s", want, module)
		}
	}
	if strings.Contains(string(module), "unused") || strings.Contains(string(module), "number") {
		t.Errorf("module holds what nobody imports, or a type: %s", module)
	}
	global, err := Script(fsys, "a/main.ts", ScriptOptions{Format: Global, GlobalName: "faultline"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(strings.TrimPrefix(string(global), `"use strict";`), "var faultline=") {
		t.Errorf("global script does not assign its name: %s", global)
	}
}

func TestStyleBundlesImports(t *testing.T) {
	css, err := Style(tree(map[string]string{
		"main.css":  `@import "./paper.css"; body { color: red }`,
		"paper.css": `html { background: white }`,
	}), "main.css")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(css)); got != "html{background:#fff}body{color:red}" {
		t.Errorf("got %s", got)
	}
}

func TestErrorsNameThePlace(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"syntax":  {"let a = ;", "main.ts:1:9"},
		"missing": {`import "./gone"`, `imports "./gone"`},
		"outside": {`import "../../etc/passwd"`, "does not exist"},
	} {
		_, err := Script(tree(map[string]string{"main.ts": test.source}), "main.ts", ScriptOptions{})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, test.want)
		}
	}
}

// TestEntryThatExistsOnDisk bundles an entry whose name is also that of a file
// below the working folder.
func TestEntryThatExistsOnDisk(t *testing.T) {
	script, err := Script(tree(map[string]string{"bundle.go": `export const from = "tree"`}), "bundle.go", ScriptOptions{})
	if err != nil || !strings.Contains(string(script), "tree") {
		t.Errorf("got %s, %v", script, err)
	}
}
