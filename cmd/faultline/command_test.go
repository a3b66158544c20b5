package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// same A B: the two folders hold the same files with the same bytes.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	a, b := files(ts, ts.MkAbs(args[0])), files(ts, ts.MkAbs(args[1]))
	var differ []string
	for name, data := range a {
		if other, ok := b[name]; !ok || !bytes.Equal(data, other) {
			differ = append(differ, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			differ = append(differ, name)
		}
	}
	switch {
	case len(a) == 0:
		ts.Fatalf("%s is empty", args[0])
	case !neg && len(differ) > 0:
		ts.Fatalf("%s and %s differ in %s", args[0], args[1], strings.Join(differ, ", "))
	case neg && len(differ) == 0:
		ts.Fatalf("%s and %s are the same", args[0], args[1])
	}
}

// builds OUT [FLAG...]: faultline build writes OUT, and once more, with another time
// zone, locale and number of processors, the same bytes.
func builds(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: builds OUT [FLAG...]")
	}
	again := args[0] + ".again"
	strange := map[string]string{"TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "GOMAXPROCS": "1"}
	usual := map[string]string{}
	for name, value := range strange {
		usual[name] = ts.Getenv(name)
		ts.Setenv(name, value)
	}
	ts.Check(ts.Exec("faultline", append([]string{"build", "--out", again}, args[1:]...)...))
	for name, value := range usual {
		ts.Setenv(name, value)
	}
	ts.Check(ts.Exec("faultline", append([]string{"build", "--out", args[0]}, args[1:]...)...))
	same(ts, false, []string{args[0], again})
	ts.Check(os.RemoveAll(ts.MkAbs(again)))
}

// replace OLD NEW FILE: edits a file as a person would. OLD must be in it, once.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	text := ts.ReadFile(args[2])
	if n := strings.Count(text, args[0]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[2], args[0], n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.Replace(text, args[0], args[1], 1)), 0o644))
}

// appends FILE LINE...: adds lines to the end of a file.
func appends(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: appends FILE LINE...")
	}
	text := ts.ReadFile(args[0]) + strings.Join(args[1:], "\n") + "\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func files(ts *testscript.TestScript, dir string) map[string][]byte {
	all := map[string][]byte{}
	ts.Check(filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all[name], err = os.ReadFile(path)
		return err
	}))
	return all
}

var servedAt = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// serves PATTERN PATH [FLAG...]: faultline serve with the flags prints its URL and
// answers PATH with a text that matches PATTERN.
func serves(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: serves PATTERN PATH [FLAG...]")
	}
	executable, err := os.Executable()
	ts.Check(err)
	cmd := exec.Command(filepath.Join(filepath.Dir(executable), "faultline"), append([]string{"serve", "--port", "0"}, args[2:]...)...)
	if found, err := exec.LookPath("faultline"); err == nil {
		cmd.Path = found
	}
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"))
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	cmd.Stderr = ts.Stderr()
	ts.Check(cmd.Start())
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	text := get(ts, firstURL(ts, out)+strings.TrimPrefix(args[1], "/"))
	if !regexp.MustCompile(args[0]).MatchString(text) {
		ts.Fatalf("%s does not match %q:\n%s", args[1], args[0], text)
	}
}

func firstURL(ts *testscript.TestScript, out io.Reader) string {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url := servedAt.FindString(lines.Text()); url != "" {
			return url
		}
	}
	ts.Fatalf("serve ended without printing a URL")
	return ""
}

func get(ts *testscript.TestScript, url string) string {
	client := http.Client{Timeout: time.Minute}
	response, err := client.Get(url)
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	return string(body)
}

// writeBytes FILE HEX [TIMES]: FILE holds the bytes, repeated.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || len(args) > 3 {
		ts.Fatalf("usage: bytes FILE HEX [TIMES]")
	}
	data, err := hex.DecodeString(args[1])
	ts.Check(err)
	if len(args) == 3 {
		times, err := strconv.Atoi(args[2])
		ts.Check(err)
		data = bytes.Repeat(data, times)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}
