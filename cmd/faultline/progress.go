package main

import (
	"fmt"
	"io"
	"os"
)

// progress shows on a terminal how far a command has come.
type progress struct {
	w           io.Writer // nil = no terminal
	done, total int
}

func newProgress(w io.Writer, total int) *progress {
	if f, ok := w.(*os.File); ok && total > 1 {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{w: w, total: total}
		}
	}
	return &progress{}
}

// barWidth is the width of the bar in characters.
const barWidth = 30

// step says that one more is done.
func (p *progress) step() {
	if p.w == nil {
		return
	}
	p.done++
	full := p.done * barWidth / p.total
	fmt.Fprintf(p.w, "\r[%-*s] %d of %d", barWidth, bars[:full], p.done, p.total)
}

const bars = "=============================="

// clear takes the bar away, so that what follows stands on a line of its own.
func (p *progress) clear() {
	if p.w != nil && p.done > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
