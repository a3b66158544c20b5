package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/incident"
)

func newExport(opt *shared) *cobra.Command {
	var (
		format string
		drafts bool
	)
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print every incident with all that was read from it",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "json" {
				return hinted{fmt.Errorf("unknown format %q", format), "the format is json"}
			}
			lib, err := opt.load(site.LoadOptions{Drafts: drafts, Suggest: true})
			if err != nil {
				return err
			}
			return printJSON(cmd.OutOrStdout(), append([]*incident.Incident{}, lib.Incidents...))
		},
	}
	cmd.Flags().StringVar(&format, "format", "json", "format: json, one array of incidents")
	cmd.Flags().BoolVar(&drafts, "drafts", false, "export drafts too")
	return cmd
}
