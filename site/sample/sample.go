// Package sample makes postmortems for tests and benchmarks: as many as are asked
// for, each 7 to 8 KB of Markdown with front matter under the library's keys, a
// timeline of 8 to 15 rows, a table, a fenced code block and prose whose words are
// distributed as in real text. They are spread over ten years and 40 made-up
// organizations.
//
// The same number and seed give the same bytes on every platform. The command
// below generate writes them to a folder:
//
//	go run ./site/sample/generate -n 10000 DIR
package sample

import (
	"fmt"
	"iter"
	"time"
)

// Config is the faultline.yaml of a generated library.
const Config = "title: Sample library\nseverities: [sev1, sev2, sev3, sev4]\n"

// years are those over which the incidents are spread.
const (
	firstYear = 2016
	years     = 10
)

// Files yields n incident files, by path relative to the library's root, in the
// order of their dates. n must not be negative.
func Files(n int, seed uint64) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for i := range n {
			r := newReport(n, seed, i)
			if !yield(r.path, r.file()) {
				return
			}
		}
	}
}

// report is one incident on its way to text.
type report struct {
	scene
	path, title  string
	organization string
	started      time.Time
	length       time.Duration // until it was mitigated
	related      string        // id of an earlier incident, "" for none
	size         int           // bytes of the finished file, at most
}

// newReport decides what the i-th of n incidents is about.
func newReport(n int, seed uint64, i int) *report {
	d := diceFor(seed, i)
	org, service, started := subject(&d, n, i)
	r := &report{
		scene:        scene{dice: &d, service: service, services: servicesOf(org), team: d.zipf(teams), code: d.zipf(errorCodes)},
		path:         "incidents/" + id(i, service, started) + ".md",
		organization: organizations[org],
		started:      started,
		length:       time.Duration(lengths[d.below(len(lengths))]+d.below(6)) * time.Minute,
	}
	r.techs = d.several(technologies, d.between(2, 4))
	r.tech = r.techs[0]
	for range 3 {
		r.hosts = append(r.hosts, fmt.Sprintf("%s-%02d.%s", d.zipf(r.services), d.between(1, 48), d.zipf(regions)))
	}
	r.title = r.fill(d.pick(titles))
	if i > 0 && d.chance(20) {
		r.related = idOf(n, seed, d.below(i))
	}
	r.size = d.between(7450, 7950)
	return r
}

// subject draws whose incident it is, which service is in the middle of it and when
// it started. They are drawn first, so that an id can be had without the rest.
func subject(d *dice, n, i int) (org int, service string, started time.Time) {
	org = d.below(len(organizations))
	service = d.zipf(servicesOf(org))
	return org, service, start(n, i).Add(time.Duration(d.below(slot(n))) * time.Minute)
}

// servicesOf returns the four services of an organization.
func servicesOf(org int) []string {
	var own []string
	for k := range 4 {
		own = append(own, services[(org+7*k)%len(services)])
	}
	return own
}

func idOf(n int, seed uint64, i int) string {
	d := diceFor(seed, i)
	_, service, started := subject(&d, n, i)
	return id(i, service, started)
}

func id(i int, service string, started time.Time) string {
	return fmt.Sprintf("%s-%s-%05d", started.Format(time.DateOnly), service, i)
}

// lengths are minutes; half of all incidents last less than an hour.
var lengths = [...]int{8, 12, 18, 25, 31, 36, 44, 52, 60, 75, 95, 120, 165, 240, 390, 720}

// minutes is the time over which incidents are spread.
const minutes = years * 365 * 24 * 60

// slot is how many minutes there are for each of n incidents.
func slot(n int) int { return max(1, minutes/n) }

// start is the first minute of the i-th slot.
func start(n, i int) time.Time {
	at := int64(i) * minutes / int64(n)
	return time.Date(firstYear, time.January, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(at) * time.Minute)
}
