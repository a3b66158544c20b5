package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"faultline/index/web"
	"faultline/site/incident"
)

// How long what a hit says in a line may be, in characters: a longer text is left out
// where its first words would mislead, else cut behind a word.
const lineWidth = 160

// facts returns what a hit shows of the incident beside its passages.
func (s *source) facts() web.Facts {
	f := web.Facts{
		Organization: clean(deref(s.Organization)), Services: cleaned(s.Services), Severity: clean(deref(s.Severity)),
		Lasted: s.Duration.String(), Names: cleaned(slices.Concat(s.Technologies, s.Teams, s.Labels)), Tags: s.tagNames(),
	}
	if tag, ok := s.remedy(); ok {
		term, known := lookup(s.vocabulary, incident.Mitigation, tag.ID)
		if f.Remedy, f.Source = tag.ID, string(tag.Provenance); known {
			f.Remedy = clean(term.Label)
		}
	}
	f.Restored = s.restored()
	if len(s.WrongTurns) > 0 {
		f.Wrong, f.WrongAnchor = short(clean(s.WrongTurns[0].Text)), s.WrongTurns[0].Anchor
		if s.WrongTurns[0].Basis == incident.FrontMatter {
			f.WrongAnchor = incident.WrongTurnAnchor
		}
	}
	return f
}

func cleaned(texts []string) []string {
	var list []string
	for _, t := range texts {
		if t = clean(t); t != "" {
			list = append(list, t)
		}
	}
	return list
}

// tagNames returns the incident's terms as the pieces name them: field and id, with "~"
// before those that the text alone suggests.
func (s *source) tagNames() []string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, tag := range s.Terms[d] {
			name := d.Field() + ":" + clean(tag.ID)
			if tag.Provenance == incident.Suggested {
				name = "~" + name
			}
			list = append(list, name)
		}
	}
	if s.DetectionGap != nil {
		list = append(list, incident.Gap.Field()+":"+clean(*s.DetectionGap))
	}
	return list
}

// effects orders mitigations: those that worked, those of which nobody says so, those
// that worked in part.
var effects = []string{"yes", "", "partly"}

// remedy is the mitigation that restored service: of those that people named, else of
// the suggested ones, the most effective.
func (s *source) remedy() (incident.Tag, bool) {
	for _, tags := range [][]incident.Tag{s.GivenTags(incident.Mitigation), s.SuggestedTags(incident.Mitigation)} {
		for _, effect := range effects {
			at := slices.IndexFunc(tags, func(t incident.Tag) bool { return deref(t.Effective) == effect })
			if at >= 0 {
				return tags[at], true
			}
		}
	}
	return incident.Tag{}, false
}

// restored is what the report says of the moment when service was restored: the
// timeline's row of that clock, else the first passage on the resolution. It is "" where
// neither fits into a line.
func (s *source) restored() string {
	for _, row := range s.Timeline {
		if s.Mitigated.Clock() && row.At.From.Equal(s.Mitigated.From) && row.At.Zoned == s.Mitigated.Zoned {
			if text := clean(row.Text); fits(text) {
				return text
			}
		}
	}
	for _, section := range s.Sections {
		if section.Kind != incident.ResolutionSection || len(section.Passages) == 0 {
			continue
		}
		if first := section.Passages[0]; !first.Code && fits(clean(first.Text)) {
			return clean(first.Text)
		}
	}
	return ""
}

func fits(text string) bool { return utf8.RuneCountInString(text) <= lineWidth }

// short is the text, or as many of its words as fit into a line.
func short(text string) string {
	if fits(text) {
		return text
	}
	head := string([]rune(text)[:lineWidth])
	if at := strings.LastIndexByte(head, ' '); at > 0 {
		head = head[:at]
	}
	return strings.TrimRight(head, " ,;:.–-") + ellipsis
}

// show puts the facts into the hit.
func (h *Hit) show(f web.Facts) {
	h.Organization, h.Severity, h.Lasted = known(f.Organization), known(f.Severity), known(f.Lasted)
	h.Services = f.Services
	if f.Remedy != "" || f.Restored != "" {
		h.Restored = &Restored{Mitigation: known(f.Remedy), Source: known(f.Source), Text: known(f.Restored)}
	}
	if f.Wrong != "" {
		h.WrongTurn = &WrongTurn{Text: f.Wrong, Anchor: f.WrongAnchor}
	}
}

// known is the text, nil where there is none.
func known(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
