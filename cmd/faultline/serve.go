package main

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"faultline/content"
	"faultline/site"
	"faultline/site/author"
	"faultline/site/problem"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	host, asOf            string
	port                  int
	example, drafts, poll bool
}

func newServe(opt *shared) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the library while you write, reloading after each save",
		Long: `Show the library on the loopback interface and reload the browser after each
save. Drafts are shown. Pages are rendered when they are asked for, from the newest
state of the library that could be read.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd, opt, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.host, "host", "127.0.0.1", "loopback address to listen on")
	flags.IntVar(&f.port, "port", 0, "port to listen on (default: 1313, or the next that is free)")
	flags.BoolVar(&f.example, "example", false, "serve the embedded example library")
	flags.BoolVar(&f.drafts, "drafts", true, "show drafts")
	flags.StringVar(&f.asOf, "as-of", "", "the day the site speaks of, YYYY-MM-DD (default: the newest date in the library)")
	flags.BoolVar(&f.poll, "poll", false, "look for changes once a second, for file systems that do not report them")
	return cmd
}

func runServe(cmd *cobra.Command, opt *shared, f serveFlags) error {
	day, err := parseDay(f.asOf)
	if err != nil {
		return err
	}
	open, watch, err := serveSource(opt, f)
	if err != nil {
		return err
	}
	asked := &site.Suggestions{}
	return author.Serve(cmd.Context(), author.Config{
		Host:  f.host,
		Port:  f.port,
		Watch: watch,
		Skip:  site.IsSite,
		Poll:  f.poll,
		Log:   cmd.ErrOrStderr(),
		Open: func(context.Context) (author.Snapshot, problem.List, error) {
			return openSnapshot(open, site.LoadOptions{Drafts: f.drafts, AsOf: day, Suggest: true, Suggestions: asked})
		},
		Ready: func(url string) { printReady(cmd, opt, url, watch) },
	})
}

// serveSource returns how to open the library that is served, and the folders to
// watch. A folder is opened again for each snapshot, because it may have been
// replaced as a whole.
func serveSource(opt *shared, f serveFlags) (open func() (fs.FS, error), watch []string, err error) {
	if f.example {
		return func() (fs.FS, error) { return content.Library, nil }, nil, nil
	}
	root, err := opt.findRoot()
	if err != nil {
		return nil, nil, err
	}
	return func() (fs.FS, error) { return site.Open(root) }, []string{root}, nil
}

func openSnapshot(open func() (fs.FS, error), opt site.LoadOptions) (author.Snapshot, problem.List, error) {
	fsys, err := open()
	if err != nil {
		return nil, nil, err
	}
	lib, err := site.Load(fsys, opt)
	if err != nil {
		return nil, nil, err
	}
	s, err := site.New(lib, site.Options{Reload: true})
	return s, lib.Problems, err
}

func printReady(cmd *cobra.Command, opt *shared, url string, watch []string) {
	if opt.json {
		_ = printJSON(cmd.OutOrStdout(), struct {
			URL   string   `json:"url"`
			Watch []string `json:"watch"`
		}{url, append([]string{}, watch...)})
		return
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s (press Ctrl-C to stop)\n", url)
}
