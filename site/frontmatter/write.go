package frontmatter

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"faultline/site/lock"
)

// Sum is the SHA-256 of a file's bytes.
type Sum [sha256.Size]byte

// SumOf returns the sum of the bytes.
func SumOf(src []byte) Sum { return sha256.Sum256(src) }

// ErrChanged is returned for a file that no longer holds what was read.
var ErrChanged = errors.New("the file changed since it was read: read it again")

// ErrBusy is returned while another process edits files of the same library.
var ErrBusy = lock.ErrBusy

// File is an edited file: its slash-separated path below the library's root, the sum
// of the bytes that were read, and the text that it shall hold.
type File struct {
	Path string
	Read Sum
	Text []byte
}

// Write replaces the text of one file in one step and keeps its mode. It fails with
// ErrChanged where the file no longer holds what was read. A link is followed to its
// file inside the library and never out of it.
func Write(root *os.Root, f File) error { return WriteAll(root, []File{f}) }

// WriteAll replaces the text of all the files or of none, whether it succeeds, fails
// or is killed.
//
// Beside each file its old and its new text are staged (".NAME.faultline-old" and
// ".NAME.faultline-next"), of which a journal in the root tells; then the new texts are
// renamed over the files, and with the journal's end they hold. Killed before that, the
// next WriteAll or Repair puts the old texts back before anything else. A lock, which
// dies with its process, keeps a second writer out: ErrBusy.
//
// A single file needs no journal: one rename is all or nothing.
func WriteAll(root *os.Root, files []File) error {
	return writer{root: root, step: func(string) {}}.write(files)
}

// Repair undoes what a killed WriteAll left in the library, and says whether there was
// anything to undo. A file that was edited since then stays as it is, and an error
// tells where its former text is.
func Repair(root *os.Root) (bool, error) {
	w := writer{root: root, step: func(string) {}}
	release, err := w.hold()
	if err != nil {
		return false, err
	}
	defer release()
	return w.repair()
}

// writer edits the files of one library. step is told of each point at which a kill
// leaves a different state behind.
type writer struct {
	root *os.Root
	step func(name string)
}

func (w writer) hold() (release func(), err error) {
	release, err = lock.Hold(filepath.Join(w.root.Name(), ".faultline-edit.lock"))
	if err != nil {
		return nil, fmt.Errorf("edit the library: %w", err)
	}
	return release, nil
}

func (w writer) write(files []File) error {
	release, err := w.hold()
	if err != nil {
		return err
	}
	defer release()
	if _, err := w.repair(); err != nil {
		return err
	}
	edits, err := w.edits(files)
	switch {
	case err != nil || len(edits) == 0:
		return err
	case len(edits) == 1:
		return w.writeOne(edits[0])
	}
	return w.transact(edits)
}

// edit is a file under way. Path leads to the file itself, through no link.
type edit struct {
	File
	mode fs.FileMode
	old  []byte
}

func (e edit) next() string { return nextName(e.Path) }
func (e edit) kept() string { return keptName(e.Path) }

// nextName and keptName are where the new and the old text of a file are staged. No
// library reads files with such names, and nobody else writes them.
func nextName(name string) string { return beside(name, ".faultline-next") }
func keptName(name string) string { return beside(name, ".faultline-old") }

func beside(name, suffix string) string {
	folder, base := path.Split(name)
	return folder + "." + base + suffix
}

// edits looks at the files and leaves out those that hold their text already.
func (w writer) edits(files []File) ([]edit, error) {
	var edits []edit
	seen := map[string]bool{}
	for _, f := range files {
		e := edit{File: f}
		err := w.look(&e)
		if err == nil && seen[e.Path] {
			err = errors.New("it is edited twice")
		}
		if err != nil {
			return nil, failed(f.Path, err)
		}
		seen[e.Path] = true
		if SumOf(e.Text) != e.Read {
			edits = append(edits, e)
		}
	}
	return edits, nil
}

// failed names the file instead of what of its path an error tells.
func failed(name string, err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("edit %q: %w", name, err)
}

// look finds the file, which must be a regular one, and reads what it holds now.
func (w writer) look(e *edit) error {
	for range 40 {
		if !fs.ValidPath(e.Path) {
			return errors.New("it is not a path inside the library")
		}
		info, err := w.root.Lstat(e.Path)
		switch {
		case err != nil:
			return err
		case info.Mode().IsRegular():
			e.mode = info.Mode().Perm()
			return w.unchanged(e)
		case info.Mode()&fs.ModeSymlink == 0:
			return errors.New("it is not a regular file")
		}
		to, err := w.root.Readlink(e.Path)
		if err != nil {
			return err
		}
		if path.IsAbs(filepath.ToSlash(to)) {
			return errors.New("it is a link out of the library: edit the file there")
		}
		e.Path = path.Join(path.Dir(e.Path), filepath.ToSlash(to))
	}
	return errors.New("its links lead in a circle")
}

// unchanged reads the file and fails with ErrChanged unless it holds what was read.
func (w writer) unchanged(e *edit) error {
	src, err := w.root.ReadFile(e.Path)
	if err != nil {
		return err
	}
	if SumOf(src) != e.Read {
		return ErrChanged
	}
	e.old = src
	return nil
}

// writeOne replaces one file. What a killed run leaves beside it the next one
// overwrites.
func (w writer) writeOne(e edit) error {
	err := w.put(e.next(), e.Text, e.mode)
	w.step("staged")
	if err == nil {
		err = w.unchanged(&e)
	}
	if err == nil {
		err = w.root.Rename(e.next(), e.Path)
	}
	if err != nil {
		_ = w.root.Remove(e.next())
		return failed(e.Path, err)
	}
	return nil
}

// put writes a file of ours whole, down to the device.
func (w writer) put(name string, text []byte, mode fs.FileMode) error {
	if err := w.discard(name); err != nil {
		return err
	}
	f, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
}

// discard removes a file of ours, if there is one.
func (w writer) discard(name string) error {
	if err := w.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
