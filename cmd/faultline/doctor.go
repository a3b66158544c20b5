package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/phrase"
	"faultline/site/survey"
)

func newDoctor(opt *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say what was understood of the library and what is most worth mending",
		Long: `Say what was understood of the library: the forms of report it holds, how many
incidents give each fact, and the ten things most worth mending, each with an
example. It is the place to start with a folder that was not written for Faultline.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lib, err := opt.load(site.LoadOptions{Drafts: true})
			if err != nil {
				return err
			}
			found := survey.Of(lib)
			if opt.json {
				return printJSON(cmd.OutOrStdout(), found)
			}
			return printSurvey(cmd.OutOrStdout(), found)
		},
	}
}

func printSurvey(w io.Writer, s survey.Survey) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s\n", phrase.Count(s.Incidents, "incident"), phrase.Count(s.Drafts, "draft"))
	b.WriteString("\nWritten as\n")
	for _, f := range s.Formats {
		fmt.Fprintf(&b, "  %5d  %s\n", f.N, f.Name)
	}
	b.WriteString("\nUnderstood\n")
	for _, f := range s.Facts {
		fmt.Fprintf(&b, "  %5d of %d  %s\n", f.N, f.Of, f.Fact)
	}
	b.WriteString("\nMost worth mending\n")
	if len(s.Mend) == 0 {
		b.WriteString("  nothing\n")
	}
	for i, f := range s.Mend {
		fmt.Fprintf(&b, "%3d. %s\n     for example %s\n", i+1, f.Text, f.Example)
		if f.Example.Hint != "" {
			fmt.Fprintf(&b, "     hint: %s\n", f.Example.Hint)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
