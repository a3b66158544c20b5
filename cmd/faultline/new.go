package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"faultline/site/scaffold"
)

func newNew(opt *shared) *cobra.Command {
	var date, kind string
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Start a postmortem from the template",
		Long: `Start a postmortem: a draft in the library's folder incidents, from its
templates/incident.md or the built-in template. --kind begins it from another one:
templates/KIND.md, or one of those built in (brief, sre, five-whys, learning-review).

  faultline new "Checkout answered 503 for forty minutes"
  faultline new --kind brief "Feed an hour late"`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			if date == "" {
				date = time.Now().Format(time.DateOnly)
			}
			if _, err := time.Parse(time.DateOnly, date); err != nil {
				return hinted{fmt.Errorf("--date %q is not a day", date), "write it as YYYY-MM-DD"}
			}
			root, err := opt.findRoot()
			if err != nil {
				return err
			}
			path, err := scaffold.Incident(root, kind, args[0], date)
			if errors.Is(err, fs.ErrExist) {
				return hinted{fmt.Errorf("%q exists already", fromHere(path)), "give the incident another title or --date"}
			}
			if errors.Is(err, scaffold.ErrNoKind) {
				return hinted{err, "choose one of " + kindsOf(root)}
			}
			if err != nil {
				return err
			}
			return printNew(cmd, opt, path)
		},
	}
	cmd.Flags().StringVar(&date, "date", "", "day of the incident, YYYY-MM-DD (default: today)")
	cmd.Flags().StringVar(&kind, "kind", scaffold.DefaultKind, "template to begin with")
	return cmd
}

// kindsOf names the templates of the library.
func kindsOf(root string) string {
	kinds, _ := scaffold.Kinds(os.DirFS(root)) // those that can be read
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.Name
	}
	return strings.Join(names, ", ")
}

func printNew(cmd *cobra.Command, opt *shared, path string) error {
	path = fromHere(path)
	if opt.json {
		return printJSON(cmd.OutOrStdout(), map[string]string{"path": path})
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "wrote %s\nnext: edit it with \"faultline serve\" running, and set status: published when it is reviewed\n",
		path)
	return err
}

// fromHere writes a path relative to the working folder where it lies below it.
func fromHere(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if short, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(short) {
		return filepath.ToSlash(short)
	}
	return filepath.ToSlash(path)
}
