package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"faultline/content"
	"faultline/site"
	"faultline/site/author"
	"faultline/site/author/desk"
	"faultline/site/problem"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	host, asOf, editor          string
	names                       []string
	port                        int
	example, drafts, poll, open bool
}

func newServe(opt *shared) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show the library while you write, following each save",
		Long: `Show the library on the loopback interface and bring the browser up to date after
each save. Drafts are shown. Pages are rendered when they are asked for, from the newest
state of the library that could be read.

Beside each page stands what a writer wants to know: problems with their lines, the terms
that the text suggests (a accepts, r rejects), incidents that look like this one, and what
the report leaves open. Links to files open the editor: VS Code, or the one that --editor
or "editor:" in faultline.yaml names, such as vscodium, cursor, zed, idea, sublime or the
form of a link, "emacs://open?file={path}&line={line}".

Who can reach the address can read the library and edit it. --host opens it to other
machines, which ask for it by its address or by a name that --allow-host gives.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd, opt, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.host, "host", "127.0.0.1", "address to listen on; one that others can reach is warned of")
	flags.StringSliceVar(&f.names, "allow-host", nil, "name by which browsers may ask for the site; may be given many times")
	flags.StringVar(&f.editor, "editor", "", "editor that links open, by name or as the form of a link (default: editor in faultline.yaml, else vscode)")
	flags.BoolVar(&f.open, "open", false, "open the site in the browser")
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
	if _, err := desk.ParseEditor(f.editor); err != nil {
		return usage(err)
	}
	loader := site.NewLoader(site.LoadOptions{Drafts: f.drafts, AsOf: day, Suggest: true, Hold: true}, strings.Join(watch, ""), opt.cacheOf(strings.Join(watch, "")))
	defer remember(loader)
	var last *site.Site
	return author.Serve(cmd.Context(), author.Config{
		Host:       f.host,
		AllowHosts: f.names,
		Port:       f.port,
		Watch:      watch,
		Skip:       site.IsSite,
		Poll:       f.poll,
		Root:       strings.Join(watch, ""), // one folder, or none
		Editor:     f.editor,
		Log:        cmd.ErrOrStderr(),
		Open: func(_ context.Context, changed []string) (author.Snapshot, problem.List, error) {
			s, problems, err := openSnapshot(open, loader, changed, last)
			if err != nil {
				return nil, problems, err
			}
			last = s
			return s, problems, nil
		},
		Ready: func(url string) {
			printReady(cmd, opt, url, watch)
			go remember(loader) // while the first page is read
			if f.open {
				showSite(cmd.ErrOrStderr(), url)
			}
		},
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

func openSnapshot(open func() (fs.FS, error), loader *site.Loader, changed []string, last *site.Site) (*site.Site, problem.List, error) {
	fsys, err := open()
	if err != nil {
		return nil, nil, err
	}
	lib, err := loader.Load(fsys, changed)
	if err != nil {
		return nil, nil, err
	}
	s, err := site.Follow(last, lib, site.Options{Reload: true})
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

// showSite opens the URL in the person's browser. Where that fails the person can still
// follow the link.
func showSite(w io.Writer, url string) {
	command := []string{"xdg-open", url}
	switch runtime.GOOS {
	case "darwin":
		command = []string{"open", url}
	case "windows":
		command = []string{"rundll32", "url.dll,FileProtocolHandler", url}
	}
	opener := exec.Command(command[0], command[1:]...)
	if err := opener.Start(); err != nil {
		fmt.Fprintf(w, "the browser cannot be opened: %v\n", err)
		return
	}
	go func() { _ = opener.Wait() }() // it may live as long as the browser
}
