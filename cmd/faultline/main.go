// Command faultline turns a folder of Markdown postmortems into an incident
// library: a static site to browse and search, with pages on what recurs.
//
// Each subcommand has a file of its own here; they parse flags, call package site
// and print. Exit status: 0 done, 1 the library has problems, 2 usage or machine.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // named zones are read alike on every machine

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/problem"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends what does not heed the first
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run executes one command line and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errProblems):
		return 1
	}
	fmt.Fprintf(stderr, "error: %v\n", err)
	if hint := hintFor(err); hint != "" {
		fmt.Fprintf(stderr, "hint: %s\n", hint)
	}
	return 2
}

// errProblems ends a command whose report has already been printed.
var errProblems = errors.New("the library has problems")

// hinted is an error that says what to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

func hintFor(of error) string {
	if h := (hinted{}); errors.As(of, &h) {
		return h.hint
	}
	for err, hint := range hints {
		if errors.Is(of, err) {
			return hint
		}
	}
	return ""
}

// hints say what to do about errors of package site.
var hints = map[error]string{
	site.ErrNoLibrary: "run in a folder that holds faultline.yaml or content/, name one with --library DIR, " +
		"start one with \"faultline init DIR\", or look at the example with \"faultline serve --example\"",
	site.ErrLibrary:  "choose another folder with --out, such as public",
	site.ErrOccupied: "choose another folder with --out, or empty this one",
	site.ErrBusy:     "wait for the other build, or choose another folder with --out",
}

// oneArg takes exactly one argument, named in the usage line.
func oneArg(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return hinted{fmt.Errorf("%s takes one argument, not %d", cmd.CommandPath(), len(args)),
			fmt.Sprintf("write %s, with quotes around several words", cmd.UseLine())}
	}
	return nil
}

// aCommand refuses a first word that is no command, and names the one that was
// perhaps meant.
func aCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	hint := fmt.Sprintf("see %q", cmd.CommandPath()+" --help")
	if near := problem.Nearest(args[0], names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return hinted{fmt.Errorf("unknown command %q", args[0]), hint}
}

// noArgs refuses arguments of a command that takes none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return hinted{fmt.Errorf("%s takes no argument, and got %q", cmd.CommandPath(), args[0]),
		"name the library with --library DIR"}
}

// shared holds the flags that every command has.
type shared struct {
	library string
	json    bool
	noCache bool
}

func newRoot() *cobra.Command {
	opt := &shared{}
	root := &cobra.Command{
		Use:           "faultline",
		Short:         "Turn a folder of Markdown postmortems into an incident library",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          aCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	flags := root.PersistentFlags()
	flags.StringVar(&opt.library, "library", "", "folder of the library (default: the nearest with faultline.yaml, else ./content)")
	flags.BoolVar(&opt.json, "json", false, "print JSON for scripts")
	flags.BoolVar(&opt.noCache, "no-cache", false, "read every report anew, and keep nothing of it in .faultline")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return hinted{err, fmt.Sprintf("see %q", cmd.CommandPath()+" --help")}
	})
	root.AddCommand(newServe(opt), newBuild(opt), newCheck(opt), newDoctor(opt), newSearch(opt), newNew(opt), newImport(opt), newEval(opt), newTag(opt), newTaxonomy(opt), newInit(opt), newExport(opt), newPatterns(opt), newReport(opt))
	return root
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
