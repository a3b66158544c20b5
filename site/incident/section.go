package incident

// SectionKind is the part that a section plays in a report, whatever its authors
// called it.
type SectionKind string

// The kinds of sections.
const (
	OtherSection      SectionKind = "other"
	SummarySection    SectionKind = "summary"
	BackgroundSection SectionKind = "background"
	TimelineSection   SectionKind = "timeline"
	SymptomSection    SectionKind = "symptoms"
	TriggerSection    SectionKind = "trigger"
	CauseSection      SectionKind = "cause"
	FactorSection     SectionKind = "factors"
	DetectionSection  SectionKind = "detection"
	ResponseSection   SectionKind = "response"
	ResolutionSection SectionKind = "resolution"
	ImpactSection     SectionKind = "impact"
	WrongTurnSection  SectionKind = "wrong-turns"
	LessonSection     SectionKind = "lessons"
	WellSection       SectionKind = "went-well"
	WrongSection      SectionKind = "went-wrong"
	LuckySection      SectionKind = "lucky"
	ActionSection     SectionKind = "actions"
)

// InTitle is a place of cues: the title. No section is of this kind.
const InTitle SectionKind = "title"

// SectionKinds lists the kinds of sections.
var SectionKinds = [...]SectionKind{
	OtherSection, SummarySection, BackgroundSection, TimelineSection, SymptomSection, TriggerSection, CauseSection,
	FactorSection, DetectionSection, ResponseSection, ResolutionSection, ImpactSection, WrongTurnSection,
	LessonSection, WellSection, WrongSection, LuckySection, ActionSection,
}

// Section is a heading and the text below it up to the next heading, as plain
// text. The text before the first heading is a section without one.
type Section struct {
	Kind     SectionKind `json:"kind"`
	Heading  string      `json:"heading"`
	Level    int         `json:"level"` // 1 to 6; 0 without a heading
	Anchor   string      `json:"anchor"`
	Line     int         `json:"line"` // of the file, 1-based
	Passages []Passage   `json:"passages"`
}

// Passage is one paragraph, list entry, table row or code block as plain text.
type Passage struct {
	Text string `json:"text"`
	Line int    `json:"line"`
	Code bool   `json:"code"`
}

// The ids, on an incident's page, of the parts that its front matter gives. A
// heading of the body cannot have one of them, because of the colon.
const (
	SummaryAnchor   = "fl:summary"
	SymptomAnchor   = "fl:symptoms"
	WrongTurnAnchor = "fl:wrong-turns"
	LessonAnchor    = "fl:lessons"
	TimelineAnchor  = "fl:timeline"
	ActionAnchor    = "fl:actions"
)
