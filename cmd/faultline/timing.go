package main

import (
	"fmt"
	"io"
	"time"
)

// stopwatch prints how long each stage of a command takes.
type stopwatch struct {
	w     io.Writer // nil = not asked for
	name  string
	since time.Time
}

// begin ends the stage that is running and begins the next; "" only ends.
func (s *stopwatch) begin(name string) {
	if s.w == nil {
		return
	}
	now := time.Now()
	if s.name != "" {
		fmt.Fprintf(s.w, "%-20s %6.2f s\n", s.name, now.Sub(s.since).Seconds())
	}
	s.name, s.since = name, now
}
