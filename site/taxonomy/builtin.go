package taxonomy

import (
	_ "embed"
	"strings"

	"faultline/site/incident"
)

// compact is taxonomy.yaml in the form that a program reads at once: a line is a letter, what it says and, behind
// tabs, what belongs to it. Reading the YAML takes fifty times as long, which every command would pay.
//
//go:generate go test -run TestCompact -update .
//go:embed taxonomy.compact
var compact string

// The letters of the compact form. A line of a dimension or a term opens it.
const (
	dimensionLine  = 'd'
	termLine       = 't' // id
	labelLine      = 'l'
	definitionLine = 'm'
	effectLine     = 'e'
	parentLine     = 'p'
	sourceLine     = 's'
	deprecatedLine = 'o'
	aliasLine      = 'a'
	formerLine     = 'f'
	confusionLine  = 'x' // id, because
	companyLine    = 'g'
	cueLine        = 'c' // weight as a digit and text, kinds of sections
)

// BuiltIn returns the vocabulary that Faultline ships. Each call returns a new one.
func BuiltIn() *incident.Vocabulary {
	v, d, term := &incident.Vocabulary{}, incident.Trigger, incident.Term{}
	for line := range strings.Lines(compact) {
		fields := strings.Split(strings.TrimSuffix(line[1:], "\n"), "\t")
		switch line[0] {
		case dimensionLine, termLine:
			if term.ID != "" {
				v.Set(term)
			}
			if line[0] == dimensionLine {
				d, term = dimensionOf(fields[0]), incident.Term{}
			} else {
				term = incident.Term{Dimension: d, ID: fields[0]}
			}
		default:
			unpack(&term, line[0], fields)
		}
	}
	v.Set(term)
	return v
}

func dimensionOf(key string) incident.Dimension {
	for _, d := range dimensions {
		if d.Key() == key {
			return d
		}
	}
	return incident.Trigger
}

// unpack reads a line into the term that is open.
func unpack(t *incident.Term, letter byte, fields []string) {
	switch letter {
	case labelLine:
		t.Label = fields[0]
	case definitionLine:
		t.Definition = fields[0]
	case effectLine:
		t.Effect = fields[0]
	case parentLine:
		t.Parent = fields[0]
	case sourceLine:
		t.Source = fields[0]
	case deprecatedLine:
		t.Deprecated = fields[0]
	case aliasLine:
		t.Aliases = append(t.Aliases, fields[0])
	case formerLine:
		t.Formerly = append(t.Formerly, fields[0])
	case confusionLine:
		t.ConfusedWith = append(t.ConfusedWith, incident.Confusion{ID: fields[0], Because: fields[1]})
	case companyLine:
		t.GoesWith = append(t.GoesWith, fields[0])
	case cueLine:
		c := incident.Cue{Weight: incident.CueWeight(fields[0][0] - '0'), Text: fields[0][1:]}
		for _, kind := range fields[1:] {
			c.In = append(c.In, incident.SectionKind(kind))
		}
		t.Cues = append(t.Cues, c)
	}
}
