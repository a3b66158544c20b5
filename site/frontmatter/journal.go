package frontmatter

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// The journal stands in the library's root from before the first file is staged until
// the last one holds; then, under its other name, until what was staged is cleared.
const (
	journalName = ".faultline-edit.journal"
	doneName    = ".faultline-edit.done"
)

// entry is a line of the journal.
type entry struct {
	Path   string `json:"path"`
	Before string `json:"before"` // sums, in hexadecimal digits
	After  string `json:"after"`
}

// transact replaces several files.
func (w writer) transact(edits []edit) error {
	entries := make([]entry, len(edits))
	for i, e := range edits {
		entries[i] = entry{e.Path, digits(e.Read), digits(SumOf(e.Text))}
	}
	if err := w.open(entries); err != nil {
		return fmt.Errorf("edit the library: %w", err)
	}
	w.step("journal written")
	err := w.install(edits)
	if err == nil {
		err = w.root.Rename(journalName, doneName)
	}
	if err != nil {
		return errors.Join(err, w.undo(entries))
	}
	w.step("journal closed")
	return w.clear(entries)
}

func digits(s Sum) string { return hex.EncodeToString(s[:]) }

// open writes the journal in one step.
func (w writer) open(entries []entry) error {
	text, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		return err
	}
	const next = journalName + ".next"
	if err := w.put(next, append(text, '\n'), 0o644); err != nil {
		return errors.Join(err, w.discard(next))
	}
	return w.root.Rename(next, journalName)
}

// install stages all the files and then puts them in place.
func (w writer) install(edits []edit) error {
	for _, e := range edits {
		if err := errors.Join(w.put(e.kept(), e.old, e.mode), w.put(e.next(), e.Text, e.mode)); err != nil {
			return failed(e.Path, err)
		}
		w.step("staged")
	}
	for _, e := range edits {
		err := w.unchanged(&e)
		if err == nil {
			err = w.root.Rename(e.next(), e.Path)
		}
		if err != nil {
			return failed(e.Path, err)
		}
		w.step("in place")
	}
	return nil
}

// repair ends what a killed run began: it is undone, or cleared where it was complete.
func (w writer) repair() (bool, error) {
	if err := w.discard(journalName + ".next"); err != nil {
		return false, err
	}
	undone, err := w.end(journalName, w.undo)
	if undone || err != nil {
		return undone, err
	}
	return w.end(doneName, w.clear)
}

// end brings what the journal of that name tells to its end, if there is one.
func (w writer) end(name string, bring func([]entry) error) (bool, error) {
	text, err := w.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	var entries []entry
	if err == nil {
		err = json.Unmarshal(text, &entries)
	}
	if err == nil {
		err = bring(entries)
	}
	if err != nil {
		return false, fmt.Errorf("end the edit that was broken off, of which %q tells: %w", name, err)
	}
	return true, nil
}

// undo puts the old texts back and removes the journal with what was staged. It can
// be killed and done again.
func (w writer) undo(entries []entry) error {
	var faults []error
	for _, e := range entries {
		faults = append(faults, w.putBack(e))
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	return w.discard(journalName)
}

// putBack gives one file its old text. Where the new one is still beside it, it never
// lost the old.
func (w writer) putBack(e entry) error {
	kept, next := keptName(e.Path), nextName(e.Path)
	if _, err := w.root.Lstat(next); err == nil {
		return errors.Join(w.discard(kept), w.discard(next))
	}
	old, err := w.root.ReadFile(kept)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failed(e.Path, err)
	}
	now, _ := w.root.ReadFile(e.Path)
	switch sum := digits(SumOf(now)); {
	case sum == e.Before || digits(SumOf(old)) != e.Before: // killed while it was staged
		err = w.discard(kept)
	case sum == e.After:
		err = w.root.Rename(kept, e.Path)
	default:
		return fmt.Errorf("%q was edited since: move %q over it or away", e.Path, kept)
	}
	w.step("put back")
	if err != nil {
		return failed(e.Path, err)
	}
	return nil
}

// clear removes what was staged for an edit that holds, the journal last.
func (w writer) clear(entries []entry) error {
	for _, e := range entries {
		for _, name := range []string{keptName(e.Path), nextName(e.Path)} {
			if err := w.discard(name); err != nil {
				return failed(e.Path, err)
			}
		}
		w.step("partly cleared")
	}
	return w.discard(doneName)
}
