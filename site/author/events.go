package author

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"faultline/site/problem"
)

// heartbeat is how often a silent stream says that it is alive, so that dead
// connections are noticed on both sides.
const heartbeat = 15 * time.Second

// message is the data of one event.
type message struct {
	Kind     string       `json:"kind"` // "reload" or "problems"
	Problems problem.List `json:"problems"`
}

// events streams what pages need to know until the page, or the server, is gone.
// Of several states that follow each other quickly only the newest is sent.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	stream := http.NewResponseController(w)
	known := r.Header.Get("Last-Event-ID")
	if known == "" {
		known = r.URL.Query().Get("last")
	}
	if _, err := fmt.Fprint(w, "retry: 500\n\n"); err != nil || r.Method == http.MethodHead {
		return
	}
	for {
		now := s.current.Load()
		if err := send(w, now, known); err != nil || stream.Flush() != nil {
			return
		}
		known = now.version
		if !wait(r.Context(), now.next, func() error {
			_, _ = fmt.Fprint(w, "event: alive\ndata: {}\n\n")
			return stream.Flush()
		}) {
			return
		}
	}
}

// send writes the state as an event for a page that knows the given version, or no
// version yet.
func send(w http.ResponseWriter, now *state, known string) error {
	m := message{Kind: "problems", Problems: firstErrors(now.problems)}
	if known != "" && known != now.version {
		m.Kind = "reload"
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "id: %s\ndata: %s\n\n", now.version, data)
	return err
}

// mostErrors is how many errors an event tells of.
const mostErrors = 20

func firstErrors(problems problem.List) problem.List {
	errors := problem.List{}
	for _, p := range problems {
		if p.Level == problem.Error && len(errors) < mostErrors {
			errors = append(errors, p)
		}
	}
	return errors
}

// wait returns true once next is closed, false when ctx is done or beat fails.
func wait(ctx context.Context, next <-chan struct{}, beat func() error) bool {
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-next:
			return true
		case <-ticker.C:
			if beat() != nil {
				return false
			}
		}
	}
}
