package site

import (
	"io/fs"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// splitLink takes a destination apart. local is false for one that leaves the
// library: an absolute URL, or a protocol-relative one. A stray "%" stands for
// itself.
func splitLink(destination string) (target, anchor string, local bool) {
	u, err := url.Parse(destination)
	if err != nil && strings.Contains(destination, "%") {
		u, err = url.Parse(strings.ReplaceAll(destination, "%", "%25"))
	}
	if err != nil || u.IsAbs() || u.Host != "" {
		return "", "", false
	}
	return u.Path, u.Fragment, true
}

// pageOf is what a path is called as a page: without its extension, without the index
// of its folder, in one Unicode form. Reports link to each other in all these ways.
func pageOf(name string) string {
	name = norm.NFC.String(name)
	switch ext := path.Ext(name); strings.ToLower(ext) {
	case ".md", ".markdown", ".txt", ".html", ".htm":
		name = strings.TrimSuffix(name, ext)
	}
	if folder, base := path.Split(name); folder != "" && strings.EqualFold(base, "index") {
		name = strings.TrimSuffix(folder, "/")
	}
	return name
}

// incidentAt returns the incident that a path names: its file, else the one report
// that has the path as a page. It is nil for none.
func (l *linker) incidentAt(name string) *page {
	if p := l.byPath[name]; p != nil {
		return p
	}
	return l.byPage[pageOf(name)]
}

// addPage lets an incident be named as a page. Two reports with one page have none.
func (l *linker) addPage(p *page) {
	name := pageOf(p.path)
	if _, taken := l.byPage[name]; taken {
		p = nil
	}
	l.byPage[name] = p
}

// fileAt returns the path under which the disk has the file: names come in two
// Unicode forms, which look alike.
func (l *linker) fileAt(name string) string {
	for _, form := range [...]string{norm.NFC.String(name), norm.NFD.String(name)} {
		if form == name {
			continue
		}
		if _, err := fs.Stat(l.fsys, form); err == nil {
			return form
		}
	}
	return name
}

// sameButCase returns the file that differs from the path in case alone, "" for none.
func (l *linker) sameButCase(name string) string {
	folder, base := path.Dir(name), path.Base(name)
	entries, listed := l.listed[folder]
	if !listed {
		if read, err := fs.ReadDir(l.fsys, folder); err == nil {
			entries = read
		}
		l.listed[folder] = entries
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), base) {
			return path.Join(folder, e.Name())
		}
	}
	return ""
}
