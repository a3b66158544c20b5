package site

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the image formats whose size is read
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	_ "golang.org/x/image/webp" // likewise

	"faultline/site/cache"
	"faultline/site/incident"
	"faultline/site/problem"
)

// assetTypes are the files that are copied into the site. HTML, scripts and style
// sheets are not: they would run as part of it.
var assetTypes = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".avif": true, ".svg": true,
	".pdf": true, ".txt": true, ".log": true, ".csv": true, ".tsv": true, ".json": true,
	".yaml": true, ".yml": true, ".md": true, ".gz": true, ".zip": true, ".mp4": true, ".webm": true,
}

// linker resolves the links of a library: to other incidents, to files beside
// them, and by id. It holds nothing of incidents but what links lead to.
type linker struct {
	fsys     fs.FS
	byPath   map[string]*page // all that were read, drafts included
	byPage   map[string]*page // the same by what they are called as pages; nil for two of one name
	paths    []string         // of all that were read
	measured *measurements
	assets   map[string]*incident.Asset // by path in the library
	byURL    map[string]*incident.Asset // by folded URL
	listed   map[string][]fs.DirEntry   // folders that broken links led into, each read once
	problems problem.List

	guesses int // comparisons with names that may still be made
	asked   int // how often it was guessed what was meant

	// what only relations ask for
	published []*incident.Incident
	byID      map[string]*incident.Incident // published, by id and alias
	folded    map[string]*incident.Incident // the same, folded
	ids       []string                      // of the published
}

// page is what links lead to of an incident.
type page struct {
	path, url string
	anchors   []string // of its headings
	shown     bool     // it is published
}

// maxGuesses is how many names are compared with broken links: about a second of work.
const maxGuesses = 1 << 18

// newLinker knows all incidents that were read and those of them that are published.
func newLinker(fsys fs.FS, all, published []*incident.Incident, m *measurements) *linker {
	l := &linker{fsys: fsys, byPath: make(map[string]*page, len(all)), byPage: make(map[string]*page, len(all)), measured: m, published: published,
		byID: make(map[string]*incident.Incident, len(published)), folded: make(map[string]*incident.Incident, len(published)),
		assets: map[string]*incident.Asset{}, byURL: map[string]*incident.Asset{}, listed: map[string][]fs.DirEntry{}, guesses: maxGuesses}
	for _, inc := range all {
		p := &page{path: inc.Path, url: inc.URL, anchors: anchorsOf(inc)}
		l.byPath[p.path] = p
		l.paths = append(l.paths, p.path)
		l.addPage(p)
	}
	for _, inc := range published {
		l.byPath[inc.Path].shown = true
		l.byID[inc.ID], l.folded[incident.Fold(inc.ID)] = inc, inc
		l.ids = append(l.ids, inc.ID)
	}
	return l
}

func anchorsOf(inc *incident.Incident) []string {
	anchors := make([]string, len(inc.Sections))
	for n, s := range inc.Sections {
		anchors[n] = s.Anchor
	}
	return anchors
}

// addAliases lets an incident be named by its old ids. An alias that is another
// incident's id, or its alias, is dropped with a problem: one URL cannot lead to two.
// One that folds to the incident's own id needs no page and is only a name.
func (l *linker) addAliases() {
	for n, inc := range l.published {
		kept := slices.DeleteFunc(slices.Clone(inc.Aliases), func(alias string) bool { return !l.addAlias(inc, alias) })
		if len(kept) < len(inc.Aliases) {
			with := *inc
			with.Aliases = kept
			l.replace(n, &with)
		}
	}
}

// addAlias is false for an alias that is dropped.
func (l *linker) addAlias(inc *incident.Incident, alias string) bool {
	other := l.folded[incident.Fold(alias)]
	switch {
	case other == nil:
		l.byID[alias], l.folded[incident.Fold(alias)] = inc, inc
	case other == inc:
		l.byID[alias] = inc
	default:
		l.report(inc.Path, 0, "duplicate-alias", problem.Error,
			fmt.Sprintf("alias %q already leads to %q", alias, other.Path), "remove the alias from one of the two")
		return false
	}
	return true
}

// replace puts another value in the place of a published incident.
func (l *linker) replace(n int, with *incident.Incident) {
	inc := l.published[n]
	for _, name := range append([]string{inc.ID}, inc.Aliases...) {
		if l.byID[name] == inc {
			l.byID[name] = with
		}
		if l.folded[incident.Fold(name)] == inc {
			l.folded[incident.Fold(name)] = with
		}
	}
	l.published[n] = with
}

// forget drops what only relations ask for, and what was said of them.
func (l *linker) forget() {
	l.published, l.byID, l.folded, l.ids, l.problems = nil, nil, nil, nil, nil
}

// linked are the links of an incident, resolved.
type linked struct {
	links    []incident.Link
	problems problem.List
	assets   []*incident.Asset // in the order of the links
	guesses  int               // how often it was guessed what was meant
}

// resolveAll resolves the links of an incident, which stays as it is.
func (l *linker) resolveAll(inc *incident.Incident) linked {
	if len(inc.Links) == 0 {
		return linked{links: inc.Links}
	}
	before, asked := len(l.problems), l.asked
	out := linked{links: slices.Clone(inc.Links)}
	for n := range out.links {
		link := &out.links[n]
		l.resolve(inc, link)
		if link.Target.Asset != nil {
			out.assets = append(out.assets, link.Target.Asset)
		}
	}
	out.problems, l.problems = slices.Clone(l.problems[before:]), l.problems[:before]
	out.guesses = l.asked - asked
	return out
}

func (l *linker) resolve(inc *incident.Incident, link *incident.Link) {
	target, anchor, local := splitLink(link.Destination)
	switch {
	case !local:
	case target == "":
		link.Target = l.toHeading(inc, l.byPath[inc.Path], anchor, link)
	default:
		l.resolvePath(inc, link, target, anchor)
	}
}

func (l *linker) resolvePath(inc *incident.Incident, link *incident.Link, target, anchor string) {
	name := path.Join(path.Dir(inc.Path), target)
	if strings.HasPrefix(target, "/") {
		name = path.Clean(target)[1:]
	}
	switch other := l.incidentAt(name); {
	case !fs.ValidPath(name):
		l.broken(inc, link, "leads out of the library", "copy the file into the library")
	case other != nil && other.shown:
		link.Target = l.toHeading(inc, other, anchor, link)
	case other != nil:
		l.broken(inc, link, "leads to a draft, which is not published", "publish it, or build with --drafts")
	default:
		link.Target.Asset = l.asset(inc, link, l.fileAt(name))
	}
}

// toHeading leads to an incident, or to a heading of it.
func (l *linker) toHeading(from *incident.Incident, to *page, anchor string, link *incident.Link) incident.Target {
	if anchor == "" || slices.Contains(to.anchors, anchor) {
		return incident.Target{Page: to.url, Anchor: anchor}
	}
	hint := "use the id of one of its headings"
	if near := l.nearest(anchor, to.anchors); near != "" {
		hint = fmt.Sprintf("did you mean %q?", "#"+near)
	}
	l.broken(from, link, fmt.Sprintf("%q has no heading %q", to.path, anchor), hint)
	return incident.Target{Page: to.url}
}

// asset returns the file of the library that the link shows, measured and hashed
// once however many links there are to it.
func (l *linker) asset(inc *incident.Incident, link *incident.Link, name string) *incident.Asset {
	if asset, ok := l.assets[name]; ok {
		return asset
	}
	if !assetTypes[strings.ToLower(path.Ext(name))] {
		l.missingOrRefused(inc, link, name)
		return nil
	}
	asset, err := l.measured.asset(l.fsys, name)
	if err != nil {
		l.broken(inc, link, notFound(err), l.nearestPath(name))
		return nil
	}
	l.assets[name] = l.sole(asset)
	return l.assets[name]
}

// sole returns the asset that stands for all with its URL on a disk that ignores
// case. They have one content, because the URL holds its hash.
func (l *linker) sole(asset *incident.Asset) *incident.Asset {
	key := incident.Fold(asset.URL)
	if l.byURL[key] == nil {
		l.byURL[key] = asset
	}
	return l.byURL[key]
}

func (l *linker) missingOrRefused(inc *incident.Incident, link *incident.Link, name string) {
	if info, err := fs.Stat(l.fsys, name); err != nil || info.IsDir() {
		l.broken(inc, link, "leads to no file of the library", l.nearestPath(name))
		return
	}
	l.broken(inc, link, "leads to a type of file that is not copied into the site",
		"link to images, PDF, text, CSV or JSON; HTML and scripts would run as part of the site")
}

func notFound(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "leads to no file of the library"
	}
	return "leads to a file that cannot be read: " + problem.Reason(err)
}

// nearest is the candidate that was most likely meant, as long as there are guesses
// left: a library whose every link is broken must not wait for them.
func (l *linker) nearest(word string, candidates []string) string {
	l.asked++
	if l.guesses < len(candidates) {
		return ""
	}
	l.guesses -= len(candidates)
	return problem.Nearest(word, candidates)
}

func (l *linker) nearestPath(name string) string {
	if same := l.sameButCase(name); same != "" {
		return fmt.Sprintf("did you mean %q? Upper and lower case differ", same)
	}
	if near := l.nearest(name, l.paths); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "check the path; it is relative to the file that holds the link"
}

func (l *linker) broken(inc *incident.Incident, link *incident.Link, text, hint string) {
	kind, rule := "link", "broken-link"
	if link.Image {
		kind, rule = "image", "missing-image"
	}
	l.report(inc.Path, link.Line, rule, problem.Warning, fmt.Sprintf("%s %q %s", kind, link.Destination, text), hint)
}

func (l *linker) report(path string, line int, rule string, level problem.Level, text, hint string) {
	l.problems = append(l.problems, problem.Problem{
		Rule: rule, Level: level, Path: path, Line: line, Text: text, Hint: hint})
}

// measurements remember the assets of a library from one look at it to the next.
type measurements struct {
	known map[string]measurement // by path
	now   time.Time              // of the look
}

type measurement struct {
	cache.Stamp
	asset *incident.Asset
}

// asset measures a file, unless its stamp tells that it has not changed.
func (m *measurements) asset(fsys fs.FS, name string) (*incident.Asset, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	last, known := m.known[name]
	stamp, believed := cache.StampOf(info, m.now)
	if known && believed && last.Stamp == stamp {
		return last.asset, nil
	}
	asset, err := measure(fsys, name)
	if err != nil {
		return nil, err
	}
	if known && *last.asset == *asset {
		asset = last.asset
	}
	if !believed {
		stamp = cache.Stamp{} // measured again the next time
	}
	m.known[name] = measurement{stamp, asset}
	return asset, nil
}

// measure reads a file of the library once for its hash and, for an image, its
// size. The hash is part of the URL, so that the file may be cached for ever.
func measure(fsys fs.FS, name string) (*incident.Asset, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, fs.ErrNotExist
	}
	hash, r := sha256.New(), bufio.NewReaderSize(f, headSize)
	head, _ := r.Peek(headSize)
	config, _, imageErr := image.DecodeConfig(io.TeeReader(r, hash))
	if _, err := io.Copy(hash, r); err != nil {
		return nil, err
	}
	asset := &incident.Asset{Path: name, URL: assetURL(name, hash.Sum(nil))}
	switch {
	case imageErr == nil:
		asset.Width, asset.Height = config.Width, config.Height
	case strings.EqualFold(path.Ext(name), ".svg"):
		asset.Width, asset.Height = measureSVG(bytes.NewReader(head))
	}
	return asset, nil
}

// assetURL keeps the file's path readable. What some disk could not store is
// written as "-", and a long name is cut: the hash keeps files apart.
func assetURL(name string, hash []byte) string {
	const longest = 200 // bytes of a name; disks take 255
	ext := path.Ext(name)
	folder, stem := path.Split(strings.TrimSuffix(name, ext))
	stem = strings.ToValidUTF8(stem[:min(len(stem), longest)], "")
	return "media/" + storablePath(folder+stem) + "." + hex.EncodeToString(hash[:5]) + strings.ToLower(ext)
}

// storablePath replaces what some system could not store as part of a path.
func storablePath(name string) string {
	parts := strings.Split(strings.Map(storable, name), "/")
	for i, part := range parts {
		if i < len(parts)-1 {
			part = strings.TrimRight(part, ". ")
		}
		if part == "" || incident.Reserved(part) {
			part = "-" + part
		}
		parts[i] = part
	}
	return strings.Join(parts, "/")
}

// storable replaces what cannot be part of a file's name on every system.
func storable(r rune) rune {
	if unicode.IsControl(r) || r == utf8.RuneError || strings.ContainsRune(`\\:*?"<>|`, r) {
		return '-'
	}
	return r
}
