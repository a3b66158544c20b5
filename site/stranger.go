package site

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
)

// A file of a library is an incident unless it says otherwise. But people also point
// at folders that hold something else: a repository with its documentation, a disk
// full of logs. Such strangers are told from reports by what they do not say.
const (
	fewStrangers  = 10  // files in a folder, up to which each is reported by itself
	strangerShare = .9  // of the files of a folder that make it a stranger as a whole
	manyStrangers = 500 // files, above which a library of nearly nothing else is none
	noneShare     = .99
)

// isStranger reports whether the text has nothing that a report of an incident has: no
// day, no timeline, no cause, no impact, and no front matter that says of them.
func isStranger(inc *incident.Incident) bool {
	if inc.Date.Known() || inc.Organization != nil || inc.Severity != nil || inc.Duration.Known() || inc.Status == incident.Draft || inc.HasTimeline() ||
		len(inc.Services)+len(inc.Actions)+len(inc.Symptoms)+len(inc.Lessons)+len(inc.WrongTurns) > 0 {
		return false
	}
	for _, tags := range inc.Terms {
		if len(tags) > 0 {
			return false
		}
	}
	return !slices.ContainsFunc(inc.Sections, func(s incident.Section) bool {
		return s.Kind != incident.OtherSection && s.Kind != incident.SummarySection && s.Kind != incident.BackgroundSection
	})
}

// folderCount counts the files below a folder.
type folderCount struct{ files, strangers int }

func (c folderCount) strange() bool {
	return c.files > fewStrangers && float64(c.strangers) >= strangerShare*float64(c.files)
}

// leaveStrangers takes the strangers out that are text files, or of which there are so
// many that the folder cannot be meant as a library. Folders of strangers become one
// problem each instead of several for each file.
func leaveStrangers(incidents []*incident.Incident) ([]*incident.Incident, *sorter) {
	counts := map[string]*folderCount{}
	for _, inc := range incidents {
		strange := isStranger(inc)
		eachFolder(inc.Path, func(folder string) bool {
			c := counts[folder]
			if c == nil {
				c = &folderCount{}
				counts[folder] = c
			}
			c.files++
			if strange {
				c.strangers++
			}
			return true
		})
	}
	s := &sorter{counts: counts, out: map[string][]string{}, silent: map[string]bool{}, gone: map[string]bool{}, homes: map[string]bool{}}
	if all := counts["."]; all != nil && all.strangers > manyStrangers && float64(all.strangers) >= noneShare*float64(all.files) {
		s.none = true
	}
	return slices.DeleteFunc(slices.Clone(incidents), s.leavesOut), s
}

// eachFolder calls f for the folders above a file, from the root on, until it returns
// false.
func eachFolder(file string, f func(folder string) bool) {
	if !f(".") {
		return
	}
	for i, c := range file {
		if c == '/' && !f(file[:i]) {
			return
		}
	}
}

// sorter tells strangers that are left out from those that stay.
type sorter struct {
	counts map[string]*folderCount
	none   bool                // the library is no library
	out    map[string][]string // files left out, by the folder that they are reported of
	homes  map[string]bool     // folders that strangers are reported of
	silent map[string]bool     // strangers whose own problems would only repeat that
	gone   map[string]bool     // those of them that were left out: no page shows what is wrong with them
}

func (s *sorter) leavesOut(inc *incident.Incident) bool {
	if !isStranger(inc) {
		return false
	}
	folder := s.folderOf(inc.Path)
	s.homes[folder] = true
	if s.none || strings.EqualFold(path.Ext(inc.Path), ".txt") {
		s.out[folder] = append(s.out[folder], inc.Path)
		s.gone[inc.Path] = true
		return true
	}
	s.silent[inc.Path] = s.counts[folder].strange()
	return false
}

// folderOf is the highest folder of strangers that the file is in, or the one inside
// it that holds them all; else the file's own.
func (s *sorter) folderOf(file string) string {
	found, strangers := path.Dir(file), -1
	eachFolder(file, func(folder string) bool {
		c := s.counts[folder]
		if c == nil || strangers >= 0 && c.strangers < strangers {
			return false
		}
		if c.strange() {
			found, strangers = folder, c.strangers
		}
		return true
	})
	return found
}

// takesBack reports whether a problem of a file need not be told: what is strange in its folder
// says it all.
func (s *sorter) takesBack(p problem.Problem) bool {
	return s.gone[p.Path] || s.silent[p.Path] && (p.Rule == "no-date" || p.Rule == "no-title" || p.Rule == "no-summary")
}

// problems says of each folder what is strange in it.
func (s *sorter) problems() problem.List {
	var list problem.List
	for _, folder := range slices.Sorted(maps.Keys(s.homes)) {
		c := s.counts[folder]
		p := problem.Problem{Rule: "no-reports", Level: problem.Warning, Path: folder, Hint: ignoreHint(folder)}
		switch out := s.out[folder]; {
		case len(out) > fewStrangers:
			p.Text = fmt.Sprintf("%d of %d files say nothing of an incident, no date, timeline, cause or impact, and %d were left out", c.strangers, c.files, len(out))
		case len(out) > 0:
			list = append(list, leftOut(out)...)
			continue
		case c.strange():
			p.Text = fmt.Sprintf("%d of %d files say nothing of an incident: no date, timeline, cause or impact", c.strangers, c.files)
		default:
			continue
		}
		list = append(list, p)
	}
	return list
}

func ignoreHint(folder string) string {
	if folder == "." {
		return "name the folder of the reports with --library, or give the files front matter with a date"
	}
	return fmt.Sprintf("add %q to ignore: in faultline.yaml, or give the files front matter with a date", folder+"/**")
}

// leftOut is a problem for each of a few files.
func leftOut(files []string) problem.List {
	var list problem.List
	for _, file := range files {
		list = append(list, problem.Problem{Rule: "no-report", Level: problem.Warning, Path: file,
			Text: "text file says nothing of an incident, no date, timeline, cause or impact, and was left out",
			Hint: "give it front matter with a date if it is a report"})
	}
	return list
}
