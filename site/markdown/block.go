package markdown

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Heading   Kind = iota + 1 // Level, Anchor
	Paragraph                 // Spans; a list entry's own text is a Paragraph below it
	List                      // Ordered; Children are Entries
	Entry                     // Check; Children are any blocks
	Quote                     // Children are any blocks
	Code                      // Language; Text is verbatim
	Table                     // Children are Rows; the first is the header
	Row                       // Children are Cells
	Cell                      // Spans
	HTML                      // raw HTML; Text is verbatim
	Footnote                  // a footnote's definition; Children are any blocks
)

// Block is one block of a document.
type Block struct {
	Kind     Kind
	Level    int    // of a heading, 1 to 6
	Anchor   string // of a heading: its id in the HTML
	Line     int    // of the file, 1-based: where the block's own text begins
	Text     string // plain text, "\n" where the source breaks the line; "" for a block with children
	Spans    []Span // the pieces of Text, in order; nil when Text is one piece without style
	Language string // of code, lower case, "" when not given
	Ordered  bool   // of a list
	Check    Box    // of a list entry
	Children []Block
}

// Box is the checkbox of a list entry.
type Box uint8

// The states of a checkbox.
const (
	NoBox Box = iota
	Unchecked
	Checked
)

// Style is a set of inline styles.
type Style uint8

// The inline styles.
const (
	Strong Style = 1 << iota
	Emphasis
	Verbatim // inline code
	Struck   // ~~struck through~~
	Image    // Text is the alternative text
)

// Span is a piece of inline text with one style. Link is its destination as
// written, "" for none.
type Span struct {
	Text  string
	Style Style
	Link  string
	Line  int // of the file
}
