package site

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"faultline/site/cache"
	"faultline/site/incident"
	"faultline/site/parallel"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// Loader loads a library again and again, each time as Load would, and computes only what has
// changed since. It may be used by several goroutines.
type Loader struct {
	mu          sync.Mutex
	opt         LoadOptions
	root, cache string
	behind      bool // the last load failed, so that its changes are still to be looked at

	settings *settings
	store    *cache.Store
	stamps   cache.Stamps
	measured *measurements

	order     []string                // paths of all reports, in the order of the walk
	reports   map[string]*report      // by path
	links     map[string]bool         // paths of symbolic links that may be reports
	walked    map[string]problem.List // what is wrong with files that are no reports, by path
	frame     *frame                  // nil = not known
	tags      *tagger.Tagger          // of the settings, nil as long as nobody asked
	learner   *tagger.Learner
	settled   []settledOne // in the order of the published incidents of the frame settledBy
	settledBy *frame
}

// NewLoader makes a loader of the library in the folder root, which keeps what it read in the
// folder cache from one process to the next; with "" for both it keeps nothing.
func NewLoader(opt LoadOptions, root, cacheFolder string) *Loader {
	if cacheFolder != "" {
		cacheFolder = filepath.Join(cacheFolder, "reports")
	}
	return &Loader{opt: opt, root: root, cache: cacheFolder, stamps: cache.ReadStamps(cacheFolder, root),
		measured: &measurements{known: map[string]measurement{}}}
}

// Load reads the library whose root is fsys. Changed are the paths, relative to the root, of all
// files and folders that have changed since the last call, appeared or are gone; nil says that
// nobody knows, and every file is looked at. The library never changes, but shares incidents
// with the ones before and after it.
func (l *Loader) Load(fsys fs.FS, changed []string) (*incident.Library, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.measured.now = time.Now()
	known := changed != nil && !l.behind
	l.behind = true
	if err := l.readSettings(fsys); err != nil {
		return nil, err
	}
	if !known || l.reports == nil || !l.update(fsys, changed) {
		if err := l.scan(fsys); err != nil {
			return nil, err
		}
		l.frame = nil
	}
	if l.frame == nil {
		l.frame = newFrame(fsys, l.incidents(), l.opt.Drafts, l.measured)
	}
	l.behind = false
	return l.library(fsys), nil
}

// readSettings reads the settings again. Where they changed, everything is read anew.
func (l *Loader) readSettings(fsys fs.FS) error {
	now, err := readSettings(fsys, l.settings)
	if err != nil || now == l.settings {
		return err
	}
	l.settings, l.reports, l.frame, l.tags, l.learner = now, nil, nil, nil, nil
	l.store = cache.Open(l.cache, cache.Edition(shapes, now.edition()))
	return nil
}

// edition names all of the settings that reports and their clues depend on.
func (s *settings) edition() string {
	config := s.config
	config.Title, config.BaseURL, config.Repository, config.Ignore = "", "", "", nil
	name := fmt.Sprintf("%#v", config)
	for d := incident.Trigger; d <= incident.Gap; d++ {
		name += fmt.Sprintf("\x00%#v", s.vocabulary.Terms(d))
	}
	return name
}

func (l *Loader) reader(fsys fs.FS) *reader {
	return &reader{fsys: fsys, opt: record.Options{Config: l.settings.config, Vocabulary: l.settings.vocabulary},
		hold: l.opt.Hold, store: l.store, stamps: l.stamps, now: l.measured.now}
}

// scan looks at every file of the library.
func (l *Loader) scan(fsys fs.FS) error {
	found, err := walk(fsys, l.settings.config.Ignore)
	if err != nil {
		return fmt.Errorf("read library: %w", err)
	}
	reports, r := make([]*report, len(found.incidents)), l.reader(fsys)
	parallel.Each(len(reports), func(n int) {
		at := found.incidents[n]
		reports[n] = r.read(at, l.reports[at.path], false)
	})
	l.order, l.links = make([]string, len(reports)), map[string]bool{}
	l.reports, l.walked = make(map[string]*report, len(reports)), map[string]problem.List{}
	for n, at := range found.incidents {
		l.order[n], l.reports[at.path] = at.path, reports[n]
	}
	for _, name := range found.links {
		l.links[name] = true
	}
	for _, p := range found.problems {
		l.walked[p.Path] = append(l.walked[p.Path], p)
	}
	return nil
}

// update looks at the files that changed. It is false where more than these may have; then the
// library must be scanned.
func (l *Loader) update(fsys fs.FS, changed []string) bool {
	for _, name := range changed {
		if !fs.ValidPath(name) || name == "." || l.changesMore(fsys, name) {
			return false
		}
	}
	r := l.reader(fsys)
	for _, name := range changed {
		l.look(r, name)
	}
	for _, name := range slices.Sorted(maps.Keys(l.links)) { // what they lead to may have changed
		l.look(r, name)
	}
	return true
}

// changesMore reports whether a change of the path may bear on other files: it is a folder, or
// was one, or says what is read.
func (l *Loader) changesMore(fsys fs.FS, name string) bool {
	if name == taxonomy.File || name == ConfigFile || path.Base(name) == Marker {
		return true
	}
	if info, err := fs.Stat(fsys, name); err == nil {
		return info.IsDir()
	}
	return l.reports[name] == nil && slices.ContainsFunc(l.order, func(p string) bool { return strings.HasPrefix(p, name+"/") })
}

// look reads one file again, or finds out that it is none.
func (l *Loader) look(r *reader, name string) {
	w := newWalker(r.fsys, l.settings.config.Ignore)
	w.visitOne(name)
	last := l.reports[name]
	delete(l.walked, name)
	delete(l.links, name)
	if len(w.links) > 0 {
		l.links[name] = true
	}
	if len(w.problems) > 0 {
		l.walked[name] = w.problems
	}
	if len(w.incidents) == 0 {
		l.remove(name)
		l.frame = nil // it may be something that reports show, or link to
		return
	}
	now := r.read(w.incidents[0], last, true)
	l.put(name, now)
	if l.frame != nil && (last == nil || last.Incident != now.Incident) && !l.replaced(last, now) {
		l.frame = nil
	}
}

func (l *Loader) replaced(last, now *report) bool {
	return last != nil && last.Incident != nil && now.Incident != nil && l.frame.replace(last.Incident, now.Incident)
}

// put takes up a report, in its place in the order of a walk.
func (l *Loader) put(name string, r *report) {
	if l.reports[name] == nil {
		at, _ := slices.BinarySearchFunc(l.order, name, byWalk)
		l.order = slices.Insert(l.order, at, name)
	}
	l.reports[name] = r
}

func (l *Loader) remove(name string) {
	if l.reports[name] == nil {
		return
	}
	at, _ := slices.BinarySearchFunc(l.order, name, byWalk)
	l.order = slices.Delete(l.order, at, at+1)
	delete(l.reports, name)
}

// byWalk compares paths in the order of a walk, which compares the names of folders and files one
// by one.
func byWalk(a, b string) int {
	for n := range min(len(a), len(b)) {
		switch x, y := a[n], b[n]; {
		case x == y:
		case x == '/':
			return -1
		case y == '/':
			return 1
		default:
			return int(x) - int(y)
		}
	}
	return len(a) - len(b)
}

// incidents are those that were read, in the order of the walk.
func (l *Loader) incidents() []*incident.Incident {
	list := make([]*incident.Incident, 0, len(l.order))
	for _, name := range l.order {
		if inc := l.reports[name].Incident; inc != nil {
			list = append(list, inc)
		}
	}
	return list
}

// Save keeps what was read for the next process. An error says that the folder of the cache cannot be
// written, which costs nothing but time.
func (l *Loader) Save() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cache == "" || l.reports == nil {
		return nil
	}
	var live []cache.Key
	stamps := cache.Stamps{}
	l.encode()
	for _, name := range l.order {
		r := l.reports[name]
		if r.content == (cache.Key{}) {
			continue
		}
		live = append(live, r.content, cluesKey(r.content))
		if r.trusted {
			stamps[name] = cache.Stamped{Stamp: r.stamp, Content: r.content}
		}
	}
	if err := l.store.Save(live); err != nil {
		return err
	}
	if err := stamps.Write(l.cache, l.root); err != nil {
		return err
	}
	l.stamps = stamps
	return nil
}

// encode adds to the store what it has not. What cannot be written is parsed again.
func (l *Loader) encode() {
	data := make([][2][]byte, len(l.order))
	parallel.Each(len(data), func(n int) {
		r := l.reports[l.order[n]]
		if !r.kept && r.content != (cache.Key{}) {
			data[n][0], _ = parsedCodec.Encode(&r.parsed)
		}
		if !r.cluesKept && r.clues != nil && r.content != (cache.Key{}) {
			data[n][1], _ = cluesCodec.Encode(r.clues)
		}
	})
	for n, name := range l.order {
		r := l.reports[name]
		if data[n][0] != nil {
			l.store.Add(r.content, data[n][0])
			r.kept = true
		}
		if data[n][1] != nil {
			l.store.Add(cluesKey(r.content), data[n][1])
			r.cluesKept = true
		}
	}
}
