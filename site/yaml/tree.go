// Package yaml is the only door to the YAML reader. It turns text into a tree
// that knows its places: every node carries the line and column of the file it
// was written in, so that a fault found long after parsing still points at the
// author's word.
//
// The reader is strict about structure and lenient about meaning: scalars keep
// the text as written beside the type that YAML gives them, so a date, a version
// number or a leading zero is never changed by being read.
//
// No input makes the package panic, and none makes it slow: size, depth and the
// number of nodes that aliases may stand for are capped.
package yaml

// Kind is the type of a node.
type Kind uint8

// The kinds of nodes. Dates are Text: YAML 1.2 has no type for them.
const (
	Null Kind = iota
	Text
	Bool
	Int
	Float
	List
	Mapping
)

var kindNames = [...]string{"nothing", "text", "true or false", "a whole number", "a number", "a list", "a mapping"}

// String names the kind for people: "a list".
func (k Kind) String() string { return kindNames[k] }

// Node is one value of the document with its place in the file. Line and Column
// are 1-based; columns count characters. An alias is the node of its anchor, so
// one node may stand in several places of the tree; it must not be changed.
type Node struct {
	Kind    Kind
	Line    int
	Column  int
	Text    string  // of a scalar, quotes and escapes resolved, otherwise as written
	Items   []*Node // of a list
	Entries []Entry // of a mapping, in order, keys unique
}

// Entry is one key of a mapping with its value, which is never nil: a key without
// a value has a Null node.
type Entry struct {
	Key    string
	Line   int // of the key
	Column int
	Value  *Node
}

// Get returns the value of the key, nil when the node is no mapping or has no
// such key.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return n.Entries[i].Value
		}
	}
	return nil
}

// Scalar reports whether the node is text, a number or a truth value.
func (n *Node) Scalar() bool {
	return n != nil && n.Kind >= Text && n.Kind <= Float
}
