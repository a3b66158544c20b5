// Package cache keeps on disk what is a pure function of a file's content, so that the
// next process need not compute it again.
//
// # What is believed
//
// An entry is found by its key, which whoever computes it makes of all that it depends on
// (KeyOf). A store holds entries of one edition: of one program, one structure of the
// values and one set of settings. Every entry carries a checksum. What is torn, flipped,
// cut off, foreign or of another edition is not found, and is computed again; nothing in
// the folder is ever needed, and all of it may be deleted at any time.
//
// # Files
//
// A folder holds packs, named by edition and content. A pack is written beside its place and
// renamed, and never changed: several processes may read and write one folder without
// knowing of each other. Save adds a pack of what is new; when packs have become many, or hold much
// that is no longer asked for, one takes the place of all. Packs of other editions are
// removed but for the latest few, so that a folder stays as large as a few libraries.
//
// Beside them, stamps tell by size and time of change which content a file has without
// reading it.
//
// A folder that cannot be written is used as far as it can be read.
package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
)

// Key names an entry by all that it depends on.
type Key [sha256.Size]byte

// KeyOf makes a key of the parts, in order; where one ends and the next begins counts.
func KeyOf(parts ...[]byte) Key {
	h := sha256.New()
	var size [8]byte
	for _, part := range parts {
		binary.LittleEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write(part)
	}
	return Key(h.Sum(nil))
}

// format is raised when packs are written in another way.
const format = "faultline pack 1\n"

// Edition names the values that this program computes with the settings: another build of the
// program, another shape of the values and other settings are other editions.
func Edition(shape string, settings ...string) string {
	parts := [][]byte{[]byte(format), []byte(build()), []byte(shape)}
	for _, s := range settings {
		parts = append(parts, []byte(s))
	}
	key := KeyOf(parts...)
	return hex.EncodeToString(key[:8])
}

// build names the program by its released version, else by the file that it was started
// from.
var build = sync.OnceValue(func() string {
	name := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		name = info.GoVersion + " " + info.Main.Version + " " + info.Main.Sum
		if info.Main.Sum != "" {
			return name
		}
	}
	path, err := os.Executable()
	if err != nil {
		return name
	}
	info, err := os.Stat(path)
	if err != nil {
		return name
	}
	return fmt.Sprintf("%s %s %d %d", name, path, info.Size(), info.ModTime().UnixNano())
})

// Store holds the entries of one edition. Find may be called by several goroutines; all
// else may not.
type Store struct {
	dir     string // "" = nothing is kept
	edition string
	found   map[Key]entry
	packs   []string // paths of the packs that Open read
	read    int      // entries in them
	fresh   []entry  // not written yet
}

type entry struct {
	key  Key
	data []byte // checksum included
}

// Open reads the entries of the edition in the folder, which need not exist. A store with
// the folder "" finds and keeps nothing.
func Open(dir, edition string) *Store {
	s := &Store{dir: dir, edition: edition, found: map[Key]entry{}}
	if dir == "" {
		return s
	}
	s.packs, _ = filepath.Glob(filepath.Join(dir, edition+"-*"+extension)) // fails for malformed patterns only
	for _, path := range s.packs {
		if data, err := os.ReadFile(path); err == nil {
			s.scan(data)
		}
	}
	return s
}

const (
	extension  = ".pack"
	headerSize = 4 + len(Key{}) // length and key
	sumSize    = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// scan takes up the entries of a pack as far as it is whole.
func (s *Store) scan(data []byte) {
	data, ok := cutPrefix(data, format)
	for ok && len(data) >= headerSize {
		size := uint64(binary.LittleEndian.Uint32(data)) + sumSize
		key := Key(data[4:headerSize])
		data = data[headerSize:]
		if size > uint64(len(data)) {
			return
		}
		s.found[key] = entry{key, data[:size:size]}
		s.read++
		data = data[size:]
	}
}

func cutPrefix(data []byte, prefix string) ([]byte, bool) {
	if len(data) < len(prefix) || string(data[:len(prefix)]) != prefix {
		return nil, false
	}
	return data[len(prefix):], true
}

// Find returns the entry with the key, false where there is none that can be believed. The
// bytes are never changed.
func (s *Store) Find(key Key) ([]byte, bool) {
	e, ok := s.found[key]
	if !ok {
		return nil, false
	}
	data, sum := e.data[sumSize:], binary.LittleEndian.Uint32(e.data)
	return data, sum == e.sum()
}

// sum is the checksum of key and data.
func (e entry) sum() uint32 {
	return crc32.Update(crc32.Checksum(e.key[:], castagnoli), castagnoli, e.data[sumSize:])
}

// Add keeps an entry for the next Save.
func (s *Store) Add(key Key, data []byte) {
	if s.dir == "" {
		return
	}
	e := entry{key, append(make([]byte, sumSize), data...)}
	binary.LittleEndian.PutUint32(e.data, e.sum())
	s.fresh = append(s.fresh, e)
}

// How much is kept: packs of an edition before one takes the place of all, and the
// editions beside the store's own.
const (
	mostPacks    = 16
	mostEditions = 2
)

// Save writes what was added. Live are the keys that the library has now: all others are
// dropped where packs that Open read are brought together. The error says why the folder
// cannot be written; what it holds is as good as before.
func (s *Store) Save(live []Key) error {
	crowded := len(s.packs) >= mostPacks || s.read > 2*max(len(live), 1)
	if s.dir == "" || len(s.fresh) == 0 && !crowded {
		return nil
	}
	if err := prepare(s.dir); err != nil {
		return err
	}
	var old []string
	entries := s.fresh
	if crowded {
		old, entries = s.packs, append(s.living(live), s.fresh...)
		s.packs, s.read = nil, 0
	}
	path, err := s.write(entries)
	if err != nil {
		return err
	}
	s.fresh = nil
	for _, gone := range old {
		if gone != path {
			_ = os.Remove(gone) // another process may have been faster
		}
	}
	s.dropEditions()
	return nil
}

// living lists the believable entries that were read and are still asked for.
func (s *Store) living(live []Key) []entry {
	var kept []entry
	for _, key := range live {
		if _, ok := s.Find(key); ok {
			kept = append(kept, s.found[key])
		}
	}
	return kept
}

// write writes a pack in one step.
func (s *Store) write(entries []entry) (string, error) {
	h := sha256.New()
	for _, e := range entries {
		h.Write(e.key[:])
	}
	path := filepath.Join(s.dir, s.edition+"-"+hex.EncodeToString(h.Sum(nil)[:8])+extension)
	return path, replace(path, func(write func([]byte) error) error {
		if err := write([]byte(format)); err != nil {
			return err
		}
		for _, e := range entries {
			header := binary.LittleEndian.AppendUint32(nil, uint32(len(e.data)-sumSize))
			if err := write(append(header, e.key[:]...)); err != nil {
				return err
			}
			if err := write(e.data); err != nil {
				return err
			}
		}
		return nil
	})
}

// dropEditions removes the packs of other editions but for those that were written last, and
// what writers left that were killed.
func (s *Store) dropEditions() {
	listed, err := os.ReadDir(s.dir)
	if err != nil {
		return
	}
	latest := map[string]int64{} // by edition: when its last pack was written
	for _, file := range listed {
		edition, _, isPack := strings.Cut(file.Name(), "-")
		if info, err := file.Info(); err == nil && isPack && edition != s.edition && strings.HasSuffix(file.Name(), extension) {
			latest[edition] = max(latest[edition], info.ModTime().UnixNano())
		}
	}
	var editions []string
	for edition := range latest {
		editions = append(editions, edition)
	}
	slices.SortFunc(editions, func(a, b string) int { return int(min(1, max(-1, latest[b]-latest[a]))) })
	for _, edition := range editions[min(len(editions), mostEditions):] {
		packs, _ := filepath.Glob(filepath.Join(s.dir, edition+"-*"+extension))
		for _, path := range packs {
			_ = os.Remove(path) // another process may have been faster
		}
	}
}
