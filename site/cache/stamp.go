package cache

import (
	"encoding/binary"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Stamp is what can be told of a file without reading it.
type Stamp struct{ Size, Changed int64 } // in bytes; in nanoseconds, 0 = not told

// StampOf returns the stamp of a file, false where it must not be believed: a file that was changed so
// short a time ago that it may change again with the same stamp, or of which no time is told.
func StampOf(info fs.FileInfo, now time.Time) (Stamp, bool) {
	at := info.ModTime()
	s := Stamp{info.Size(), at.UnixNano()}
	return s, !at.IsZero() && s.Changed != 0 && now.Sub(at) > doubtful
}

// doubtful is how old a change must be; some disks tell times to two seconds.
const doubtful = 2 * time.Second

// Stamps tells the content of files that have not changed, by path.
type Stamps map[string]Stamped

// Stamped is the content that a file with a stamp has.
type Stamped struct {
	Stamp
	Content Key
}

// stampFile is what the file of stamps holds. Root keeps the files of two folders apart.
type stampFile struct {
	Root  string
	Files []stampLine
}

type stampLine struct {
	Path    string
	Stamped Stamped
}

var stampCodec = NewCodec[stampFile]()

// stampName holds the stamps in the folder of a cache.
const stampName = "stamps"

// ReadStamps reads the stamps of the files below root that were written last; none where there are
// none that can be believed.
func ReadStamps(dir, root string) Stamps {
	stamps := Stamps{}
	if dir == "" {
		return stamps
	}
	data, err := os.ReadFile(filepath.Join(dir, stampName))
	if err != nil || len(data) < sumSize {
		return stamps
	}
	e := entry{KeyOf([]byte(stampCodec.Shape())), data}
	if binary.LittleEndian.Uint32(data) != e.sum() {
		return stamps
	}
	file, err := stampCodec.Decode(data[sumSize:])
	if err != nil || file.Root != root {
		return stamps
	}
	for _, line := range file.Files {
		stamps[line.Path] = line.Stamped
	}
	return stamps
}

// Write keeps the stamps for the next process.
func (s Stamps) Write(dir, root string) error {
	if dir == "" {
		return nil
	}
	file := stampFile{Root: root}
	for _, path := range slices.Sorted(maps.Keys(s)) {
		file.Files = append(file.Files, stampLine{path, s[path]})
	}
	data, err := stampCodec.Encode(&file)
	if err != nil {
		return err
	}
	if err := prepare(dir); err != nil {
		return err
	}
	e := entry{KeyOf([]byte(stampCodec.Shape())), append(make([]byte, sumSize), data...)}
	binary.LittleEndian.PutUint32(e.data, e.sum())
	return replace(filepath.Join(dir, stampName), func(write func([]byte) error) error { return write(e.data) })
}
