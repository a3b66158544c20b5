package reading

import (
	"regexp"
	"strings"

	"faultline/site/incident"
)

// window is from when to when the incident lasted, as one statement tells it.
type window struct {
	from, to incident.Time
	line     int
}

// readWindow takes start and end, where no labelled row states either, from the
// window that a row ("Duration: 21:45 to 23:28 UTC") or the sentences that open the
// report give the incident. Windows that differ state nothing.
func (r *reader) readWindow() {
	if r.facts.Started.Known() || r.facts.Resolved.Known() {
		return
	}
	windows := r.labelledWindows()
	if len(windows) == 0 {
		windows = r.windowsInOpening()
	}
	for _, w := range windows {
		if w.from != windows[0].from || w.to != windows[0].to {
			r.several = true
			return
		}
	}
	if len(windows) > 0 {
		w := windows[0]
		r.facts.Started, r.end = Found[incident.Time]{Value: w.from, Line: w.line}, Found[incident.Time]{Value: w.to, Line: w.line}
	}
}

func (r *reader) labelledWindows() []window {
	var windows []window
	for _, s := range r.statements {
		if s.fact != dateFact && s.fact != durationFact && s.fact != windowFact {
			continue
		}
		if first, _, ok := readWhen(s.value); ok && first.end != nil {
			windows = r.appendWindow(windows, first, *first.end, s.line)
		}
	}
	return windows
}

var (
	windowForm = regexp.MustCompile(`(?i)\b(?:from|between)\s|\(\s*`)
	joinForm   = regexp.MustCompile(`^(?i)\s*(?:and|to|until)\s+`)
	// troubleWord stands in a sentence whose window is that of the incident, and not
	// that of a deployment or of the investigation.
	troubleWord = regexp.MustCompile(`(?i)\b(?:outages?|unavailab\w+|unreachable|down|downtime|incidents?|degrad\w+|disrupt\w+|interrupt\w+|broken|unusable|inaccessible|offline|impact\w*|affected|errors?|fail\w*|delay\w*|unable)\b`)
)

// windowsInOpening reads "from 15:30 to 18:10 UTC" in sentences that speak of trouble.
func (r *reader) windowsInOpening() []window {
	var windows []window
	for _, b := range opening(r.parts) {
		for sentence := range strings.SplitSeq(oneLine(b.Text), ". ") {
			if !troubleWord.MatchString(sentence) {
				continue
			}
			for _, at := range windowForm.FindAllStringIndex(sentence, -1) {
				if first, last, ok := readRange(sentence[at[1]:]); ok {
					windows = r.appendWindow(windows, first, last, b.Line)
				}
			}
		}
	}
	return windows
}

// readRange reads the two times that a text begins with.
func readRange(text string) (first, last when, ok bool) {
	first, rest, ok := readWhen(text)
	if !ok || first.end != nil {
		return first, last, ok
	}
	joint := joinForm.FindString(rest)
	if joint == "" {
		return first, last, false
	}
	last, _, ok = readWhen(rest[len(joint):])
	return first, last, ok
}

// appendWindow adds the window between two clocks whose day is known.
func (r *reader) appendWindow(windows []window, first, last when, line int) []window {
	if first.end != nil {
		last = *first.end
	}
	if !first.clock || !last.clock {
		return windows
	}
	if first.zone == "" {
		first.zone = last.zone
	}
	first.end = nil
	day := r.dayOf(first, r.day)
	from, to := r.resolve(first, day), r.resolve(last, r.dayOf(last, day))
	if to.Known() && to.From.Before(from.From) && !last.dated() {
		to.From, to.To = to.From.AddDate(0, 0, 1), to.To.AddDate(0, 0, 1)
	}
	if !from.Known() || !to.Known() || from.Zoned != to.Zoned || to.From.Before(from.From) {
		return windows
	}
	return append(windows, window{from, to, line})
}
