package author

import (
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"faultline/site/author/desk"
	"faultline/site/problem"
)

// state is what the server knows about the library. States are immutable; next is
// closed once there is a newer one.
type state struct {
	version  string   // names the snapshot; no two runs of the server share a name
	snapshot Snapshot // nil as long as none could be opened
	problems problem.List
	next     chan struct{}
}

// server holds the current state and answers from it.
type server struct {
	openLibrary func(context.Context, []string) (Snapshot, problem.List, error)
	hosts       []string // values of Host that may be asked for
	names       []string // hosts that may be asked for on any port
	exposed     bool     // other machines can reach the server
	desk        *desk.Desk
	token       string // that requests to write must carry
	log         *log.Logger
	run         string // a name for this run of the server
	opened      int    // snapshots so far
	current     atomic.Pointer[state]
}

func newServer(open func(context.Context, []string) (Snapshot, problem.List, error), addr *net.TCPAddr, logger *log.Logger) *server {
	s := &server{openLibrary: open, hosts: hostsOf(addr), exposed: !addr.IP.IsLoopback(), log: logger, run: rand.Text()[:8], token: rand.Text()}
	s.desk, _ = desk.New("", "") // which is no fault
	s.current.Store(&state{version: s.run, next: make(chan struct{})})
	return s
}

// follow opens the library again after each batch of changes until ctx is done.
func (s *server) follow(ctx context.Context, batches <-chan []string) {
	for {
		select {
		case <-ctx.Done():
			return
		case changed := <-batches:
			s.open(ctx, changed)
		}
	}
}

// open reads the library and makes the outcome current. When it cannot be read,
// the last snapshot stays and the error is shown as a problem.
func (s *server) open(ctx context.Context, changed []string) {
	began := time.Now()
	snapshot, problems, err := s.openLibrary(ctx, changed)
	if ctx.Err() != nil {
		return
	}
	last := s.current.Load()
	now := &state{version: last.version, snapshot: last.snapshot, problems: slices.Clone(problems), next: make(chan struct{})}
	if err != nil {
		failure := problem.Problem{Rule: "cannot-open", Level: problem.Error, Text: err.Error(), Hint: "pages stay as they were until this is mended"}
		now.problems = append(problem.List{failure}, now.problems...)
	} else {
		s.opened++
		now.version, now.snapshot = s.run+"-"+strconv.Itoa(s.opened), snapshot
	}
	s.report(changed, last.problems, now.problems, time.Since(began))
	s.current.Store(now)
	close(last.next)
}

// report logs an edit and, where they are not those of before, the problems.
func (s *server) report(changed []string, before, now problem.List, took time.Duration) {
	if len(changed) > 0 {
		s.log.Printf("read %s again in %d ms", describe(changed), took.Milliseconds())
	}
	if slices.Equal(before, now) {
		return
	}
	var text strings.Builder
	_ = now.Write(&text) // a Builder does not fail
	if text.Len() == 0 {
		text.WriteString("no problems left\n")
	}
	s.log.Print(text.String())
}

// describe names a batch of changes: "a.md and 3 more".
func describe(changed []string) string {
	if len(changed) == 1 {
		return changed[0]
	}
	return fmt.Sprintf("%s and %d more", changed[0], len(changed)-1)
}
