package reading

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
)

// How surely a sentence gives its length of time to the incident as a whole. A surer
// one outvotes the others.
const (
	mayLast = iota // "users saw errors for 40 minutes": where the report opens
	lasts          // "the outage lasted 2 hours": where the report opens
	inAll          // "in total, the incident was resolved in 2 hours": anywhere
)

// lasting is a length of time that a sentence gives the incident.
type lasting struct {
	incident.Duration
	quote string
	sure  int
}

const (
	spanName    = `(?:(?:a\s+total|a\s+period|an\s+estimated(?:\s+(?:time|total|period|duration))?)\s+(?:of\s+)?)?(?P<about>` + roughly + `\s+|~\s*)?(?P<length>\d+\s*[-–]\s*` + lengths + `|` + lengths + `)`
	spanReach   = 80 // bytes before a cue in which the length that belongs to it begins
	unusedName  = `outage|downtime|disruption|interruption|unavailability|unavailable|unusable|inaccessible|unreachable|offline|down`
	troubleName = `outage|downtime|disruption|interruption|unavailability`
	wholeName   = `(?:incident|outage|downtime|disruption|interruption|issue|event)`
	mendedName  = `(?:resolved|restored|fixed|mitigated|recovered|back online|back up|back to normal)`
	harmName    = `(?:unable|unavailable|inaccessible|unreachable|down|offline|affect\w*|impact\w*|degraded|disrupt\w*|fail\w*|errors?|interrupted|lost|broken|slow|delayed|outage|downtime|unresponsive|stopped|without)`
)

// The sentences that state how long the incident lasted. A form is tried only where
// one of its cues stands, from reach bytes before it: to search whole texts for so
// many alternatives would cost more than all the rest of reading.
var spanSentences = []struct {
	cues  []string
	reach int
	sure  int
	form  *regexp.Regexp
}{
	{[]string{"last"}, 0, lasts, regexp.MustCompile(`^(?i)(?:lasted|lasts|lasting)(?:\s+for)?\s+` + spanName)},
	{strings.Split(unusedName, "|"), 0, lasts, regexp.MustCompile(`^(?i)(?:` + unusedName + `)(?:\s+(?:lasting|for|of))\s+` + spanName)},
	{strings.Split(troubleName, "|"), spanReach, lasts, regexp.MustCompile(`(?i)` + spanName + `[\s-]*(?:long\s+|of\s+)?(?:(?:total|full|complete|partial|service|production|site|platform|api)\s+){0,2}(?:` + troubleName + `)$`)},
	{[]string{"outage", "downtime", "disruption", "incident", "interruption"}, spanReach, lasts, regexp.MustCompile(`(?i)(?P<about>` + roughly + `\s+|~\s*)?(?P<length>\b(?:\d+|` + numeral + `)-(?:minute|hour|day))\s+(?:\w+\s+){0,3}(?:outage|downtime|disruption|incident|interruption)$`)},
	{strings.Split(unusedName, "|"), 0, lasts, regexp.MustCompile(`^(?i)(?:` + unusedName + `)\s+(?:for|over)\s+(?P<about>the\s+(?:past|last)\s+)(?P<length>` + lengths + `|week|day|hour)\b`)},
	{[]string{"duration", "length", "downtime"}, 0, lasts, regexp.MustCompile(`^(?i)(?:duration|length|downtime)(?:\s+of\s+(?:the|this)\s+` + wholeName + `)?\s+(?:was|is|of)\s+` + spanName)},
	{[]string{"took"}, 0, lasts, regexp.MustCompile(`^(?i)took\s+` + spanName + `\s+from the start of\b`)},
	{[]string{"period"}, 0, lasts, regexp.MustCompile(`^(?i)period\s+of\s+` + spanName + `\s+(?:where|when|in which|during which|without)\b`)},
	{[]string{"total"}, 0, inAll, regexp.MustCompile(`^(?i)totall?ing\s+` + spanName + `\s+of\s+(?:\w+\s+){0,2}(?:impact|downtime|outages?|disruption)`)},
	{[]string{"total"}, 0, inAll, regexp.MustCompile(`^(?i)total\s+(?:incident\s+|outage\s+|service\s+)?(?:downtime|outage|duration|time|length|impact)(?:\s+(?:duration|time|of\s+impact|of\s+(?:the|this)\s+` + wholeName + `))?(?:\s+(?:was|is|of|to))?:?\s+` + spanName)},
	{[]string{"in total"}, 0, inAll, regexp.MustCompile(`^(?i)in total,?\s+(?:the|this)\s+` + wholeName + `\s+(?:lasted|took|was\s+` + mendedName + `\s+(?:in|within|after))\s+` + spanName)},
	{[]string{"incident", "outage", "issue", "service"}, 0, lasts, regexp.MustCompile(`^(?i)(?:incident|outage|issue|service)s?\s+(?:was|were|is)\s+(?:fully\s+)?` + mendedName + `\s+(?:in|within|after)\s+` + spanName)},
	{[]string{"fully"}, 0, lasts, regexp.MustCompile(`^(?i)fully\s+(?:restored|recovered|resolved|operational|mitigated)\s+(?:in|within|after)\s+` + spanName)},
	{[]string{"for"}, 0, mayLast, regexp.MustCompile(`^(?i)for\s+` + spanName + `(?:\s*[.,;()]|\s+(?:on|from|between|before|until|while|due|because|as|starting|beginning)\b|$)`)},
}

// openingForm is a sentence that begins with how long: "For two hours, …".
var openingForm = regexp.MustCompile(`^(?i)for\s+` + spanName + `,?\s`)

// harmForm is what a sentence must speak of for its "for 40 minutes" to be of the
// incident; idleForm are habits and settings, which last as long.
var (
	harmForm = regexp.MustCompile(`(?i)\b` + harmName + `\b`)
	idleForm = regexp.MustCompile(`(?i)\b(?:every|each|timeouts?|intervals?|retention|retain\w*|cached?|TTL|if|would|could|can|may|might|should|usually|normally|typically|previous\w*|earlier|monitor\w*|wait\w*|will)\b`)
)

// lengthsIn returns the lengths of time that the sentences of a text give the incident.
func lengthsIn(text string) []lasting {
	lower := lowerASCII(text)
	if !namesUnit(lower) {
		return nil
	}
	found := appendLasting(nil, openingForm, text, lasts)
	for start := 0; start < len(text); {
		end := start + sentenceEnd(text[start:], 0)
		if namesUnit(lower[start:end]) {
			found = appendLengths(found, text[start:end], lower[start:end])
		}
		start = end
	}
	return found
}

// appendLengths adds those of one sentence.
func appendLengths(found []lasting, text, lower string) []lasting {
	for _, sentence := range spanSentences {
		for _, cue := range sentence.cues {
			for at := nextWord(lower, cue, 0); at >= 0; at = nextWord(lower, cue, at+1) {
				window := text[at:]
				if sentence.reach > 0 {
					window = text[max(0, at-sentence.reach) : at+len(cue)]
				}
				more := appendLasting(found, sentence.form, window, sentence.sure)
				if len(more) > len(found) && !supposes(text[:at]) && (sentence.sure > mayLast || speaksOfHarm(text, at)) {
					found = more
				}
			}
		}
	}
	return found
}

// namesUnit is the quick answer for most texts, which are in lower case: they name no
// length of time.
func namesUnit(text string) bool {
	for _, unit := range [...]string{"minute", "hour", "day", "week", "second", " min", " hr"} {
		if strings.Contains(text, unit) {
			return true
		}
	}
	for at := 1; at < len(text); at++ {
		if strings.IndexByte("hmdws", text[at]) >= 0 && (text[at-1] >= '0' && text[at-1] <= '9' || text[at-1] == ' ' && at > 1 && text[at-2] >= '0' && text[at-2] <= '9') {
			return true
		}
	}
	return false
}

// speaksOfHarm reports whether a sentence speaks of trouble that was, in front of a byte.
func speaksOfHarm(sentence string, at int) bool {
	harm := harmForm.MatchString(sentence[:at]) || introForm.MatchString(sentence[:at]) && harmForm.MatchString(sentence[at:])
	return harm && !idleForm.MatchString(sentence)
}

// introForm is what may stand in front of a length whose harm is told behind it: "This
// means that for 47 minutes, …".
var introForm = regexp.MustCompile(`(?i)(?:\bthat|\band|\bso|[:,])\s*$`)

var supposedForm = regexp.MustCompile(`(?i)\b(?:would|could|might|typically|normally|usually|previous\w*|earlier)\b[^.,;]{0,20}$|\b(?:providers?|vendors?|upstream|third[- ]part(?:y|ies)|suppliers?|another (?:company|team))\b[^.;]*$|\btheir\s+(?:\w+\s+)?$`)

// supposes reports whether what a text ends with is told of other incidents than this.
func supposes(text string) bool {
	return supposedForm.MatchString(text[max(0, len(text)-2*maxLabelSize):])
}

// maxLasting is the length in bytes of the text that is searched behind a cue.
const maxLasting = 160

func appendLasting(list []lasting, form *regexp.Regexp, text string, sure int) []lasting {
	m := form.FindStringSubmatchIndex(text[:min(len(text), maxLasting)])
	if m == nil {
		return list
	}
	group := func(name string) string {
		i := 2 * form.SubexpIndex(name)
		if m[i] < 0 {
			return ""
		}
		return text[m[i]:m[i+1]]
	}
	if sure == mayLast && strings.HasPrefix(strings.ToLower(group("about")), "up to") {
		return list
	}
	d := sum(group("length"))
	if d == 0 {
		d = amount("a", group("length"))
	}
	least := d
	if between := betweenForm.FindStringSubmatch(group("length")); between != nil {
		least = amount(between[2], between[4])
	}
	return append(list, lasting{stated(min(least, d), d, group("about") != ""), text[m[0]:m[1]], sure})
}

// durationOf returns the length of the incident as stated: by a labelled row, else by
// the title or by sentences. Of sentences the surest decide, an exact one before an
// approximate one.
func (r *reader) durationOf() Found[incident.Duration] {
	if d := pick(r.statements, durationFact, asSpan); d.Known() {
		return d
	}
	told := r.lastings()
	labelled := slices.DeleteFunc(slices.Clone(r.statements), func(s statement) bool { return s.fact != durationFact })
	if len(labelled) > 0 && (len(told) == 0 || told[0].Value.sure < inAll) {
		if len(labelled) > 1 {
			r.disagree(labelled[0].line, labelled[0].value, labelled[1].line, labelled[1].value)
		}
		return Found[incident.Duration]{}
	}
	if len(told) == 0 {
		return Found[incident.Duration]{}
	}
	best := told[0].Value
	for _, l := range told[1:] {
		if other := l.Value; other.sure == best.sure && other.Approximate == best.Approximate && !alike(other.Duration, best.Duration) {
			r.disagree(told[0].Line, best.quote, l.Line, other.quote)
			return Found[incident.Duration]{}
		}
	}
	return Found[incident.Duration]{Value: best.Duration, Line: told[0].Line, Quote: best.quote}
}

// disagree reports two statements of how long it lasted that contradict each other.
func (r *reader) disagree(line int, one string, otherLine int, other string) {
	r.facts.Problems = append(r.facts.Problems, problem.Problem{
		Rule: "durations-disagree", Level: problem.Warning, Line: line,
		Text: fmt.Sprintf("the text states two durations, %q here and %q on line %d", one, other, otherLine),
		Hint: "add duration: with the one that counts",
	})
}

// lastings returns what title and sentences say of the length, the surest first, of
// equally sure ones the exact first.
func (r *reader) lastings() []Found[lasting] {
	var list []Found[lasting]
	add := func(text string, line int, least int) {
		for _, l := range lengthsIn(text) {
			if l.sure >= least {
				list = append(list, Found[lasting]{Value: l, Line: line, Quote: l.quote})
			}
		}
	}
	add(r.title.Value, r.title.Line, lasts)
	if len(list) > 0 {
		return list[:1]
	}
	for _, b := range opening(r.parts) {
		add(oneLine(b.Text), b.Line, mayLast)
	}
	for _, p := range r.parts {
		if !p.posts && !inside(p, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection, incident.LuckySection) {
			r.addTotals(p.blocks, func(b markdown.Block) { add(oneLine(b.Text), b.Line, inAll) })
		}
	}
	slices.SortStableFunc(list, func(a, b Found[lasting]) int {
		if a.Value.sure != b.Value.sure {
			return b.Value.sure - a.Value.sure
		}
		return compareBool(a.Value.Approximate, b.Value.Approximate)
	})
	return list
}

// addTotals calls add for the paragraphs that may sum up.
func (r *reader) addTotals(blocks []markdown.Block, add func(markdown.Block)) {
	for _, b := range blocks {
		if b.Kind == markdown.Paragraph && strings.Contains(lowerASCII(b.Text), "total") {
			add(b)
		}
		if b.Kind != markdown.Quote && b.Kind != markdown.Table {
			r.addTotals(b.Children, add)
		}
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// alike reports whether two lengths are the same as people write them.
func alike(a, b incident.Duration) bool {
	difference := time.Duration(max(a.Most, b.Most) - min(a.Most, b.Most))
	return difference <= max(5*time.Minute, time.Duration(max(a.Most, b.Most))/20)
}
