package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/incident"
	"faultline/site/refactor"
)

func newTaxonomy(opt *shared) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "taxonomy",
		Short: "Show, measure and refactor the vocabulary",
		Long: `Show, measure and refactor the vocabulary.

A TERM is an id, or with its dimension cause:overload where several dimensions have
the id. The commands that change it (rename, merge, split, deprecate) rewrite the
front matter of all incidents and taxonomy.yaml together, all files or none, and
print the diff; nothing but the terms changes in any file. With --dry-run they
print and write nothing. The pages of former ids lead to the terms of today.`,
		Args: aCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newTaxonomyList(opt), newTaxonomyShow(opt), newTaxonomyHealth(opt), newRename(opt), newMerge(opt), newSplit(opt), newDeprecate(opt))
	return cmd
}

// use is how often people have given a term to the incidents of the library.
type use struct {
	Author   int `json:"author"`
	Accepted int `json:"accepted"`
	Of       int `json:"of"`
}

func (u use) String() string { return fmt.Sprintf("%d of %d", u.Author+u.Accepted, u.Of) }

// usesOf counts the uses of all the terms of a dimension.
func usesOf(lib *incident.Library, d incident.Dimension) map[string]use {
	uses := map[string]use{}
	for _, inc := range lib.Incidents {
		if d == incident.Gap && inc.DetectionGap != nil {
			u := uses[*inc.DetectionGap]
			u.Author++
			uses[*inc.DetectionGap] = u
		}
		if d == incident.Gap {
			continue
		}
		for _, tag := range inc.Terms[d] {
			u := uses[tag.ID]
			switch tag.Provenance {
			case incident.Author:
				u.Author++
			case incident.Accepted:
				u.Accepted++
			}
			uses[tag.ID] = u
		}
	}
	return uses
}

// termView is a term as list and show print it.
type termView struct {
	Dimension string `json:"dimension"`
	incident.Term
	Cues int `json:"cues"`
	Uses use `json:"uses"`
}

func newTaxonomyList(opt *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the terms with how many incidents have them",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lib, err := opt.load(site.LoadOptions{Drafts: true})
			if err != nil {
				return err
			}
			terms := []termView{}
			for d := incident.Trigger; d <= incident.Gap; d++ {
				uses := usesOf(lib, d)
				for _, t := range lib.Vocabulary.Terms(d) {
					u := uses[t.ID]
					u.Of = len(lib.Incidents)
					terms = append(terms, termView{d.Field(), t, len(t.Cues), u})
				}
			}
			if opt.json {
				return printJSON(cmd.OutOrStdout(), terms)
			}
			return printTermList(cmd.OutOrStdout(), terms)
		},
	}
}

func printTermList(w io.Writer, terms []termView) error {
	var b strings.Builder
	for i, t := range terms {
		if i == 0 || terms[i-1].Dimension != t.Dimension {
			fmt.Fprintf(&b, "%s\n", t.Term.Dimension.Plural())
		}
		label := t.Label
		if t.Deprecated != "" {
			label += " (deprecated: " + t.Deprecated + ")"
		}
		fmt.Fprintf(&b, "%12s  %-28s %s\n", t.Uses, t.ID, label)
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

func newTaxonomyShow(opt *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "show TERM",
		Short: "Show what is known of a term and which incidents have it",
		Args:  oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, err := opt.load(site.LoadOptions{Drafts: true})
			if err != nil {
				return err
			}
			found, err := refactor.Find(lib, args[0])
			if err != nil {
				return usage(err)
			}
			term, _ := lib.Vocabulary.Lookup(found.Dimension, found.ID)
			term.Dimension, term.ID = found.Dimension, found.ID
			u := usesOf(lib, found.Dimension)[found.ID]
			u.Of = len(lib.Incidents)
			view := struct {
				termView
				Incidents []string `json:"incidents"`
			}{termView{found.Dimension.Field(), term, len(term.Cues), u}, []string{}}
			for _, inc := range refactor.Having(lib, found) {
				view.Incidents = append(view.Incidents, inc.Path)
			}
			if opt.json {
				return printJSON(cmd.OutOrStdout(), view)
			}
			return printTerm(cmd.OutOrStdout(), view.termView, view.Incidents)
		},
	}
}

func printTerm(w io.Writer, t termView, incidents []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%s\n", t.Dimension, t.ID)
	if t.Label == "" {
		b.WriteString("  not in the vocabulary\n")
	}
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-14s %s\n", name, text)
		}
	}
	line("label", t.Label)
	line("definition", t.Definition)
	line("deprecated", t.Deprecated)
	line("aliases", strings.Join(t.Aliases, ", "))
	line("parent", t.Parent)
	for _, c := range t.ConfusedWith {
		line("confused with", strings.Join(present(c.ID, c.Because), ": "))
	}
	line("goes with", strings.Join(t.GoesWith, ", "))
	line("source", t.Source)
	line("formerly", strings.Join(t.Formerly, ", "))
	if t.Cues > 0 {
		line("cues", fmt.Sprint(t.Cues))
	}
	line("incidents", fmt.Sprintf("%s, %d tagged by their authors", t.Uses, t.Uses.Author))
	for _, path := range incidents {
		fmt.Fprintf(&b, "    %s\n", path)
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// usage gives an error of the request its hint.
func usage(err error) error {
	if u := (*refactor.Usage)(nil); errors.As(err, &u) {
		return hinted{err, u.Hint}
	}
	return err
}
