package frontmatter

import (
	"crypto/sha256"
	"errors"
	"os"
)

// Sum is the SHA-256 of a file's bytes.
type Sum [sha256.Size]byte

// SumOf returns the sum of the bytes.
func SumOf(src []byte) Sum { return sha256.Sum256(src) }

// ErrChanged is returned for a file that no longer holds what was read.
var ErrChanged = errors.New("the file changed since it was read: read it again")

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
func Write(root *os.Root, f File) error { return errors.New("frontmatter: not written yet") }

// WriteAll replaces the text of all the files or of none, whether it succeeds, fails
// or is killed: what a killed run leaves, the next Write, WriteAll or Repair undoes.
func WriteAll(root *os.Root, files []File) error { return errors.New("frontmatter: not written yet") }

// Repair undoes what a killed WriteAll left in the library, and says whether there was
// anything to undo.
func Repair(root *os.Root) (bool, error) { return false, nil }
