package site

import (
	"slices"

	"faultline/site/incident"
	"faultline/site/parallel"
	"faultline/site/problem"
	"faultline/site/tagger"
)

// Beside what people have said of a dimension, a suggestion has to be this sure to be
// part of the library, and the text gets few of them in: it mostly says the same in
// other terms.
const (
	sureBeside = 0.9
	mostBeside = 1
)

// answers are what the texts of the published incidents suggest, as it was learned from these
// alone, in their order.
func (l *Loader) answers() []*tagger.Suggestions {
	if l.tags == nil {
		l.tags = tagger.New(l.settings.vocabulary, tagger.Options{})
		l.learner = l.tags.Learner()
	}
	library := make([]tagger.Known, len(l.frame.published))
	parallel.Each(len(library), func(n int) {
		inc := l.frame.published[n]
		r := l.reports[inc.Path]
		if r.clues == nil {
			r.clues = l.tags.Clues(r.Incident)
		}
		library[n] = tagger.Known{ID: inc.ID, Incident: inc, Clues: r.clues}
	})
	return l.learner.Suggest(library)
}

func notTagged(inc *incident.Incident, note string) problem.Problem {
	return problem.Problem{Rule: "language-not-tagged", Level: problem.Note, Path: inc.Path, Text: note,
		Hint: "terms are suggested for reports in English; give this one its terms in the front matter"}
}

// suggest adds the suggestions to the incident's terms.
func suggest(inc *incident.Incident, found tagger.Suggestions) {
	inc.Told = &[len(incident.Dimensions)][]incident.Tag{}
	for _, d := range incident.Dimensions {
		given := inc.GivenTags(d)
		tags, beside := slices.Clone(given), 0
		for _, s := range found.Tags[d] {
			tag := suggested(s, s.Primary)
			inc.Told[d] = append(inc.Told[d], tag)
			at := slices.IndexFunc(given, func(t incident.Tag) bool { return t.ID == s.ID })
			switch {
			case at >= 0:
				tags[at].Share, tags[at].Evidence = tag.Share, tag.Evidence
			case len(given) == 0:
				tags = append(tags, tag)
			case s.Confidence >= sureBeside && beside < mostBeside:
				tag.Primary = false
				tags = append(tags, tag)
				beside++
			}
		}
		inc.Terms[d] = tags
	}
}

// told says what the text of an incident suggested when the library was loaded.
func told(inc *incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
	if inc.Told == nil {
		return ids, false
	}
	for d, tags := range inc.Told {
		for _, t := range tags {
			ids[d] = append(ids[d], t.ID)
		}
	}
	return ids, true
}

func suggested(s tagger.Suggestion, primary bool) incident.Tag {
	return incident.Tag{ID: s.ID, Provenance: incident.Suggested, Share: s.Confidence, Primary: primary,
		Effect: s.Effect, Effective: s.Effective, Evidence: evidenceOf(s), Learned: s.Learned}
}

func evidenceOf(s tagger.Suggestion) []incident.Evidence {
	list := make([]incident.Evidence, len(s.Evidence))
	for i, e := range s.Evidence {
		list[i] = incident.Evidence{Text: e.Text, Line: e.Line, Anchor: e.Anchor}
	}
	return list
}
