package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/incident"
	"faultline/site/phrase"
	"faultline/site/problem"
)

// buildFlags are the flags of build.
type buildFlags struct {
	out, baseURL, asOf, cache string
	drafts, strict, timing    bool
}

func newBuild(opt *shared) *cobra.Command {
	var f buildFlags
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the static site",
		Long: `Write the static site for any static host, under any path. The new site is staged
beside the old one and exchanged with it in one step, so that a failed build
leaves the old one as it was.

Exit status 0 once the whole site is written, whatever its problems; with
--strict a library with errors or warnings is not written and the status is 1.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runBuild(cmd, opt, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.out, "out", "public", "folder to write")
	flags.StringVar(&f.baseURL, "base-url", "", "absolute URL of the site; needed for the feed and the sitemap")
	flags.BoolVar(&f.drafts, "drafts", false, "publish drafts too")
	flags.StringVar(&f.asOf, "as-of", "", "the day the site speaks of, YYYY-MM-DD (default: the newest date in the library)")
	flags.StringVar(&f.cache, "cache", "", "folder that keeps the search index between builds, and what was read (default: .faultline in the library, without an index)")
	flags.BoolVar(&f.strict, "strict", false, "write nothing when there are errors or warnings")
	flags.BoolVar(&f.timing, "timing", false, "print how long each stage takes")
	return cmd
}

func runBuild(cmd *cobra.Command, opt *shared, f buildFlags) error {
	var watch stopwatch
	if f.timing {
		watch.w = cmd.ErrOrStderr()
	}
	day, err := parseDay(f.asOf)
	if err != nil {
		return err
	}
	if f.baseURL, err = parseBaseURL(f.baseURL); err != nil {
		return err
	}
	root, err := opt.findRoot()
	if err != nil {
		return err
	}
	if err := site.Apart(root, f.out); err != nil {
		return err
	}
	watch.begin("read and parse")
	lib, err := opt.loadAt(root, site.LoadOptions{Drafts: f.drafts, AsOf: day, BaseURL: f.baseURL, Suggest: true}, f.cache)
	if err != nil {
		return err
	}
	if f.strict && fails(lib.Problems, true) {
		if err := report(cmd, opt, lib.Problems, len(lib.Incidents)); err != nil {
			return err
		}
		return errProblems
	}
	built, err := site.Build(cmd.Context(), lib, f.out, site.Options{Cache: f.cache, Stage: watch.begin})
	if err != nil {
		return err
	}
	watch.begin("")
	return printBuilt(cmd, opt, lib, built, f.out)
}

func parseDay(s string) (incident.Time, error) {
	if s == "" {
		return incident.Time{}, nil
	}
	t, err := incident.ParseTime(s, nil)
	if err != nil || t.Precision != incident.Day || t.Range() || t.Approximate {
		return incident.Time{}, hinted{fmt.Errorf("--as-of %q is not a day", s), "write it as YYYY-MM-DD"}
	}
	return t, nil
}

func parseBaseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	address, err := site.ParseBaseURL(s)
	if err != nil {
		return "", hinted{fmt.Errorf("--base-url: %w", err), "write it as https://incidents.example.com/"}
	}
	return address, nil
}

// maxOfRule is how many problems of one rule a build shows, so that the first ones of
// every rule can be seen.
const maxOfRule = 20

func printBuilt(cmd *cobra.Command, opt *shared, lib *incident.Library, built site.Built, out string) error {
	if opt.json {
		return printJSON(cmd.OutOrStdout(), struct {
			Out       string       `json:"out"`
			Incidents int          `json:"incidents"`
			Files     int          `json:"files"`
			Bytes     int64        `json:"bytes"`
			Problems  problem.List `json:"problems"`
		}{out, len(lib.Incidents), built.Files, built.Bytes, append(problem.List{}, built.Problems...)})
	}
	brief, rest := built.Problems.Brief(maxOfRule)
	if err := brief.Write(cmd.ErrOrStderr()); err != nil {
		return err
	}
	if rest > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "and %d more of these; faultline check shows them all\n", rest)
	}
	for _, note := range built.Notes {
		fmt.Fprintln(cmd.ErrOrStderr(), "note:", note)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "wrote %s from %s to %s: %s\n",
		phrase.Count(built.Files, "file"), phrase.Count(len(lib.Incidents), "incident"), out, tally(built.Problems))
	return err
}
