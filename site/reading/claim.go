package reading

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"faultline/site/problem"
	"faultline/site/yaml"
)

//go:embed claims.yaml
var claimsFile []byte

//go:embed technologies.yaml
var technologiesFile []byte

// claim is what a phrase says in a sentence.
type claim uint8

const (
	noClaim claim = iota
	turnClaim
	exceptionClaim
	mistakeClaim
	beliefClaim
	refutationClaim
	backClaim
	harmClaim
	peopleClaim
	countedClaim
	apartClaim
	sparedClaim
	rateClaim
	keptClaim
	lossClaim
	scaleClaim
	hourClaim
	affectedClaim
	componentClaim
	allClaim
	affirmedClaim
	deniedClaim
	learnedClaim
	adviceClaim
	technologyClaim
	firstClaim
	heldClaim
	attemptClaim
	actionClaim
	tryClaim
	trialClaim
	remedyClaim
	vainClaim
	failedClaim
	effortClaim
	pursuitClaim
	insightClaim
)

// claimKeys are the claims by their keys in claims.yaml.
var claimKeys = map[string]claim{
	"turn": turnClaim, "exception": exceptionClaim, "mistake": mistakeClaim, "belief": beliefClaim, "refutation": refutationClaim, "back": backClaim,
	"first": firstClaim, "held": heldClaim, "attempt": attemptClaim, "action": actionClaim, "try": tryClaim, "trial": trialClaim, "remedy": remedyClaim, "vain": vainClaim, "failed": failedClaim, "effort": effortClaim, "pursuit": pursuitClaim, "insight": insightClaim,
	"harm": harmClaim, "people": peopleClaim, "counted": countedClaim, "apart": apartClaim, "spared": sparedClaim, "rate": rateClaim, "kept": keptClaim, "loss": lossClaim, "scale": scaleClaim,
	"hour": hourClaim, "affected": affectedClaim, "component": componentClaim, "all": allClaim, "affirmed": affirmedClaim, "denied": deniedClaim, "learned": learnedClaim, "advice": adviceClaim,
}

// claimSet is a set of claims.
type claimSet uint64

func (r claimSet) has(one claim) bool { return r&(1<<one) != 0 }

// spelling is a sequence of words with what it says.
type spelling struct {
	rest   []string // the words behind the first, in lower case
	exact  string   // as it must be written, "" for in any case
	claims claimSet
	name   string  // of the technology that it names
	common bool    // it is an ordinary word too
	factor float64 // of a scale
}

// asked are the claims that words are asked for one by one; they are no hits.
const asked claimSet = 1<<backClaim | 1<<apartClaim | 1<<sparedClaim | 1<<allClaim | 1<<affirmedClaim | 1<<deniedClaim | 1<<remedyClaim

// spotter holds phrases by their first words. Longer phrases come first.
type spotter struct {
	phrases map[string][]spelling
	begins  [1 << 13]bool       // by beginHash: a phrase may begin so
	asked   map[string]claimSet // the phrases of asked, words joined by spaces
}

// beginHash is the place in begins of words that begin like this one. Most words of a
// text are told there from all that begin phrases.
func beginHash(word []byte) int {
	hash := 0
	for _, c := range word[:min(len(word), 3)] {
		hash = hash*31 + int(c)
	}
	return (hash*7 + min(len(word), 12)) & (1<<13 - 1)
}

// spellings returns the phrases of claims.yaml and technologies.yaml. A test holds the
// files free of faults.
var spellings = sync.OnceValue(func() *spotter {
	s, _ := readClaims(claimsFile, technologiesFile)
	return s
})

// readClaims reads the two tables. What is wrong in them is left out and is a problem.
func readClaims(claims, technologies []byte) (*spotter, problem.List) {
	s := &spotter{phrases: map[string][]spelling{}, asked: map[string]claimSet{}}
	root, problems := yaml.Parse("claims.yaml", claims, 1)
	if root != nil {
		for _, language := range root.Entries {
			problems = append(problems, s.addLanguage(language.Value)...)
		}
	}
	root, more := yaml.Parse("technologies.yaml", technologies, 1)
	if root != nil {
		for _, group := range root.Entries {
			for _, e := range group.Value.Entries {
				s.addTechnology(group.Key, e.Key, e.Value.Text)
			}
		}
	}
	return s, append(problems, more...)
}

func (s *spotter) addLanguage(language *yaml.Node) problem.List {
	var problems problem.List
	for _, e := range language.Entries {
		r, ok := claimKeys[e.Key]
		if !ok {
			problems = append(problems, problem.Problem{Rule: "claims", Path: "claims.yaml", Line: e.Line, Text: "unknown key " + strconv.Quote(e.Key)})
		}
		for text := range namesIn(e.Value) {
			name, factor, _ := strings.Cut(text, "=")
			n, _ := strconv.ParseFloat(factor, 64)
			set := claimSet(1) << r
			if r == peopleClaim {
				set |= 1 << countedClaim
			}
			s.add(name, spelling{claims: set, factor: n})
		}
	}
	return problems
}

// addTechnology adds the spellings of one name. Those of groups other than names must
// be written as they stand where they have capitals.
func (s *spotter) addTechnology(group, name, spellings string) {
	all := strings.Split(spellings, ";")
	if group != "spoken" {
		all = append(all, name)
	}
	for _, written := range all {
		written = strings.TrimSpace(written)
		p := spelling{claims: 1 << technologyClaim, name: name}
		if group != "names" && written != strings.ToLower(written) {
			p.exact, p.common = written, true
		}
		s.add(written, p)
	}
}

// add files a phrase under its first word. One that is there already, and in any
// case, takes the further role.
func (s *spotter) add(text string, p spelling) {
	all := wordsOf(text)
	if len(all) == 0 {
		return
	}
	if p.claims&asked != 0 {
		s.asked[strings.Join(all, " ")] |= p.claims
		return
	}
	p.rest = all[1:]
	s.begins[beginHash([]byte(all[0]))] = true
	list := s.phrases[all[0]]
	for i, had := range list {
		if p.exact == "" && had.exact == "" && strings.Join(had.rest, " ") == strings.Join(p.rest, " ") {
			list[i].claims |= p.claims
			list[i].factor = max(had.factor, p.factor)
			if had.name == "" {
				list[i].name = p.name
			}
			return
		}
	}
	at := 0
	for at < len(list) && (len(list[at].rest) > len(p.rest) || len(list[at].rest) == len(p.rest) && list[at].exact != "") {
		at++
	}
	s.phrases[all[0]] = append(list[:at:at], append([]spelling{p}, list[at:]...)...)
}

// wordsOf returns the words of a text as phrases hold them.
func wordsOf(text string) []string {
	var all []string
	for i := 0; i < len(text); {
		end := wordEnd(text, i)
		if end == i {
			i++
			continue
		}
		all = append(all, string(appendWord(nil, text[i:end])))
		i = end
	}
	return all
}
