package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/importer"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// importFlags are the flags of import.
type importFlags struct {
	format  string
	columns map[string]string // of CSV files: field by column
	dryRun  bool
}

// check is an error for a value that no import can have.
func (f importFlags) check() error {
	if err := importer.CheckFormat(f.format); err != nil {
		return hinted{err, "the formats are " + strings.Join(importer.Formats(), ", ")}
	}
	for _, column := range slices.Sorted(maps.Keys(f.columns)) {
		if field := f.columns[column]; field != "" && !slices.Contains(importer.ColumnFields(), field) {
			return hinted{fmt.Errorf("--map %s=%s: unknown field %q", column, field, field), "the fields are " + strings.Join(importer.ColumnFields(), ", ")}
		}
	}
	return nil
}

func newImport(opt *shared) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import SOURCE…",
		Short: "Import postmortems as they are found",
		Long: `Import postmortems as they are found: text, saved web pages, wiki exports,
Markdown of any kind, status pages and their feeds, GitHub issues, tables.

  faultline import wiki-export/ review.html https-status.json
  faultline import --dry-run wiki-export/
  gh issue list --label incident --json number,title,body,createdAt,closedAt,comments,url,author | faultline import -

Each incident becomes a Markdown file in the library's folder incidents, with what
was read from its text in the front matter, its images beside it, and the original
in _sources. Importing a source again brings what is new in it and leaves your edits
as they are. With --json nothing is written: one object a report says what is read.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return hinted{errors.New("import needs something to import"), "write faultline import report.html, a folder, or - for standard input"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			if opt.json {
				return printFacts(cmd, opt, f, args)
			}
			return runImport(cmd, opt, f, args)
		},
	}
	cmd.Flags().StringVar(&f.format, "format", "", "format of the sources: "+strings.Join(importer.Formats(), ", ")+" (default: as each is recognized)")
	cmd.Flags().StringToStringVar(&f.columns, "map", nil, "what a column of a CSV file is, as COLUMN=FIELD; may be given many times")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "show what would be written, and write nothing")
	return cmd
}

// intake reads sources one after the other and gathers what is wrong with them.
type intake struct {
	cmd      *cobra.Command
	flags    importFlags
	known    record.Options
	problems problem.List
}

// each hands the reports of every source on, and ends at the first error.
func (n *intake) each(args []string, use func(importer.Source, []importer.Report) error) error {
	sources, problems := importer.List(args)
	n.add(problems)
	bar := newProgress(n.cmd.ErrOrStderr(), len(sources))
	defer bar.clear()
	for _, src := range sources {
		if err := n.cmd.Context().Err(); err != nil {
			return err
		}
		src.Columns, src.Severities = n.flags.columns, n.known.Config.Severities
		src, problems := src.Read(n.cmd.InOrStdin())
		n.add(problems)
		if len(problems) == 0 {
			reports, problems := importer.Read(src, n.flags.format)
			n.add(problems)
			bar.clear()
			if err := use(src, reports); err != nil {
				return err
			}
		}
		bar.step()
	}
	return nil
}

func (n *intake) add(problems problem.List) { n.problems = append(n.problems, problems...) }

// taggerFor makes a tagger for the library's vocabulary, else for the built-in one.
func taggerFor(known record.Options) *tagger.Tagger {
	if known.Vocabulary == nil {
		known.Vocabulary = taxonomy.BuiltIn()
	}
	return tagger.New(known.Vocabulary, tagger.Options{})
}

// printFacts prints what is read of each report, one JSON object a line.
func printFacts(cmd *cobra.Command, opt *shared, f importFlags, args []string) error {
	known, err := opt.settings()
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetEscapeHTML(false)
	n := &intake{cmd: cmd, flags: f, known: known}
	tags := taggerFor(known)
	err = n.each(args, func(_ importer.Source, reports []importer.Report) error {
		for _, r := range reports {
			i, problems := r.Incident(known)
			n.add(problems)
			if i == nil {
				continue
			}
			facts := importer.FactsOf(r.Path, i)
			facts.Suggest(tags.Suggest(i))
			if err := encoder.Encode(facts); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := n.problems.Write(cmd.ErrOrStderr()); err != nil {
		return err
	}
	return verdict(n.problems, false)
}

// settings are those of the library, the defaults where there is none.
func (s *shared) settings() (record.Options, error) {
	root, err := s.findRoot()
	if errors.Is(err, site.ErrNoLibrary) && s.library == "" {
		return record.Options{}, nil
	}
	if err != nil {
		return record.Options{}, err
	}
	fsys, err := site.Open(root)
	if err != nil {
		return record.Options{}, err
	}
	lib, err := site.Settings(fsys)
	if err != nil {
		return record.Options{}, err
	}
	return record.Options{Config: lib.Config, Vocabulary: lib.Vocabulary}, nil
}

func runImport(cmd *cobra.Command, opt *shared, f importFlags, args []string) error {
	root, err := opt.findRoot()
	if err != nil {
		return err
	}
	lib, err := load(root, site.LoadOptions{Drafts: true})
	if err != nil {
		return err
	}
	dir, err := os.OpenRoot(root)
	if err != nil {
		return fmt.Errorf("open library: %w", err)
	}
	defer dir.Close()
	n := &intake{cmd: cmd, flags: f, known: record.Options{Config: lib.Config, Vocabulary: lib.Vocabulary}}
	done, err := n.into(importer.Open(dir, lib.Incidents, n.known), args)
	if err != nil {
		return err
	}
	if err := serious(n.problems).Write(cmd.OutOrStdout()); err != nil {
		return err
	}
	if err := printTally(cmd.OutOrStdout(), done, n.problems, f.dryRun); err != nil {
		return err
	}
	return verdict(n.problems, false)
}

// into plans and writes what the sources bring to the library, and counts it.
func (n *intake) into(lib *importer.Library, args []string) (map[importer.Kind]int, error) {
	done := map[importer.Kind]int{}
	err := n.each(args, func(src importer.Source, reports []importer.Report) error {
		changes, problems := lib.Plan(src, n.flags.format, reports)
		n.add(problems)
		if !n.flags.dryRun {
			n.add(lib.Apply(src, changes))
		}
		for _, c := range changes {
			done[c.Kind]++
		}
		return printChanges(n.cmd.OutOrStdout(), changes, n.flags.dryRun)
	})
	return done, err
}

// printChanges names the files that an import changes; a dry run shows what in them.
func printChanges(w io.Writer, changes []importer.Change, dryRun bool) error {
	var b strings.Builder
	for _, c := range changes {
		switch {
		case c.Kind == importer.Unchanged:
		case dryRun:
			b.WriteString(c.Diff())
		default:
			fmt.Fprintf(&b, "%-9s %s\n", c.Kind, c.Path)
		}
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// printTally ends an import with what it did.
func printTally(w io.Writer, done map[importer.Kind]int, problems problem.List, dryRun bool) error {
	verb := "imported"
	if dryRun {
		verb = "would import"
	}
	_, err := fmt.Fprintf(w, "%s %d: %d new, %d updated, %d unchanged, %d with conflicts; %s\n", verb,
		done[importer.New]+done[importer.Updated], done[importer.New], done[importer.Updated], done[importer.Unchanged], done[importer.Conflict], tally(problems))
	return err
}

// serious are the problems without the notes, which check shows.
func serious(all problem.List) problem.List {
	var list problem.List
	for _, p := range all {
		if p.Level != problem.Note {
			list = append(list, p)
		}
	}
	return list
}
