package pattern

import (
	"fmt"
	"strconv"

	"faultline/site/pattern/stat"
)

// Least is the number of incidents below which nothing is called a pattern.
const Least = 3

// doubtful is the adjusted probability up to which a finding is claimed: of a hundred claims
// five are wrong on average.
const doubtful = 0.05

// Verdict says what can be said of things that were seen together.
type Verdict uint8

// The verdicts.
const (
	TooFew    Verdict = iota // fewer than Least incidents have them together
	ByName                   // one is the other by definition: the same name in two facets, or a wider one
	ByMeaning                // the vocabulary says that one goes with the other
	Chance                   // no more than chance gives
	Repeated                 // more than chance, but not where the same trouble again counts once
	Perhaps                  // more than chance gives, were it the only one that was looked at
	ByWording                // more than chance, but in fewer than Least incidents two sentences tell of the two
	OwnHabit                 // more than chance, but not among the incidents of the one organization that all are from
	More                     // more than chance, all considered that was tried
	LessOften                // less than chance, likewise
)

// Notable reports whether the verdict claims something.
func (v Verdict) Notable() bool { return v == More || v == LessOften }

// String is the verdict's name in JSON and as a class of the theme.
func (v Verdict) String() string {
	return [...]string{"too-few", "by-name", "by-meaning", "chance", "repeated", "perhaps", "by-wording", "own-habit", "more", "less"}[v]
}

// judge finds the verdict of a count that is to be more than expected, with its probability
// and the adjusted one.
func judge(table stat.Table, p, q float64) Verdict {
	switch {
	case table.Both < Least:
		return TooFew
	case q <= doubtful:
		return More
	case p <= doubtful:
		return Perhaps
	default:
		return Chance
	}
}

// surplus is the probability of so many together or more by chance. Where there are no more
// than expected it is not looked for but taken to be 1.
func surplus(table stat.Table) float64 {
	if float64(table.Both) <= table.Expected() {
		return 1
	}
	return table.Greater()
}

// words says a verdict in plain words: "seen together 3 times, 2.6 expected: no more than
// chance".
func words(v Verdict, table stat.Table) string {
	seen := seen(table) + ": "
	switch v {
	case TooFew:
		return fmt.Sprintf("seen together %s: too few to say", times(table.Both))
	case ByName:
		return fmt.Sprintf("seen together %s: one is the other by definition", times(table.Both))
	case ByMeaning:
		return fmt.Sprintf("seen together %s: one goes with the other by what they mean", times(table.Both))
	case Chance:
		return seen + "no more than chance"
	case Repeated:
		return seen + "more than chance, but some are the same trouble again, and without these it is not"
	case Perhaps:
		return seen + "may be chance, as so many were tried that some must look like this"
	case ByWording:
		return seen + "more than chance, but one sentence tells of both"
	case OwnHabit:
		return seen + "more than chance, but all are from one organization"
	case LessOften:
		return seen + "less than chance"
	default:
		i := table.Interval()
		return seen + fmt.Sprintf("%s times as often as by chance (%s to %s)", decimal(table.Lift()), decimal(i.Low), decimal(i.High))
	}
}

// seen is the beginning of most verdicts: "seen together 3 times, 2.6 expected".
func seen(table stat.Table) string {
	return fmt.Sprintf("seen together %s, %s expected", times(table.Both), decimal(table.Expected()))
}

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return strconv.Itoa(n) + " times"
}

// decimal writes a number with as many digits as tell something: "0.04", "2.6", "31".
func decimal(x float64) string {
	switch {
	case x > 0 && x < .001:
		return "under 0.001"
	case x < .095:
		return strconv.FormatFloat(x, 'g', 1, 64)
	case x < 9.95:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 0, 64)
}
