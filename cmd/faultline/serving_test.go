package main

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// background is a server that a script runs.
type background struct {
	cmd    *exec.Cmd
	url    string
	stream *http.Response // of its events
	events *bufio.Scanner
}

// running are the servers of scripts that run at once.
var running sync.Map // of *background, by *testscript.TestScript

// serving [FLAG...]: runs faultline serve with the flags until the script ends, or
// "! serving": interrupts it, and it ends well.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		s := serverOf(ts)
		ts.Check(s.cmd.Process.Signal(os.Interrupt))
		ts.Check(s.cmd.Wait())
		running.Delete(ts)
		return
	}
	executable, err := os.Executable()
	ts.Check(err)
	cmd := exec.Command(filepath.Join(filepath.Dir(executable), "faultline"), append([]string{"serve", "--port", "0"}, args...)...)
	if found, err := exec.LookPath("faultline"); err == nil {
		cmd.Path = found
	}
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("HOME"))
	cmd.Stderr = ts.Stderr()
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		if _, still := running.LoadAndDelete(ts); still {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	s := &background{cmd: cmd, url: firstURL(ts, out)}
	running.Store(ts, s)
	s.listen(ts)
}

func serverOf(ts *testscript.TestScript) *background {
	s, ok := running.Load(ts)
	if !ok {
		ts.Fatalf("no server runs: begin with serving")
	}
	return s.(*background)
}

// listen connects as a page does, for a minute at most.
func (s *background) listen(ts *testscript.TestScript) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	ts.Defer(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"_faultline/events", nil)
	ts.Check(err)
	s.stream, err = http.DefaultClient.Do(request)
	ts.Check(err)
	ts.Defer(func() { s.stream.Body.Close() })
	s.events = bufio.NewScanner(s.stream.Body)
	s.events.Buffer(nil, 1<<20)
}

// page PATTERN PATH: the running server answers PATH with a text that matches PATTERN, at
// once or after one of the next edits; with !, with one that does not.
func answers(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] page PATTERN PATH")
	}
	s, pattern := serverOf(ts), regexp.MustCompile(args[0])
	for {
		text := get(ts, s.url+strings.TrimPrefix(args[1], "/"))
		if pattern.MatchString(text) != neg {
			return
		}
		for s.events.Scan() && !strings.HasPrefix(s.events.Text(), "id:") {
		}
		if s.events.Err() != nil {
			ts.Fatalf("%s never came to match %q (%v):\n%s", args[1], args[0], s.events.Err(), text)
		}
	}
}
