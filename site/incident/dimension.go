package incident

// Dimension is one of the six questions every incident is asked. Gap, the
// seventh list of terms, qualifies detection and has no pages of its own.
type Dimension uint8

// The dimensions, in the order in which an incident unfolds.
const (
	Trigger Dimension = iota
	Cause
	Factor
	Detection
	Mitigation
	Impact
	Gap
	dimensionCount
)

// Dimensions lists the six dimensions that have pages, in order.
var Dimensions = [...]Dimension{Trigger, Cause, Factor, Detection, Mitigation, Impact}

// dimensionNames is the design's one table of names.
var dimensionNames = [dimensionCount]struct{ key, field, folder, label, plural string }{
	Trigger:    {"trigger", "trigger", "triggers", "Trigger", "Triggers"},
	Cause:      {"causes", "cause", "causes", "Cause", "Causes"},
	Factor:     {"factors", "factor", "factors", "Contributing factor", "Contributing factors"},
	Detection:  {"detection", "detection", "detections", "Detection", "Detections"},
	Mitigation: {"mitigation", "mitigation", "mitigations", "Mitigation", "Mitigations"},
	Impact:     {"impact", "impact", "impacts", "Impact", "Impacts"},
	Gap:        {"detection_gap", "gap", "", "Detection gap", "Detection gaps"},
}

// Key is the dimension's name in front matter and JSON: "causes".
func (d Dimension) Key() string { return dimensionNames[d].key }

// Field is the dimension's name in queries: "cause".
func (d Dimension) Field() string { return dimensionNames[d].field }

// Folder is the first part of the URLs of the dimension's pages: "causes". It is
// empty for Gap.
func (d Dimension) Folder() string { return dimensionNames[d].folder }

// Label is the dimension's name for people, in the singular: "Contributing factor".
func (d Dimension) Label() string { return dimensionNames[d].label }

// Plural is the dimension's name for people, in the plural.
func (d Dimension) Plural() string { return dimensionNames[d].plural }

// String is the query field, which is also the dimension's class in the theme.
func (d Dimension) String() string { return dimensionNames[d].field }
