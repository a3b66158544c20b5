package author

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"faultline/site/problem"
)

// openFolder reads every file below root into a snapshot. A file that says BROKEN is
// a problem and is left out; one that says FATAL cannot be opened at all.
func openFolder(root string) func(context.Context, []string) (Snapshot, problem.List, error) {
	return func(context.Context, []string) (Snapshot, problem.List, error) {
		site, problems := snapshot{}, problem.List(nil)
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			name := relative([]string{root}, path)
			switch {
			case bytes.Contains(data, []byte("FATAL")):
				return errors.New("the disk is on fire")
			case bytes.Contains(data, []byte("BROKEN")):
				problems = append(problems, problem.Problem{Rule: "broken", Path: name, Line: 3, Text: "it is broken", Hint: "mend it"})
			default:
				site[name] = string(data)
			}
			return err
		})
		return site, problems, err
	}
}

// served is a server under test.
type served struct {
	t    *testing.T
	url  string
	log  *lockedBuffer
	stop func() // returns once Serve has returned
}

// lockedBuffer is a log that can be read while it is written.
type lockedBuffer struct {
	mu   sync.Mutex
	text strings.Builder
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// serveFolder runs Serve on the tree until the test ends.
func serveFolder(t *testing.T, x tree) served {
	t.Helper()
	return serveFolderAt(t, x, "")
}

// serveFolderAt does so on the port of a URL, "" for any.
func serveFolderAt(t *testing.T, x tree, at string) served {
	t.Helper()
	port := 0
	if _, after, ok := strings.Cut(strings.TrimSuffix(at, "/"), "127.0.0.1:"); ok {
		port, _ = strconv.Atoi(after)
	}
	s := served{t: t, log: &lockedBuffer{}}
	ready := make(chan string, 1)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- Serve(ctx, Config{Port: port, Open: openFolder(x.root), Watch: []string{x.root}, Log: s.log, Ready: func(url string) { ready <- url }})
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Serve: %v", err)
			}
		case <-time.After(deadline):
			t.Error("Serve does not return")
		}
	})
	t.Cleanup(s.stop)
	select {
	case s.url = <-ready:
	case <-time.After(deadline):
		t.Fatal("the server is never ready")
	}
	return s
}

func (s served) get(path string) (int, string, http.Header) {
	s.t.Helper()
	response, err := http.Get(s.url + strings.TrimPrefix(path, "/"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(body), response.Header
}

// event is one server-sent event, as a browser reads it.
type event struct {
	id       string
	Kind     string
	Problems []struct {
		Rule, Level, Path, Text, Hint string
		Line                          int
	}
}

// stream is a page's connection to the server.
type stream struct {
	t      *testing.T
	events chan event // closed when the connection ends
}

// listen connects like a page that knows the id.
func (s served) listen(last string) stream {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), "GET", s.url+"_faultline/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Last-Event-ID", last)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { response.Body.Close() })
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		s.t.Fatalf("content type %q", got)
	}
	st := stream{s.t, make(chan event, 100)}
	go st.read(response.Body)
	return st
}

func (st stream) read(body io.Reader) {
	defer close(st.events)
	var e event
	alive := false
	for lines := bufio.NewScanner(body); lines.Scan(); {
		field, value, _ := strings.Cut(lines.Text(), ": ")
		switch field {
		case "id":
			e.id = value
		case "event":
			alive = value == "alive"
		case "data":
			if alive {
				alive = false
				continue
			}
			e.Problems = nil
			if err := json.Unmarshal([]byte(value), &e); err != nil {
				st.t.Errorf("data %q: %v", value, err)
			}
			st.events <- e
		}
	}
}

// next returns the next event of the kind, skipping others.
func (st stream) next(kind string) event {
	st.t.Helper()
	timeout := time.After(deadline)
	for {
		select {
		case e, ok := <-st.events:
			if !ok {
				st.t.Fatalf("the stream ended before %q", kind)
			}
			if e.Kind == kind {
				return e
			}
		case <-timeout:
			st.t.Fatalf("no %q", kind)
		}
	}
}

// until waits for the page to be as wanted, asking again after each reload.
func (s served) until(page stream, path string, status int, text string) {
	s.t.Helper()
	for {
		if gotStatus, got, _ := s.get(path); gotStatus == status && strings.Contains(got, text) {
			return
		}
		page.next("reload")
	}
}

func TestServeFollowsEdits(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	x.write("index.html", "first")
	s := serveFolder(t, x)
	page := s.listen("")
	first := page.next("problems")
	if len(first.Problems) != 0 || first.id == "" {
		t.Errorf("at first %v", first)
	}
	if _, text, header := s.get("/"); text != "first" || header.Get("Server-Timing") != `snapshot;desc="`+first.id+`"` {
		t.Errorf("%q, %v", text, header)
	}

	x.save("index.html", "second")
	if second := page.next("reload"); second.id == first.id {
		t.Error("both snapshots have one id")
	}
	if _, text, _ := s.get("/"); text != "second" {
		t.Errorf("after the edit: %q", text)
	}
	x.write("incidents/new/index.html", "in a new folder")
	s.until(page, "/incidents/new/", 200, "in a new folder")
	x.remove("incidents")
	s.until(page, "/incidents/new/", 404, "")
	if log := s.log.String(); !strings.Contains(log, "read index.html again in ") {
		t.Errorf("log %q", log)
	}
}

func TestServeKeepsTheLastGoodSnapshot(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	x.write("index.html", "good")
	s := serveFolder(t, x)
	page := s.listen("")
	good := page.next("problems")

	x.save("bad.html", "FATAL")
	bad := page.next("problems")
	if bad.id != good.id || len(bad.Problems) != 1 || bad.Problems[0].Text != "the disk is on fire" || bad.Problems[0].Rule != "cannot-open" {
		t.Errorf("told %v", bad)
	}
	if status, text, _ := s.get("/"); status != 200 || text != "good" {
		t.Errorf("while broken: %d %q", status, text)
	}
	late := s.listen(good.id)
	if e := late.next("problems"); len(e.Problems) != 1 {
		t.Errorf("a page that connects later is told %v", e)
	}

	x.save("bad.html", "mended")
	if e := page.next("reload"); len(e.Problems) != 0 || e.id == good.id {
		t.Errorf("told %v", e)
	}
	for _, want := range []string{"the disk is on fire", "no problems left"} {
		if log := s.log.String(); strings.Count(log, want) != 1 {
			t.Errorf("log %q, want %q once", log, want)
		}
	}
}

func TestServeTellsTheAuthorsProblems(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	x.write("a.html", "BROKEN")
	s := serveFolder(t, x)
	e := s.listen("").next("problems")
	if len(e.Problems) != 1 || e.Problems[0].Path != "a.html" || e.Problems[0].Line != 3 {
		t.Errorf("told %v", e)
	}
	if log := s.log.String(); !strings.Contains(log, "a.html:3: it is broken") || !strings.Contains(log, "hint: mend it") {
		t.Errorf("log %q", log)
	}
}

// A page that missed an event, or was made by an earlier run of the server, is told
// to reload at once.
func TestPagesThatMissedAnEventReload(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	x.write("index.html", "x")
	s := serveFolder(t, x)
	current := s.listen("").next("problems").id
	for _, last := range []string{"0", "elsewhere-1", current + "0"} {
		select {
		case e := <-s.listen(last).events:
			if e.Kind != "reload" || e.id != current {
				t.Errorf("a page of %q is told %v", last, e)
			}
		case <-time.After(deadline):
			t.Fatal("told nothing")
		}
	}
	response, err := http.Get(s.url + "_faultline/events?last=old")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	st := stream{t, make(chan event, 10)}
	go st.read(response.Body)
	st.next("reload")
}

func TestServeEndsItsStreams(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	s := serveFolder(t, x)
	streams := []stream{s.listen(""), s.listen(""), s.listen("old")}
	for _, st := range streams {
		<-st.events
	}
	s.stop()
	for _, st := range streams {
		select {
		case e, ok := <-st.events:
			if ok {
				t.Errorf("told %v at the end", e)
			}
		case <-time.After(deadline):
			t.Error("a stream stays open")
		}
	}
	if _, err := http.Get(s.url); err == nil {
		t.Error("the port is still open")
	}
}

func TestServeRefusesOtherHostsOverTheWire(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	x.write("index.html", "secret")
	s := serveFolder(t, x)
	request, err := http.NewRequest("GET", s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "rebound.example"
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, _ := io.ReadAll(response.Body); response.StatusCode != 403 || strings.Contains(string(body), "secret") {
		t.Errorf("%d %q", response.StatusCode, body)
	}
}

func TestServeRefusesWhatIsNoAddress(t *testing.T) {
	err := Serve(t.Context(), Config{Host: "example.org", Open: opens(snapshot{})})
	if err == nil || !strings.Contains(err.Error(), "not an address") {
		t.Errorf("error %v", err)
	}
	err = Serve(t.Context(), Config{Editor: "notepad", Open: opens(snapshot{})})
	if err == nil || !strings.Contains(err.Error(), `editor "notepad" is not known`) {
		t.Errorf("error %v", err)
	}
}

// Of edits that come while the library is being opened, none is lost, they are
// taken together, and no two are opened at once.
func TestOneOpenAtATime(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	entered, leave := make(chan string), make(chan struct{})
	inside := 0
	var mu sync.Mutex
	open := func(ctx context.Context, _ []string) (Snapshot, problem.List, error) {
		mu.Lock()
		inside++
		if inside > 1 {
			t.Error("opened twice at once")
		}
		mu.Unlock()
		data, _ := os.ReadFile(x.path("a.md"))
		select {
		case entered <- string(data):
			<-leave
		case <-ctx.Done():
		}
		mu.Lock()
		inside--
		mu.Unlock()
		return snapshot{"index.html": string(data)}, nil, ctx.Err()
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, Config{Open: open, Watch: []string{x.root}}) }()
	await := func(want string) {
		t.Helper()
		select {
		case got := <-entered:
			if got != want {
				t.Errorf("opened with %q, want %q", got, want)
			}
		case <-time.After(deadline):
			t.Fatalf("never opened with %q", want)
		}
	}
	await("")
	leave <- struct{}{}
	x.save("a.md", "one")
	await("one")
	for i := range 20 {
		x.save("a.md", fmt.Sprint("while it is open: ", i))
		x.write(fmt.Sprintf("%d.md", i), "other")
	}
	leave <- struct{}{}
	await("while it is open: 19")
	cancel()
	close(leave)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
