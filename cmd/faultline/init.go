package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"faultline/site/scaffold"
)

func newInit(opt *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Start a library",
		Long: `Start a library in DIR: faultline.yaml, a .gitignore, and a netlify.toml with
which Netlify builds and hosts it. Files that are there already are left alone.`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error {
			written, err := scaffold.Library(args[0])
			if errors.Is(err, fs.ErrExist) {
				return hinted{fmt.Errorf("%q is a library already", args[0]), "add an incident with faultline new \"Title\""}
			}
			if err != nil {
				return err
			}
			if opt.json {
				return printJSON(cmd.OutOrStdout(), map[string][]string{"written": written})
			}
			for _, path := range written {
				fmt.Fprintln(cmd.OutOrStdout(), "wrote", path)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "next: cd %s, faultline new \"Title\", faultline serve\n", args[0])
			return err
		},
	}
}
