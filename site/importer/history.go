package importer

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/problem"
)

// Statuspage's history.json holds less than incidents.json: for every incident of a
// month its name, its impact, the text of its last post and the span that the page
// shows, "Aug 10, 00:17 - 01:30 UTC". The span's end is when it was declared over,
// its beginning about when it began.

func isHistory(src Source) bool {
	return hasKey(jsonKeys(head(src)), []string{"months[].incidents"})
}

type historyMonth struct {
	Name      loose             `json:"name"`
	Year      loose             `json:"year"`
	Incidents []json.RawMessage `json:"incidents"`
}

type historyIncident struct {
	Code      loose `json:"code"`
	Name      loose `json:"name"`
	Message   loose `json:"message"`
	Impact    loose `json:"impact"`
	Timestamp loose `json:"timestamp"`
}

// readHistory reads the incidents of the months.
func readHistory(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	r := statuspageReader{jsonFile: jsonFile{path: src.Path, data: []byte(whole), problems: problems}, scale: src.Severities}
	r.each([]string{"months[]"}, func(_ string, raw json.RawMessage, at int) {
		var m historyMonth
		r.decode(raw, at, &m)
		for _, i := range m.Incidents {
			r.past(m, i, at)
		}
	})
	reports, found := reportsOf(src, r.accounts)
	return reports, append(append(r.problems, r.leftOut()...), found...)
}

// past reads an incident of a month.
func (r *statuspageReader) past(m historyMonth, raw json.RawMessage, at int) {
	var i historyIncident
	r.decode(raw, at, &i)
	if i.Impact == "maintenance" {
		r.maintenance++
		return
	}
	line, _ := r.place(at)
	a := &account{id: string(i.Code), title: oneLine(string(i.Name)), line: line}
	a.text("title", a.title)
	a.grade(string(i.Impact), r.scale)
	shown := plainText(string(i.Timestamp))
	span, ok := spanOf(shown, string(m.Year))
	if ok {
		a.span(span)
		shown = ""
	} else {
		r.report(problem.Warning, at, "bad-time", fmt.Sprintf("time %q of %q cannot be read", shown, a.title), "write date: into the imported file")
		shown = strings.Join([]string{shown, string(m.Name), string(m.Year)}, " ")
	}
	a.paragraph(proper(string(i.Message)))
	a.section("Shown on the status page", shown)
	r.accounts = append(r.accounts, a)
}

// span sets the clocks of a span of time as the page shows it.
func (a *account) span(s pageSpan) {
	a.day = s.from
	if !s.zoned {
		a.set("timezone", frontmatter.Text("unknown"))
		a.set("started", frontmatter.Time(s.from.Format("~2006-01-02T15:04")))
		a.set("resolved", frontmatter.Time(s.to.Format("2006-01-02T15:04")))
		return
	}
	zone, name := zoneOfTimes([]time.Time{s.from, s.to}, "")
	a.set("timezone", frontmatter.Text(name))
	a.set("started", roughly(s.from, zone))
	a.set("resolved", instant(s.to, zone))
}
