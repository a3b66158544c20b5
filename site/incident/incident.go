// Package incident holds the domain types: what a postmortem says, once it has
// been read. It does no reading itself; everything that a page, a pattern, the
// search index or an export shows is computed from these values alone.
//
// JSON keys are those of the front matter (content/FORMAT.md). Unknown is null or
// an empty list, never a zero that could be mistaken for a fact.
package incident

import (
	"encoding/json"
	"slices"
	"strings"
)

// Incident is one postmortem.
type Incident struct {
	Path    string   `json:"path"` // relative to the library's root, with slashes
	ID      string   `json:"id"`
	URL     string   `json:"url"` // relative to the site's root: "incidents/ID/"
	Aliases []string `json:"aliases"`
	Format  string   `json:"format"` // how the file is written: "YAML, cState", "Markdown alone"

	Title    string  `json:"title"`
	Summary  *string `json:"summary"`
	Status   Status  `json:"status"`
	Audience *string `json:"audience"`
	Language *string `json:"language"` // BCP 47 tag, such as "de"

	Organization *string  `json:"organization"`
	Services     []string `json:"services"`
	Technologies []string `json:"technologies"`
	Teams        []string `json:"teams"`
	Severity     *string  `json:"severity"`
	Labels       []string `json:"tags"` // the authors' free words, outside the vocabulary

	Date      Time     `json:"date"`     // day of the first known clock, else as written
	Timezone  *string  `json:"timezone"` // as written; "unknown" = the source does not say
	Started   Time     `json:"started"`
	Detected  Time     `json:"detected"`
	Mitigated Time     `json:"mitigated"`
	Resolved  Time     `json:"resolved"`
	Duration  Duration `json:"duration"` // as stated, else started to resolved

	Terms        [len(Dimensions)][]Tag `json:"-"` // by dimension, what people gave first, then suggestions; exported under the dimensions' keys
	DetectionGap *string                `json:"detection_gap"`

	Symptoms   []Note      `json:"symptoms"`
	WrongTurns []WrongTurn `json:"wrong_turns"`
	Lessons    []Lesson    `json:"lessons"`
	Timeline   []Row       `json:"timeline"`
	Actions    []Action    `json:"actions"`
	Figures    []Figure    `json:"impact_figures"`

	Related            Related   `json:"related"`
	WouldHavePrevented []string  `json:"would_have_prevented"` // ids of actions
	Not                []string  `json:"not"`                  // suggestions that the author rejected
	Source             Source    `json:"source"`
	Imported           *Imported `json:"imported"`
	Extra              []Extra   `json:"extra"`

	Front    string    `json:"-"`    // what stands in front of Body, from the file's first line on: the front matter with its fences
	Body     string    `json:"body"` // Markdown as written, without the front matter
	BodyLine int       `json:"-"`    // line of the file on which Body starts, 1-based
	Sections []Section `json:"sections"`
	Links    []Link    `json:"-"`
	Facts    []Fact    `json:"-"` // where the text states what stands in the fields above

	Citations []Citation `json:"-"` // where the front matter names other incidents and their actions

	// Told are all terms that the text suggests, those that people gave and those too
	// doubtful to stand beside them included; nil where nobody asked the text, or could not.
	Told *[len(Dimensions)][]Tag `json:"-"`
}

// Fact is the place of the text that states a field. Facts of the front matter have
// none: they are the authors' own.
type Fact struct {
	Field string // key of the front matter, such as "started"
	Line  int    // of the file, 1-based
	Quote string // the words that state it, as they stand there
}

// MarshalJSON writes the incident with its terms under the dimensions' keys.
func (i *Incident) MarshalJSON() ([]byte, error) {
	type plain Incident
	return json.Marshal(struct {
		*plain
		Trigger    []Tag `json:"trigger"`
		Causes     []Tag `json:"causes"`
		Factors    []Tag `json:"factors"`
		Detection  []Tag `json:"detection"`
		Mitigation []Tag `json:"mitigation"`
		Impact     []Tag `json:"impact"`
	}{
		(*plain)(i),
		list(i.Terms[Trigger]), list(i.Terms[Cause]), list(i.Terms[Factor]),
		list(i.Terms[Detection]), list(i.Terms[Mitigation]), list(i.Terms[Impact]),
	})
}

// list gives an absent list its JSON form, [] and not null.
func list(tags []Tag) []Tag {
	if tags == nil {
		return []Tag{}
	}
	return tags
}

// minLead is the length in bytes from which a paragraph tells of the incident; shorter ones
// are labels and greetings.
const minLead = 40

// HasTimeline reports whether its authors wrote a timeline: a row that is more than a
// sentence of the text.
func (i *Incident) HasTimeline() bool {
	return slices.ContainsFunc(i.Timeline, func(r Row) bool { return r.Basis != Prose })
}

// Lead says in a paragraph what happened: the summary, else the first paragraph of
// the report that tells something, "" where there is none.
func (i *Incident) Lead() string {
	if i.Summary != nil {
		return *i.Summary
	}
	for _, s := range i.Sections {
		for _, p := range s.Passages {
			if !p.Code && len(p.Text) >= minLead && strings.ContainsAny(p.Text, ".!?。！？") {
				return p.Text
			}
		}
	}
	return ""
}

// Status says whether an incident is part of the published library.
type Status string

// The two statuses. A draft is left out of a build unless it is asked for.
const (
	Draft     Status = "draft"
	Published Status = "published"
)

// Basis says where a fact was read.
type Basis string

// The bases of a fact.
const (
	FrontMatter Basis = "front-matter"
	Explicit    Basis = "explicit" // a row, bullet or heading of the text made for it
	Prose       Basis = "prose"    // a sentence of the text
)

// Note is one short statement, such as a symptom. Line is the line of
// the file; Anchor is the id of the heading it stands under, "" for none.
type Note struct {
	Text   string `json:"text"`
	Line   int    `json:"line"`
	Anchor string `json:"anchor"`
	Basis  Basis  `json:"basis"`
}

// WrongTurn is what was believed or tried and proved wrong. Cost is how long it held up
// those who responded, as far as the report states it.
type WrongTurn struct {
	Note
	Cost Duration `json:"cost"`
}

// NotesOf returns what the wrong turns say, without their cost.
func NotesOf(turns []WrongTurn) []Note {
	notes := make([]Note, len(turns))
	for i, t := range turns {
		notes[i] = t.Note
	}
	return notes
}

// Lesson is what was learned. Kind is well, wrong, lucky or "" where the author
// does not say.
type Lesson struct {
	Note
	Kind string `json:"kind"`
}

// LessonKinds are the legal kinds of a lesson.
var LessonKinds = []string{"well", "wrong", "lucky"}

// Row is one entry of a timeline. At is zero where only Offset, the time since the
// incident started, is known, or where the author wrote words (Label) alone.
type Row struct {
	At     Time    `json:"at"`
	Offset *Span   `json:"offset"`
	Label  string  `json:"label"` // the time as written
	Text   string  `json:"text"`
	Actor  *string `json:"actor"`
	Line   int     `json:"line"`
	Anchor string  `json:"anchor"`
	Basis  Basis   `json:"basis"`

	Links []string `json:"links,omitempty"` // of its text, as written
}

// Action is something promised. ID is unique in its incident.
type Action struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Kind   *string `json:"kind"` // prevent, detect, mitigate, process, … as the author groups them
	Owner  *string `json:"owner"`
	Status *string `json:"status"` // one of ActionStatuses
	Due    Time    `json:"due"`
	Link   *string `json:"link"`
	Line   int     `json:"line"`
	Basis  Basis   `json:"basis"`
}

// Figure is a number of the text that tells how far the impact went: 2,300 requests, 37 %
// of users, $12,000. It is read from the text alone.
type Figure struct {
	Text   string  `json:"text"` // the number and what it counts, as they stand
	Number float64 `json:"number"`
	Unit   string  `json:"unit"` // "requests", "% of users", "$", "hours of data"
	Line   int     `json:"line"`
	Quote  string  `json:"quote"` // the sentence
}

// ActionStatuses are the legal states of an action.
var ActionStatuses = []string{"open", "in-progress", "done", "dropped"}

// Related names other incidents by id.
type Related struct {
	RepeatOf  []string    `json:"repeat_of"`
	CausedBy  []string    `json:"caused_by"`
	SeeAlso   []string    `json:"see_also"`
	NotSameAs []Different `json:"not_same_as"`
}

// Different records that two incidents that look alike are not the same.
type Different struct {
	ID      string `json:"id"`
	Because string `json:"because"`
}

// Source says where the report was published, and on which day.
type Source struct {
	URL       *string `json:"url"`
	Publisher *string `json:"publisher"`
	Published Time    `json:"published"`
	Licence   *string `json:"licence"`
	Archived  *string `json:"archived"`
}

// Imported says what was read from a source by a machine and not yet edited by a
// person. SHA256 is of the source's bytes, in hex.
type Imported struct {
	Source string   `json:"source"`
	SHA256 string   `json:"sha256"`
	Fields []string `json:"fields"`
}

// Extra is a front-matter key that Faultline does not know, kept as it is.
type Extra struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
	Aside bool            `json:"-"` // another tool's key, which says nothing of the incident
}

// Link is a link or an image of the body. Target is filled in once the whole
// library is known.
type Link struct {
	Destination string // as written
	Image       bool
	Line        int
	Target      Target
}

// Target is what a link inside the library leads to: a page or an asset, or nothing for
// a link that leaves the library or leads nowhere.
type Target struct {
	Page   string // URL of an incident, relative to the site's root
	Anchor string // id of a heading of the incident, without "#"
	Asset  *Asset
}
