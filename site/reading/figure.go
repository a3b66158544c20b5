package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// figures collects the numbers that tell how far the harm went.
type figures struct {
	list []incident.Figure
}

// maxBetween is the number of words that may stand between a number and what it
// counts: 2,300 of our largest customers.
const maxBetween = 4

// read takes the figures of a leaf: a count or a share of what the words count, where
// the sentence speaks of harm or stands in a section on the impact; money lost; data lost by the hour.
func (f *figures) read(l *leaf) {
	counted := l.claims.has(countedClaim) || l.claims.has(rateClaim) || l.claims.has(lossClaim) || l.claims.has(keptClaim)
	if !counted || l.block.Kind == markdown.Heading || strings.IndexAny(l.block.Text, "0123456789") < 0 {
		return
	}
	if inside(l.part, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.LuckySection, incident.BackgroundSection, incident.WrongTurnSection) {
		return
	}
	for _, c := range l.clauses() {
		if c.claims.has(harmClaim) || c.claims.has(lossClaim) || l.told(incident.ImpactSection) {
			f.clause(l, c)
		}
	}
}

func (f *figures) clause(l *leaf, c clause) {
	text := l.block.Text[:c.end]
	for at := c.start; at < c.end; {
		if strings.IndexByte(extentBegins, text[at]) < 0 {
			at++
			continue
		}
		q, ok := extentAt(text, at)
		if !ok {
			at = max(q.end, at+1)
			continue
		}
		at = q.end
		unit, end := l.unit(c, &q)
		if unit == "" || l.spared(q) {
			continue
		}
		at = max(at, end)
		f.add(incident.Figure{Text: l.quote(q.start, at), Number: q.number, Unit: unit, Line: l.line(q.start), Quote: l.quote(c.start, c.end)})
	}
}

// add takes a figure that is not known yet: reports tell theirs more than once.
func (f *figures) add(figure incident.Figure) {
	if !slices.ContainsFunc(f.list, func(had incident.Figure) bool { return had.Number == figure.Number && had.Unit == figure.Unit }) {
		f.list = append(f.list, figure)
	}
}

// spared reports whether the word in front of a number says that it tells of no harm.
func (l *leaf) spared(q extent) bool {
	before := strings.TrimRight(l.block.Text[:q.start], " ~\n")
	return claimsAll(before[strings.LastIndexAny(before, " \n")+1:], sparedClaim)
}

// extent is a number at text[start:end].
type extent struct {
	number     float64
	start, end int
	sign       string // "%", or the sign of a currency
}

// currencies are signs and codes of money.
var currencies = []string{"$", "€", "£", "¥", "₹", "USD", "EUR", "GBP", "US$"}

// extentBegins are the bytes that numbers with or without a currency begin with.
const extentBegins = "0123456789$UEG\xe2\xc2"

// extentAt reads the number at text[at:] with its currency, its factor and its percent
// sign. It is not ok for figures that are a part of something else; end is behind them.
func extentAt(text string, at int) (extent, bool) {
	q := extent{start: at, end: at}
	for _, sign := range currencies {
		if strings.HasPrefix(text[at:], sign) {
			q.sign = sign
			at += len(sign)
			if strings.HasPrefix(text[at:], " ") {
				at++
			}
			break
		}
	}
	if at == len(text) || text[at] < '0' || text[at] > '9' {
		return q, false
	}
	end := at
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || strings.IndexByte(",.", text[end]) >= 0 && end+1 < len(text) && text[end+1] >= '0' && text[end+1] <= '9') {
		end++
	}
	q.end = end
	number, ok := numberOf(text[at:end])
	if !ok || !freeBefore(text, q.start) {
		return q, false
	}
	q.number = number
	q.scale(text)
	return q, freeBehind(text, q.end)
}

// numberOf reads 2,300 and 1.5 and 1.234.567; a lone comma is of thousands where three
// figures follow.
func numberOf(figures string) (float64, bool) {
	commas, dots := strings.Count(figures, ","), strings.Count(figures, ".")
	tail := len(figures) - 1 - strings.LastIndexAny(figures, ",.")
	switch {
	case dots > 1 && commas == 0 && tail == 3:
		figures = strings.ReplaceAll(figures, ".", "")
	case dots > 1:
		return 0, false
	case commas == 1 && dots == 0 && tail != 3:
		figures = strings.Replace(figures, ",", ".", 1)
	default:
		figures = strings.ReplaceAll(figures, ",", "")
	}
	n, err := strconv.ParseFloat(figures, 64)
	return n, err == nil
}

// scale takes the factor and the percent sign behind the number.
func (q *extent) scale(text string) {
	from := q.end
	if strings.HasPrefix(text[from:], " ") {
		from++
	}
	if rest := text[from:]; q.sign == "" && strings.HasPrefix(rest, "%") {
		q.sign, q.end = "%", from+1
		return
	}
	end := wordEnd(text, from)
	word := string(appendWord(nil, text[from:end]))
	if q.sign == "" && (word == "percent" || word == "per") && end > from {
		if word == "per" && !strings.HasPrefix(text[end:], " cent") {
			return
		}
		if word == "per" {
			end += len(" cent")
		}
		q.sign, q.end = "%", end
		return
	}
	for _, p := range spellings().phrases[word] {
		lone := end-from == 1
		if p.claims.has(scaleClaim) && len(p.rest) == 0 && (!lone || from == q.end && (q.sign != "" || text[from] != 'm')) {
			q.number *= p.factor
			q.end = end
		}
	}
}

// freeBefore reports whether what stands before figures does not belong to them, as
// in v1, #12, 10:15, 2020-01-02 and 1/2.
func freeBefore(text string, start int) bool {
	if start == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(text[:start])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("#:/_.,$-–=@+", r)
}

// freeBehind reports whether what stands behind figures does not belong to them.
func freeBehind(text string, end int) bool {
	if end == len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	if r == '-' || r == ':' || r == '/' || r == '.' || r == '_' {
		next, _ := utf8.DecodeRuneInString(text[end+1:])
		return r == '.' && !unicode.IsDigit(next) && !unicode.IsLetter(next)
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '–'
}

// unit returns, in small letters, what the extent counts and where the words for that
// end; "" for what is no impact. Where they stand before the number, it begins with them.
func (l *leaf) unit(c clause, q *extent) (string, int) {
	next := l.following(c, q.end)
	switch {
	case q.sign == "%":
		if h := firstWith(next, countedClaim, rateClaim); h != nil {
			return "% " + l.share(*q, h), h.end
		}
		if h := l.rateBefore(c, *q); h != nil {
			q.start = h.start
			return "% " + l.name(h.start, h.end), q.end
		}
		return "", 0
	case q.sign != "":
		if c.claims.has(lossClaim) {
			return q.sign, q.end
		}
		return "", 0
	}
	if whole, ok := l.whole(*q); ok {
		if unit, end := l.unit(c, &whole); unit != "" {
			return "of " + l.name(whole.start, end), end
		}
		return "", 0
	}
	if len(next) > 0 && next[0].claims.has(hourClaim) {
		kept := firstWith(next, keptClaim)
		if kept == nil || !c.claims.has(harmClaim) || !strings.Contains(l.block.Text[next[0].end:kept.start], "of") {
			return "", 0
		}
		return l.name(next[0].start, kept.end), kept.end
	}
	h := firstWith(next, countedClaim)
	if h == nil || coded(q.number, h, q.end) || strings.HasPrefix(l.block.Text[h.end:], " per ") {
		return "", 0
	}
	return l.name(h.start, h.end), h.end
}

// whole is the number that another is a part of: 8 of 10 services.
func (l *leaf) whole(q extent) (extent, bool) {
	rest, of := strings.CutPrefix(l.block.Text[q.end:], " of ")
	if !of {
		if rest, of = strings.CutPrefix(l.block.Text[q.end:], " out of "); !of {
			return extent{}, false
		}
	}
	return extentAt(l.block.Text, len(l.block.Text)-len(rest))
}

// name is the leaf's words as a unit.
func (l *leaf) name(start, end int) string { return strings.ToLower(l.quote(start, end)) }

// share names what a percentage is of.
func (l *leaf) share(q extent, h *hit) string {
	between := strings.Fields(l.block.Text[q.end:h.start])
	name := l.name(h.start, h.end)
	if slices.Contains(between, "of") {
		return "of " + name
	}
	return name
}

// following are the phrases that begin within reach behind a number, up to the next
// number, mark or word that leads on to something else.
func (l *leaf) following(c clause, end int) []hit {
	limit, count := end, 0
	text := l.block.Text[:c.end]
	for limit < len(text) && count <= maxBetween {
		next := wordEnd(text, limit)
		if next == limit && text[limit] != ' ' && text[limit] != '\n' && text[limit] != '-' && text[limit] != '/' || next > limit && text[limit] >= '0' && text[limit] <= '9' {
			break
		}
		if next > limit {
			if claimsAll(text[limit:next], apartClaim) {
				break
			}
			count++
		}
		limit = max(next, limit+1)
	}
	var list []hit
	for _, h := range c.hits {
		switch {
		case h.start < end || h.end > limit:
		case len(list) > 0 && list[len(list)-1].claims.has(countedClaim) && h.claims.has(countedClaim) && h.start <= list[len(list)-1].end+1:
			list[len(list)-1] = hit{spelling: h.spelling, start: list[len(list)-1].start, end: h.end}
		default:
			list = append(list, h)
		}
	}
	return list
}

func firstWith(hits []hit, claims ...claim) *hit {
	for i := range hits {
		for _, one := range claims {
			if hits[i].claims.has(one) {
				return &hits[i]
			}
		}
	}
	return nil
}

// maxRate is the number of bytes between a rate and its percentage: error rate
// peaked at 63 %.
const maxRate = 40

// rateBefore is the rate that a percentage is given for behind it.
func (l *leaf) rateBefore(c clause, q extent) *hit {
	for i := len(c.hits) - 1; i >= 0; i-- {
		h := &c.hits[i]
		if h.claims.has(rateClaim) && h.end <= q.start && q.start-h.end <= maxRate && strings.IndexAny(l.block.Text[h.end:q.start], "0123456789") < 0 {
			return h
		}
	}
	return nil
}

// coded reports whether a number may be an HTTP status or a year: one that what it
// counts does not follow at once, and any status of requests.
func coded(n float64, counted *hit, end int) bool {
	status := n >= 400 && n < 600 && n == float64(int(n))
	year := n >= 1900 && n < 2100 && n == float64(int(n))
	return (status || year) && counted.start > end+1 || status && !counted.claims.has(peopleClaim)
}
