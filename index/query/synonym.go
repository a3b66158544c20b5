package query

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Synonyms are the words that reports and questions use for the same, in groups. A text
// that has one member of a group answers for all others; in a group with ">" those on its
// left answer for those on its right. A member of several words is found where they follow
// each other, stop words left out, and answers for itself too, as a compound.
type Synonyms struct {
	answers map[string][]string // a member's key -> the keys that it answers for
	members map[string][]string // a key -> the members that answer for it, and it where it is of several words
	longest map[string]int      // first term of members -> terms of the longest
}

//go:embed synonyms.txt
var synonymText string

// BuiltInSynonyms returns those of the field.
var BuiltInSynonyms = sync.OnceValue(func() *Synonyms { return readSynonyms(synonymText) })

// readSynonyms reads a group from each line that is neither empty nor begins with "#".
func readSynonyms(text string) *Synonyms {
	s := &Synonyms{answers: map[string][]string{}, members: map[string][]string{}, longest: map[string]int{}}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			s.add(line)
		}
	}
	return s
}

func (s *Synonyms) add(line string) {
	left, right, oneWay := strings.Cut(line, ">")
	from := memberKeys(left)
	to := from
	if oneWay {
		to = memberKeys(right)
	}
	for _, member := range from {
		for _, other := range to {
			if other != member {
				s.answer(member, other)
			}
		}
	}
	for _, member := range slices.Concat(from, to) {
		if strings.Contains(member, " ") {
			s.answer(member, member)
		}
	}
}

// answer says that a text with a member answers for a key.
func (s *Synonyms) answer(member, key string) {
	first, rest, _ := strings.Cut(member, " ")
	s.longest[first] = max(s.longest[first], len(strings.Fields(rest))+1)
	if !slices.Contains(s.answers[member], key) {
		s.answers[member] = append(s.answers[member], key)
		at := len(s.members[key])
		if member == key {
			at = 0
		}
		s.members[key] = slices.Insert(s.members[key], at, member)
	}
}

func memberKeys(list string) []string {
	var keys []string
	for member := range strings.SplitSeq(list, ",") {
		if terms := Wholes(member); len(terms) > 0 {
			keys = append(keys, Compound(terms))
		}
	}
	return keys
}

// Keys returns what members answer for, sorted.
func (s *Synonyms) Keys() []string { return slices.Sorted(maps.Keys(s.members)) }

// Members returns the keys of what answers for a key, itself first.
func (s *Synonyms) Members(key string) []string { return s.members[key] }

// Compound is the key of terms that follow each other. No term of a text has its space.
func Compound(terms []string) string { return strings.Join(terms, " ") }

// Wholes returns the terms of the words of a text but for stop words.
func Wholes(text string) []string {
	var terms []string
	for _, t := range Tokens(text) {
		if !t.Part && !IsStop(t.Term) {
			terms = append(terms, t.Term)
		}
	}
	return terms
}

// Answers returns what words that follow each other (Wholes) answer for beside
// themselves, once for each place that does: terms, and compounds.
func (s *Synonyms) Answers(terms []string) []string {
	var keys []string
	for i, term := range terms {
		for n := range min(s.longest[term], len(terms)-i) {
			keys = append(keys, s.answers[Compound(terms[i:i+n+1])]...)
		}
	}
	return keys
}
