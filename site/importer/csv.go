package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
)

// A CSV file holds an incident a row. Columns are known by their names, in any of the
// spellings below or as Source.Columns says; a column that is not known stays in the
// body under its name. Commas, semicolons, tabs and bars part cells.

// columnNames are the spellings of the columns, slugged, by what they are: fields of
// the front matter first, then sections of the report.
var columnNames = map[string]string{
	"id":           "id|incident-id|key|issue-key|incident-key|number|incident-number|incident|ticket|ticket-id|ref|reference|case|uuid|nr|no",
	"title":        "title|name|incident-title|incident-name|subject|headline|short-description|issue|titel|titre|titulo",
	"summary":      "summary|description|details|what-happened|overview|abstract|synopsis|incident-summary|incident-description|zusammenfassung|beschreibung",
	"date":         "date|day|incident-date|date-of-incident|occurred|occurred-on|occurred-at|datum|fecha",
	"started":      "started|start|start-time|started-at|start-date|start-at|began|begin|beginning|opened|impact-start|impact-started-at|outage-start|start-utc|start-time-utc|beginn",
	"detected":     "detected|detected-at|detection-time|time-detected|discovered|discovered-at|acknowledged-at|alerted-at|identified-at",
	"mitigated":    "mitigated|mitigated-at|mitigation-time|restored|restored-at|recovered|recovered-at|service-restored|fixed-at|impact-end",
	"resolved":     "resolved|resolved-at|resolution-time|resolved-on|end|ended|end-time|ended-at|end-date|outage-end|end-utc|end-time-utc|ende",
	"duration":     "duration|length|downtime|time-to-resolve|outage-duration|total-duration|dauer",
	"severity":     "severity|sev|priority|prio|level|incident-severity|severity-level|schwere|schweregrad",
	"services":     "service|services|affected-service|affected-services|component|components|affected-components|system|systems|affected-systems|product|products|application|dienst",
	"technologies": "technology|technologies|tech|stack",
	"teams":        "team|teams|owner-team|owning-team|responsible-team",
	"organization": "organization|organisation|company|org|customer-organization",
	"timezone":     "timezone|time-zone|tz|zone",
	"tags":         "tags|tag|labels|label|category|categories|keywords",
	"url":          "url|link|links-to|postmortem|postmortem-url|postmortem-link|report|report-url|source|permalink",
	"cause":        "cause|root-cause|root-causes|causes|rca|root-cause-analysis|why|ursache",
	"impact":       "impact|customer-impact|user-impact|business-impact|auswirkung",
	"detection":    "detection|how-detected|detection-method|detected-by|how-was-it-detected",
	"resolution":   "resolution|fix|mitigation|remediation|recovery|resolution-notes|how-fixed|workaround",
	"timeline":     "timeline|events|chronology|log|updates",
	"lessons":      "lessons|lessons-learned|lessons-learnt|learnings|what-we-learned",
	"actions":      "actions|action-items|action-item|follow-ups|follow-up|followups|next-steps|corrective-actions|preventive-actions|todo|massnahmen",
}

// csvSections are the headings below which sections are written, in their order.
var csvSections = []struct{ column, heading string }{
	{"summary", "Summary"}, {"impact", "Impact"}, {"timeline", "Timeline"}, {"cause", "Root cause"}, {"detection", "Detection"},
	{"resolution", "Resolution"}, {"lessons", "Lessons learned"}, {"actions", "Action items"},
}

// csvFields are the columns that a front matter has, in its order.
var csvFields = []string{"title", "organization", "services", "technologies", "teams", "severity", "tags", "timezone", "date", "started", "detected", "mitigated", "resolved", "duration"}

// columnFields finds what a column is by the slug of its name.
var columnFields = func() map[string]string {
	fields := map[string]string{}
	for field, names := range columnNames {
		for _, name := range strings.Split(names, "|") {
			fields[name] = field
		}
	}
	return fields
}()

// ColumnFields are what a column of a CSV file can be.
func ColumnFields() []string {
	fields := append([]string{"id", "url"}, csvFields...)
	for _, s := range csvSections {
		fields = append(fields, s.column)
	}
	return fields
}

// separators are tried in this order.
const separators = ",;\t|"

// minKnown is how many columns a file without the name of a CSV file must have that
// are known.
const minKnown = 3

// isCSV reports whether a text is a table: by its name, or by a first line that names
// columns of an incident, with a row of as many cells below.
func isCSV(src Source) bool {
	start := head(src)
	if start == "" || isJSON(start) || strings.HasPrefix(strings.TrimSpace(start), "<") {
		return false
	}
	comma := separatorOf(start)
	rows := csvReader(start, comma)
	header, err := rows.Read()
	if err != nil || len(header) < 2 {
		return false
	}
	switch strings.ToLower(path.Ext(src.Path)) {
	case ".csv", ".tsv":
		return true
	case ".md", ".markdown", ".html", ".htm":
		return false
	}
	first, err := rows.Read()
	known := map[string]bool{}
	for _, cell := range header {
		if field := columnFields[incident.Slug(cell)]; field != "" {
			known[field] = true
		}
	}
	return err == nil && len(first) == len(header) && len(known) >= minKnown && (known["title"] || known["summary"])
}

func csvReader(text string, comma rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

// separatorOf is the separator that parts the first line into the most cells.
func separatorOf(text string) rune {
	best, most := ',', 1
	for _, comma := range separators {
		if header, err := csvReader(text, comma).Read(); err == nil && len(header) > most {
			best, most = comma, len(header)
		}
	}
	return best
}

// sheet is a CSV file with what its columns are.
type sheet struct {
	path     string
	header   []string
	fields   []string // of the header; "" = none of ours
	dayFirst map[int]order
	problems problem.List
}

// readCSV reads an incident of every row.
func readCSV(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	s := sheet{path: src.Path, problems: problems}
	rows, lines := s.rows(whole)
	if len(rows) == 0 {
		return nil, append(s.problems, problem.Problem{Rule: "no-rows", Path: src.Path, Text: "CSV file has no rows", Hint: "export it with its header and its rows"})
	}
	if !s.columns(rows[0], src.Columns) {
		return nil, s.problems
	}
	s.orders(rows[1:])
	var accounts []*account
	for n, row := range rows[1:] {
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			accounts = append(accounts, s.incident(row, lines[n+1]))
		}
	}
	reports, found := reportsOf(src, accounts)
	return reports, append(s.problems, found...)
}

// rows reads all rows with the lines on which they start.
func (s *sheet) rows(text string) (rows [][]string, lines []int) {
	r := csvReader(text, separatorOf(text))
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, lines
		}
		if err != nil {
			line := 0
			if wrong := (*csv.ParseError)(nil); errors.As(err, &wrong) {
				line, err = wrong.StartLine, wrong.Err
			}
			s.report(problem.Error, line, "bad-csv", "row cannot be read: "+err.Error(), "mend its quotes; the other rows are imported")
			if line == 0 {
				return rows, lines
			}
			continue
		}
		line, _ := r.FieldPos(0)
		rows, lines = append(rows, row), append(lines, line)
	}
}

func (s *sheet) report(level problem.Level, line int, rule, text, hint string) {
	s.problems = append(s.problems, problem.Problem{Rule: rule, Level: level, Path: s.path, Line: line, Text: text, Hint: hint})
}

// columns finds what the columns are. Of two that are the same field the first counts;
// the other is text. It is false for a table that tells of no incidents: it has neither
// a title nor a summary.
func (s *sheet) columns(header []string, mapped map[string]string) bool {
	taken := map[string]bool{}
	s.fields = make([]string, len(header))
	for n, name := range header {
		name = oneLine(name)
		s.header = append(s.header, name)
		if field, ok := mapped[name]; ok {
			s.fields[n], taken[field] = field, true
		}
	}
	for n, name := range s.header {
		field := columnFields[incident.Slug(name)]
		if _, ok := mapped[name]; !ok && field != "" && !taken[field] {
			s.fields[n], taken[field] = field, true
		}
	}
	for name, field := range mapped {
		if !slices.Contains(s.header, name) {
			s.report(problem.Error, 1, "unknown-column", fmt.Sprintf("no column is called %q", name), "the columns are "+strings.Join(s.header, ", "))
		} else if field != "" && !slices.Contains(ColumnFields(), field) {
			s.report(problem.Error, 1, "unknown-field", fmt.Sprintf("column %q cannot be %q", name, field), "a column is one of "+strings.Join(ColumnFields(), ", "))
		}
	}
	s.problems.Sort()
	hint := fmt.Sprintf("say which column it is, as in --map %q", s.header[0]+"=title")
	if !taken["title"] && !taken["summary"] {
		s.report(problem.Error, 1, "no-title", "table has no column for title or summary that is known", hint)
		return false
	}
	if !taken["title"] {
		s.report(problem.Warning, 1, "no-title", "no column is the title", hint)
	}
	return true
}

// incident makes an incident of a row.
func (s *sheet) incident(row []string, line int) *account {
	if len(row) != len(s.header) {
		s.report(problem.Warning, line, "ragged-row", fmt.Sprintf("row has %d cells where the header has %d", len(row), len(s.header)),
			"look for a separator or a quote that is missing or too many")
	}
	cells := map[string]string{}
	for n, field := range s.fields {
		if n < len(row) && field != "" {
			cells[field] = strings.TrimSpace(row[n])
		}
	}
	a := &account{id: oneLine(cells["id"]), title: oneLine(cells["title"]), line: line}
	if a.id == "" {
		a.id = digest(row...)
	}
	var kept []string
	for _, field := range csvFields {
		if value := cells[field]; value != "" && !s.set(a, field, value, cells["timezone"]) {
			kept = append(kept, fmt.Sprintf("- **%s:** %s", s.nameOf(field), indent(value)))
		}
	}
	if !webAddress(cells["url"]) && cells["url"] != "" {
		kept = append(kept, fmt.Sprintf("- **%s:** %s", s.nameOf("url"), indent(cells["url"])))
	}
	a.source(cells["url"], "", "")
	for _, section := range csvSections {
		a.section(section.heading, listed(section.column, cells[section.column]))
	}
	s.others(a, row, kept)
	return a
}

// set writes a field of the front matter. It is false for a value that does not fit.
func (s *sheet) set(a *account, field, value, zone string) bool {
	switch field {
	case "services", "technologies", "teams", "tags":
		a.texts(field, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == '|' }))
	case "date", "started", "detected", "mitigated", "resolved":
		return s.time(a, field, value)
	case "duration":
		d, err := incident.ParseDuration(value)
		if err != nil {
			s.report(problem.Warning, a.line, "bad-duration", fmt.Sprintf("%s %q is no length of time", s.nameOf(field), value), "it stays in the text; write it as 36m or 1h50m")
			return false
		}
		a.text(field, d.String())
	case "timezone":
		if _, err := incident.ParseZone(value); err != nil {
			s.report(problem.Warning, a.line, "unknown-timezone", fmt.Sprintf("zone %q is not known", value), "it stays in the text; write a name such as Europe/London or an offset")
			return false
		}
		a.text(field, value)
	default:
		a.text(field, value)
	}
	return true
}

// time writes a clock or the date.
func (s *sheet) time(a *account, field, value string) bool {
	column := slices.Index(s.fields, field)
	t, other, ok := tableTime(value, s.dayFirst[column])
	if !ok {
		hint := "it stays in the text; write it as YYYY-MM-DD HH:MM"
		if other != "" {
			hint = "it stays in the text; say which in the source: " + other
		}
		s.report(problem.Warning, a.line, "bad-time", fmt.Sprintf("%s %q cannot be read for certain", s.nameOf(field), value), hint)
		return false
	}
	parsed, err := incident.ParseTime(t, nil)
	if err != nil {
		s.report(problem.Warning, a.line, "bad-time", fmt.Sprintf("%s %q is no time", s.nameOf(field), value), "it stays in the text; write it as YYYY-MM-DD HH:MM")
		return false
	}
	if a.day.IsZero() {
		a.day = parsed.From
	}
	if field == "date" {
		t = parsed.Date().String()
		if parsed.Clock() && !slices.Contains(s.fields, "started") {
			field, t = "started", parsed.String()
		}
	}
	a.set(field, frontmatter.Time(strings.Replace(t, " ", "T", 1)))
	return true
}

// nameOf is what the file calls a field.
func (s *sheet) nameOf(field string) string {
	if n := slices.Index(s.fields, field); n >= 0 {
		return s.header[n]
	}
	return field
}

// longCell is the length in bytes from which a cell is a section of its own.
const longCell = 200

// others keeps the cells of the columns that are not known, and those beyond the
// header, under their names.
func (s *sheet) others(a *account, row, kept []string) {
	for n, cell := range row {
		name := fmt.Sprintf("Column %d", n+1)
		if n < len(s.header) && s.header[n] != "" {
			name = s.header[n]
		}
		if cell = strings.TrimSpace(cell); cell == "" || n < len(s.fields) && s.fields[n] != "" {
			continue
		}
		if strings.Contains(cell, "\n") || len(cell) > longCell {
			a.section(name, cell)
			continue
		}
		kept = append(kept, fmt.Sprintf("- **%s:** %s", name, cell))
	}
	a.section("Other fields", strings.Join(kept, "\n"))
}

// listed makes a list of actions and of the rows of a timeline that stand in one cell,
// a line or a semicolon apart.
func listed(column, cell string) string {
	if column != "actions" && column != "timeline" && column != "lessons" || cell == "" {
		return cell
	}
	parts := strings.Split(cell, "\n")
	if len(parts) == 1 {
		parts = strings.Split(cell, ";")
	}
	var b strings.Builder
	for _, p := range parts {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		if !blockStart.MatchString(p) {
			p = "- " + p
		}
		b.WriteString(p + "\n")
	}
	return b.String()
}
