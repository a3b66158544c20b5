package frontmatter

import (
	"slices"

	"faultline/site/yaml"
)

// wanted returns the mapping as it shall be after the change. It knows nothing of
// bytes, so that what the bytes say afterwards can be held against it. Values are
// shared with m, which stays as it is.
func (c Change) wanted(m Value) Value {
	old, there := m.get(c.key)
	switch c.action {
	case set:
		return m.with(c.key, c.values[0])
	case remove:
		return m.without(c.key)
	case in:
		return c.wantedBelow(m, old)
	}
	entries := old.entries()
	switch c.action {
	case add:
		if slices.ContainsFunc(entries, c.values[0].same) {
			return m
		}
		return m.with(c.key, List(append(slices.Clone(entries), c.values[0])...))
	case removeEntry:
		entries = slices.DeleteFunc(slices.Clone(entries), func(v Value) bool { return v.is(c.word) })
	case replaceEntry:
		entries = c.replaced(entries)
	case rename:
		entries = c.renamed(entries)
	case inEntry:
		entries = c.changedInside(entries)
	}
	switch {
	case !there || equalLists(entries, old.entries()):
		return m
	case len(entries) == 0:
		return m.without(c.key)
	case old.kind != yaml.List && len(entries) == 1:
		return m.with(c.key, entries[0])
	}
	return m.with(c.key, List(entries...))
}

func (c Change) wantedBelow(m, old Value) Value {
	if old.kind != yaml.Mapping && old.kind != yaml.Null {
		return m
	}
	below := Map(old.fields...)
	for _, inner := range c.below {
		below = inner.wanted(below)
	}
	switch {
	case below.equal(Map(old.fields...)):
		return m
	case len(below.fields) == 0:
		return m.without(c.key)
	}
	return m.with(c.key, below)
}

// replaced puts the values in the place of the first entry that is the word.
func (c Change) replaced(entries []Value) []Value {
	at := slices.IndexFunc(entries, func(v Value) bool { return v.is(c.word) })
	if at < 0 {
		return entries
	}
	others := slices.Delete(slices.Clone(entries), at, at+1)
	fresh := slices.DeleteFunc(slices.Clone(c.values), func(v Value) bool { return slices.ContainsFunc(others, v.same) })
	return slices.Insert(others, at, fresh...)
}

func (c Change) renamed(entries []Value) []Value {
	word := c.values[0]
	var kept []Value
	met := false
	if !slices.ContainsFunc(entries, func(v Value) bool { return v.is(c.word) }) {
		return entries
	}
	for _, v := range entries {
		switch {
		case v.is(c.word) && v.kind == yaml.Mapping:
			v = v.with("id", word)
		case v.is(c.word):
			v = word
		}
		if v.is(word.text) {
			if met {
				continue
			}
			met = true
		}
		kept = append(kept, v)
	}
	return kept
}

// changedInside makes the changes below in the entries that are the word.
func (c Change) changedInside(entries []Value) []Value {
	entries = slices.Clone(entries)
	for i, v := range entries {
		if !v.is(c.word) {
			continue
		}
		entry := v
		if v.kind != yaml.Mapping {
			entry = Map(Field{"id", v})
		}
		before := entry
		for _, inner := range c.below {
			entry = inner.wanted(entry)
		}
		if !entry.equal(before) {
			entries[i] = entry
		}
	}
	return entries
}

// get returns the value of the key.
func (v Value) get(key string) (Value, bool) {
	for _, f := range v.fields {
		if f.Key == key {
			return f.Value, true
		}
	}
	return Value{}, false
}

// byKey is every value of a mapping by its key.
func (v Value) byKey() map[string]Value {
	all := make(map[string]Value, len(v.fields))
	for _, f := range v.fields {
		all[f.Key] = f.Value
	}
	return all
}

// with gives the key the value, as the last key where it is new.
func (v Value) with(key string, value Value) Value {
	v.fields = slices.Clone(v.fields)
	for i := range v.fields {
		if v.fields[i].Key == key {
			v.fields[i].Value = value
			return v
		}
	}
	v.fields = append(v.fields, Field{key, value})
	return v
}

func (v Value) without(key string) Value {
	v.fields = slices.DeleteFunc(slices.Clone(v.fields), func(f Field) bool { return f.Key == key })
	return v
}

// entries are those of a list; a value alone is a list of one.
func (v Value) entries() []Value {
	switch v.kind {
	case yaml.List:
		return v.items
	case yaml.Null:
		return nil
	}
	return []Value{v}
}

// is reports whether an entry is the word: that text, or a mapping whose id is.
func (v Value) is(word string) bool {
	if v.kind == yaml.Mapping {
		v, _ = v.get("id")
	}
	return v.kind > yaml.Null && v.kind < yaml.List && v.text == word
}

// identified reports whether a mapping has an id, so that it can stand in a list.
func (v Value) identified() bool {
	_, ok := v.get("id")
	return ok
}

// same reports whether two entries are equal or have one id.
func (v Value) same(other Value) bool {
	id := v
	if v.kind == yaml.Mapping {
		id, _ = v.get("id")
	}
	return v.equal(other) || id.kind == yaml.Text && other.is(id.text)
}

// equal compares what two values say. The order of keys says nothing.
func (v Value) equal(other Value) bool {
	if v.kind != other.kind || v.text != other.text || len(v.fields) != len(other.fields) {
		return false
	}
	for i, f := range v.fields {
		o := other.fields[i].Value
		if other.fields[i].Key != f.Key {
			var ok bool
			if o, ok = other.get(f.Key); !ok {
				return false
			}
		}
		if !f.Value.equal(o) {
			return false
		}
	}
	return equalLists(v.items, other.items)
}

func equalLists(a, b []Value) bool { return slices.EqualFunc(a, b, Value.equal) }
