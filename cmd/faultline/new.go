package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"faultline/site/scaffold"
)

func newNew(opt *shared) *cobra.Command {
	var date string
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Start a postmortem from the template",
		Long: `Start a postmortem: a draft in the library's folder incidents, from its
templates/incident.md or the built-in template.

  faultline new "Checkout answered 503 for forty minutes"`,
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
			path, err := scaffold.Incident(root, args[0], date)
			if errors.Is(err, fs.ErrExist) {
				return hinted{fmt.Errorf("%q exists already", fromHere(path)), "give the incident another title or --date"}
			}
			if err != nil {
				return err
			}
			return printNew(cmd, opt, path)
		},
	}
	cmd.Flags().StringVar(&date, "date", "", "day of the incident, YYYY-MM-DD (default: today)")
	return cmd
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
