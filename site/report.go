package site

import (
	"io/fs"
	"time"

	"faultline/site/cache"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/tagger"
)

// report is a file of the library, read. It does not change, but for its clues, which are read
// when they are first asked for.
type report struct {
	stamp   cache.Stamp
	trusted bool      // the stamp tells whether the file has changed
	content cache.Key // of its path and bytes; zero where they could not be read
	parsed
	clues *tagger.Clues // nil as long as nobody asked

	kept, cluesKept bool // they are in the cache
}

// parsed is what the file of an incident says. The incident is nil where it is no text.
type parsed struct {
	Incident *incident.Incident
	Problems problem.List
}

// The codecs of what is kept, and what names their structure.
var (
	parsedCodec = cache.NewCodec[parsed]()
	cluesCodec  = cache.NewCodec[tagger.Clues]()
	shapes      = parsedCodec.Shape() + cluesCodec.Shape()
)

// reader reads the files of a library in one look at it. It is safe for concurrent use.
type reader struct {
	fsys   fs.FS
	opt    record.Options
	hold   bool
	store  *cache.Store
	stamps cache.Stamps
	now    time.Time
}

// read reads a file that was read before as last, nil for none. Where its stamp tells that
// nothing changed it is not opened, unless it must be.
func (r *reader) read(at located, last *report, must bool) *report {
	now := &report{}
	now.stamp, now.trusted = cache.StampOf(at.info, r.now)
	if last != nil && last.trusted && last.stamp == now.stamp && !must {
		return last
	}
	if known, ok := r.stamps[at.path]; last == nil && ok && now.trusted && known.Stamp == now.stamp && r.find(now, known.Content) {
		return now
	}
	src, err := fs.ReadFile(r.fsys, at.path)
	if err != nil {
		now.trusted = false
		now.Problems = unreadable(at.path, err)
		return r.held(now, last)
	}
	content := cache.KeyOf([]byte(at.path), src)
	if last != nil && last.content == content {
		again := *last
		again.stamp, again.trusted = now.stamp, now.trusted
		return &again
	}
	if !r.find(now, content) {
		now.content = content
		now.Incident, now.Problems = record.Parse(at.path, src, r.opt)
	}
	return r.held(now, last)
}

func unreadable(path string, err error) problem.List {
	return problem.List{{Rule: "unreadable", Level: problem.Error, Path: path,
		Text: "file cannot be read: " + problem.Reason(err), Hint: "check its permissions"}}
}

// find fills a report from the cache.
func (r *reader) find(into *report, content cache.Key) bool {
	data, ok := r.store.Find(content)
	if !ok {
		return false
	}
	p, err := parsedCodec.Decode(data)
	if err != nil {
		return false
	}
	into.parsed, into.content, into.kept = *p, content, true
	if data, ok = r.store.Find(cluesKey(content)); ok {
		if clues, err := cluesCodec.Decode(data); err == nil {
			into.clues, into.cluesKept = clues, true
		}
	}
	return true
}

// cluesKey is the key of the clues of a file.
func cluesKey(content cache.Key) cache.Key { return cache.KeyOf([]byte("clues"), content[:]) }

// halfRead are the rules of files that say something other than their authors mean.
var halfRead = map[string]bool{
	"unreadable": true, "binary-file": true, "utf-16": true, "file-too-large": true, "empty-file": true, "open-fence": true, "front-matter-type": true,
	"yaml-syntax": true, "yaml-documents": true, "yaml-too-large": true, "toml-syntax": true,
}

// held is the report with the incident that its file was before, where it cannot be read whole and
// that is asked for.
func (r *reader) held(now, last *report) *report {
	if !r.hold || last == nil || last.Incident == nil {
		return now
	}
	for _, p := range now.Problems {
		if halfRead[p.Rule] {
			now.Incident, now.clues, now.kept, now.cluesKept = last.Incident, last.clues, true, true // never written
			return now
		}
	}
	return now
}
