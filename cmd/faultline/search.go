package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"faultline/index"
	"faultline/site"
	"faultline/site/phrase"
)

// searchFlags are the flags of search.
type searchFlags struct {
	limit               int
	queries, run, cache string
	alert               bool
	narrowing
}

func newSearch(opt *shared) *cobra.Command {
	var f searchFlags
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Search the incidents, with the same answers as the site",
		Long:  aboutSearch(),
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.alert {
				return searchAlert(cmd, opt, f, args)
			}
			if err := f.check(args); err != nil {
				return err
			}
			return runSearch(cmd, opt, f, strings.Join(args, " "))
		},
	}
	cmd.SetFlagErrorFunc(dashHint)
	flags := cmd.Flags()
	flags.IntVar(&f.limit, "limit", 10, "hits to show")
	flags.StringVar(&f.queries, "queries", "", "file of queries, one JSON object a line")
	flags.StringVar(&f.run, "run", "", "file to write the answers of --queries to (default: standard output)")
	flags.BoolVar(&f.alert, "alert", false, "search for the alert, log or stack trace on standard input")
	f.narrowing.add(flags)
	flags.StringVar(&f.cache, "cache", "", "folder that keeps the search index (default: .faultline in the library)")
	return cmd
}

// check refuses flags and arguments that do not go together.
func (f searchFlags) check(args []string) error {
	asked := len(args) > 0 || f.browses()
	switch {
	case f.queries != "" && (len(args) > 0 || len(f.facets) > 0), f.queries == "" && (!asked || f.run != ""):
		return hinted{errors.New("search needs either a query or a file of queries"), `write faultline search "words", or --queries FILE --run OUT`}
	case f.limit < 0:
		return hinted{fmt.Errorf("--limit %d is not a number of hits", f.limit), "write 0 for the number found alone, or how many to show"}
	case f.queries == "" && !f.browses() && strings.TrimSpace(strings.Join(args, " ")) == "":
		return errEmptyQuery
	}
	return nil
}

func runSearch(cmd *cobra.Command, opt *shared, f searchFlags, query string) error {
	options, err := f.options(f.limit)
	if err != nil {
		return err
	}
	x, err := openIndex(cmd, opt, f.cache)
	if err != nil {
		return err
	}
	defer x.Close()
	if f.queries != "" {
		return answerAll(cmd.OutOrStdout(), x, f, options)
	}
	result, err := x.Search(query, options)
	if err != nil {
		return err
	}
	if opt.json {
		return printJSON(cmd.OutOrStdout(), result)
	}
	return printHits(cmd.OutOrStdout(), result)
}

// openIndex opens the index of the library, kept between runs where the library's
// folder can be written.
func openIndex(cmd *cobra.Command, opt *shared, cache string) (*index.Index, error) {
	root, err := opt.findRoot()
	if err != nil {
		return nil, err
	}
	lib, err := opt.loadAt(root, site.LoadOptions{Suggest: true}, cache)
	if err != nil {
		return nil, err
	}
	if cache == "" {
		cache = filepath.Join(root, site.CacheFolder)
	}
	x, err := site.OpenIndex(lib, cache)
	if err != nil {
		return nil, err
	}
	for _, note := range x.Notes() {
		fmt.Fprintln(cmd.ErrOrStderr(), "note:", note)
	}
	return x, nil
}

func printHits(w io.Writer, result index.Result) error {
	var b strings.Builder
	for _, note := range result.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	for i, hit := range result.Hits {
		fmt.Fprintf(&b, "%2d. %s\n", i+1, hit.Title)
		for _, line := range present(hitLines(hit)...) {
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	fmt.Fprintf(&b, "%s\n", phrase.Count(result.Total, "incident")+" found")
	if result.Total == 0 && len(result.Notes) == 0 {
		fmt.Fprintln(&b, "hint: leave out a word, a sign, a field or a filter, or write the beginning of a word, such as certif*")
	}
	if _, err := io.WriteString(w, strings.Map(printable, b.String())); err != nil {
		return err
	}
	return printFacets(w, result.Facets)
}

// hitLines says what is known of a hit, a line each: its facts, how it ended, what was
// wrongly suspected, its passages and why it matches.
func hitLines(hit index.Hit) []string {
	whose := present(told(hit.Organization))
	if len(whose) == 0 {
		whose = hit.Services
	}
	lines := []string{
		strings.Join(present(hit.Date.String(), strings.Join(whose, ", "), told(hit.Severity), told(hit.Lasted), hit.Path), "  "),
	}
	if r := hit.Restored; r != nil {
		by := told(r.Mitigation)
		if told(r.Source) == "suggested" {
			by += " (suggested)"
		}
		lines = append(lines, "restored by: "+strings.Join(present(by, told(r.Text)), " - "))
	}
	if hit.WrongTurn != nil {
		lines = append(lines, "wrongly suspected: "+hit.WrongTurn.Text)
	}
	for _, p := range hit.Passages {
		lines = append(lines, strings.Join(present(p.Heading, p.Text), ": "))
	}
	return append(lines, why(hit.Why))
}

// why says in a line why a hit matches, "" where there is nothing to say.
func why(reasons []index.Reason) string {
	var parts []string
	for _, r := range reasons {
		switch r.Kind {
		case "spelling", "synonym":
			parts = append(parts, fmt.Sprintf("%s (for %q)", r.Text, told(r.Asked)))
		case "tag", "field":
			parts = append(parts, told(r.Tag)+" “"+r.Text+"”")
		default:
			parts = append(parts, r.Text)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "matches: " + strings.Join(parts, ", ")
}

// told is a text that may be unknown, "" where it is.
func told(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// present lists the strings that are there.
func present(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// longestQuery is the length of the longest line of a file of queries, in bytes.
const longestQuery = 1 << 20

// validQueryID reports whether an id can stand in a line of ranks.
func validQueryID(id string) bool { return id != "" && !strings.ContainsAny(id, "\t\r\n") }

// answerAll runs the file of queries and writes the ranks to the file named by --run,
// else to w.
func answerAll(w io.Writer, x *index.Index, f searchFlags, opt index.Options) error {
	in, err := os.Open(f.queries)
	if err != nil {
		return fmt.Errorf("read queries: %w", err)
	}
	defer in.Close()
	var b strings.Builder
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestQuery)
	n := 1
	for ; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var query struct{ ID, Q string }
		if err := json.Unmarshal(lines.Bytes(), &query); err != nil || !validQueryID(query.ID) {
			return hinted{fmt.Errorf("%s:%d: not a query", f.queries, n), `write one {"id":"…","q":"…"} a line; the id has no tab and no line end`}
		}
		result, err := x.Search(query.Q, opt)
		if err != nil {
			return err
		}
		for rank, hit := range result.Hits {
			fmt.Fprintf(&b, "%s\t%d\t%s\n", query.ID, rank+1, hit.Path)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return hinted{fmt.Errorf("%s:%d: line is longer than %d bytes", f.queries, n, longestQuery), "shorten the query"}
	} else if err != nil {
		return fmt.Errorf("read queries: %w", err)
	}
	if f.run == "" {
		_, err = io.WriteString(w, b.String())
		return err
	}
	return os.WriteFile(f.run, []byte(b.String()), 0o644)
}
