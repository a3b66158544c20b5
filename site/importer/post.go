package importer

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/incident"
)

// post is one update of a status page or one comment on an issue.
type post struct {
	at     time.Time // zero = not told
	zoned  bool      // at is in a zone that is known
	status string    // as a person reads it: "Investigating"; "" = none
	actor  string    // who wrote it; "" = not told
	text   string    // Markdown
}

// inOrder sorts posts by time. Those of the same time keep the order in which they
// were written: the reverse of the source's, where that has the newest first.
func inOrder(posts []post) {
	if len(posts) > 1 && posts[len(posts)-1].at.Before(posts[0].at) {
		slices.Reverse(posts)
	}
	slices.SortStableFunc(posts, func(a, b post) int { return a.at.Compare(b.at) })
}

// timelineOf writes posts as a list that is read as a timeline. Times are in the zone; nil
// leaves them as they are.
func timelineOf(posts []post, zone *time.Location) string {
	var b strings.Builder
	for _, p := range posts {
		fmt.Fprintf(&b, "- %s%s\n", stamp(p, zone), indent(p.said()))
	}
	return b.String()
}

func stamp(p post, zone *time.Location) string {
	if p.at.IsZero() {
		return ""
	}
	if at := p.at; zone != nil {
		return at.In(zone).Format("2006-01-02 15:04") + ": "
	}
	return p.at.Format("2006-01-02 15:04") + ": "
}

// blockStart matches text that is no paragraph: a heading, a list, a quote, a table,
// a fence.
var blockStart = regexp.MustCompile("^(?:#{1,6} |[-*+] |>|\\||\\d+[.)] |```|~~~)")

// said is the text behind its status and its writer. Text that begins with a block of
// its own begins on a line of its own.
func (p post) said() string {
	text := strings.Trim(p.text, "\n")
	lead := ""
	if p.actor != "" {
		lead = "`@" + strings.ReplaceAll(p.actor, "`", "") + "` "
	}
	if p.status != "" {
		lead += "**" + p.status + "**"
		if text != "" {
			lead += ": "
		}
	}
	if lead != "" && blockStart.MatchString(text) {
		return strings.TrimRight(lead, ": ") + "\n\n" + text
	}
	return lead + strings.TrimLeft(text, " \t")
}

// indent puts the lines behind the first below the entry of a list.
func indent(text string) string {
	lines := strings.Split(text, "\n")
	for n := 1; n < len(lines); n++ {
		if strings.TrimSpace(lines[n]) == "" {
			lines[n] = ""
			continue
		}
		lines[n] = "  " + lines[n]
	}
	return strings.Join(lines, "\n")
}

// zoneOfTimes is the zone in which an incident is told: the one that its source names,
// else that of its first time. It is UTC where the offset changes on the way, since
// rows do not write it.
func zoneOfTimes(times []time.Time, name string) (*time.Location, string) {
	zone, err := incident.ParseZone(name)
	if err != nil {
		if zone = time.UTC; len(times) > 0 {
			zone = times[0].Location()
		}
		name = offsetName(zone, times)
	}
	if strings.EqualFold(name, "Etc/UTC") || len(times) > 0 && offset(times[0], zone) != offset(times[len(times)-1], zone) {
		return time.UTC, "UTC"
	}
	return zone, name
}

func offset(at time.Time, zone *time.Location) int {
	_, seconds := at.In(zone).Zone()
	return seconds
}

func offsetName(zone *time.Location, times []time.Time) string {
	if len(times) == 0 || offset(times[0], zone) == 0 {
		return "UTC"
	}
	return times[0].In(zone).Format("-07:00")
}

// instant is a time for the front matter, with its offset.
func instant(at time.Time, zone *time.Location) frontmatter.Value {
	return frontmatter.Time(at.In(zone).Format("2006-01-02T15:04Z07:00"))
}

// roughly is a time that is known about.
func roughly(at time.Time, zone *time.Location) frontmatter.Value {
	return frontmatter.Time("~" + at.In(zone).Format("2006-01-02T15:04Z07:00"))
}

// healed is when the posts say for good that a fix holds: the first "Monitoring" that
// no search for the cause follows, and that is not the first post of all, where
// nobody had told of harm. It is false where none is.
func healed(posts []post) (time.Time, bool) {
	var at time.Time
	for n, p := range posts {
		switch strings.ToLower(p.status) {
		case "investigating", "identified":
			at = time.Time{}
		case "monitoring":
			if n > 0 && at.IsZero() {
				at = p.at
			}
		}
	}
	return at, !at.IsZero()
}

// ended is when the posts say for the last time that it is over.
func ended(posts []post) (time.Time, bool) {
	var at time.Time
	for _, p := range posts {
		switch strings.ToLower(p.status) {
		case "resolved":
			at = p.at
		case "investigating", "identified", "monitoring":
			at = time.Time{}
		}
	}
	return at, !at.IsZero()
}

// humanStatus makes words of a status: "in_progress" becomes "In progress".
func humanStatus(s string) string {
	s = strings.ReplaceAll(oneLine(s), "_", " ")
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
