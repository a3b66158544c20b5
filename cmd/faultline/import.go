package main

import (
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"faultline/site/importer"
	"faultline/site/record"
)

// importFlags are the flags of import.
type importFlags struct{ format string }

func newImport(opt *shared) *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import SOURCE…",
		Short: "Import postmortems as they are found",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return hinted{errors.New("import needs something to import"), `write faultline import report.html, a folder, or - for standard input`}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return runImport(cmd, opt, f, args) },
	}
	cmd.Flags().StringVar(&f.format, "format", "", "format of the sources (default: as each is recognized)")
	return cmd
}

func runImport(cmd *cobra.Command, opt *shared, f importFlags, args []string) error {
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetEscapeHTML(false)
	sources, problems := importer.List(args)
	for _, src := range sources {
		src, found := src.Read(cmd.InOrStdin())
		problems = append(problems, found...)
		if src.Data == nil {
			continue
		}
		reports, found := importer.Read(src, f.format)
		problems = append(problems, found...)
		for _, r := range reports {
			i, found := r.Incident(record.Options{})
			problems = append(problems, found...)
			if i == nil {
				continue
			}
			if err := encoder.Encode(importer.FactsOf(r.Path, i)); err != nil {
				return err
			}
		}
	}
	return nil
}
