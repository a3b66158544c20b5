package frontmatter

// Change is one edit of one key. An entry of a list "is" a word when it is that text,
// or a mapping whose id is.
type Change struct {
	action action
	key    string
	word   string   // the entry that is meant
	values []Value  // what is written
	below  []Change // of In and InEntry
}

type action uint8

const (
	set action = iota
	remove
	add
	removeEntry
	replaceEntry
	rename
	in
	inEntry
)

// Set gives the key the value, in place of the one it has. A value that reads the
// same stays as it is written.
func Set(key string, v Value) Change { return Change{action: set, key: key, values: []Value{v}} }

// Remove takes the key away with its value and the comment on its line. It is no
// error where there is none.
func Remove(key string) Change { return Change{action: remove, key: key} }

// Append adds the value as the last entry of the key's list, unless an entry is the
// same or has the same id. A single value becomes a list of two; an empty or absent
// one a list of one.
func Append(key string, v Value) Change { return Change{action: add, key: key, values: []Value{v}} }

// RemoveEntry takes the entries that are the word out of the key's list, and the key
// with its last one. It is no error where there is none.
func RemoveEntry(key, word string) Change {
	return Change{action: removeEntry, key: key, word: word}
}

// ReplaceEntry writes the values in the place of the first entry that is the word; no
// values take it away. Those that the list has elsewhere are not written again. It is
// no error where there is no such entry.
func ReplaceEntry(key, word string, values ...Value) Change {
	return Change{action: replaceEntry, key: key, word: word, values: values}
}

// Replace writes the new word wherever the old one stands as the key's value, as an
// entry of its list or as the id of one, and leaves its qualifiers as they are. Of
// entries that are the new word then, the first stays, with its qualifiers. It is no
// error where the old word does not stand.
func Replace(key, old, new string) Change {
	return Change{action: rename, key: key, word: old, values: []Value{Text(new)}}
}

// In makes the changes inside the mapping that is the key's value, such as those of
// "imported" or "related". An absent mapping is made where there is something to set.
func In(key string, changes ...Change) Change { return Change{action: in, key: key, below: changes} }

// InEntry makes the changes inside the mapping that is the word in the key's list. An
// entry that is the word alone becomes a mapping with an id. It is no error where there
// is no such entry.
func InEntry(key, word string, changes ...Change) Change {
	return Change{action: inEntry, key: key, word: word, below: changes}
}
