package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/health"
	"faultline/site/incident"
	"faultline/site/phrase"
	"faultline/site/tagger"
)

func newTaxonomyHealth(opt *shared) *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "Measure how the library uses its vocabulary",
		Long: `Measure how the library uses its vocabulary: how many incidents have terms and by
whom, which terms nobody uses, which do not tell incidents apart, which spellings are
probably one, and where authors and the text of their reports disagree.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lib, err := opt.load(site.LoadOptions{Drafts: true})
			if err != nil {
				return err
			}
			found := health.Of(lib, suggester(lib))
			if opt.json {
				return printJSON(cmd.OutOrStdout(), found)
			}
			return printHealth(cmd.OutOrStdout(), found)
		},
	}
}

// suggester asks the tagger. It learns nothing, so that the text alone is held against
// the authors.
func suggester(lib *incident.Library) health.Suggester {
	t := tagger.New(lib.Vocabulary, tagger.Options{})
	return func(inc *incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
		found := t.Suggest(inc)
		for d, list := range found.Tags {
			for _, s := range list {
				ids[d] = append(ids[d], s.ID)
			}
		}
		return ids, found.Note == ""
	}
}

// mostDisagreements is how many terms are listed on which authors and text disagree.
const mostDisagreements = 12

func printHealth(w io.Writer, h health.Health) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, by who gave them a term; \"unknown\" are those whose only term is that\n", phrase.Count(h.Incidents, "incident"))
	fmt.Fprintf(&b, "%-22s %9s %9s %10s %7s %8s\n", "", "author", "accepted", "suggested", "nobody", "unknown")
	for _, d := range h.Dimensions {
		fmt.Fprintf(&b, "%-22s %9d %9d %10d %7d %8d\n", d.Dimension.Label(), d.Author, d.Accepted, d.Suggested, d.None, d.Unknown)
	}
	b.WriteString("\nTerms that no person has given\n")
	for _, d := range h.Dimensions {
		fmt.Fprintf(&b, "  %-22s %d of %d%s\n", d.Dimension.Label(), len(d.Unused), d.Terms, idList(d.Unused))
	}
	printStrays(&b, h)
	printNear(&b, h.Near)
	section(&b, "Terms too broad to tell incidents apart", len(h.Broad))
	for _, t := range h.Broad {
		fmt.Fprintf(&b, "  %s:%s  %d of %d incidents, with %d of %d other terms\n", t.Field, t.ID, t.N, t.Of, t.With, t.Used)
	}
	section(&b, "Terms that always come together", len(h.Inseparable))
	for _, p := range h.Inseparable {
		fmt.Fprintf(&b, "  %s:%s and %s:%s  in the same %s\n", p.A.Field, p.A.ID, p.B.Field, p.B.ID, phrase.Count(p.N, "incident"))
	}
	section(&b, fmt.Sprintf("Authors and text disagree, of %d of %d incidents whose text can be read", h.Read, h.Incidents), len(h.Disagreements))
	for i, d := range h.Disagreements {
		if i == mostDisagreements {
			fmt.Fprintf(&b, "  and %d more terms, which --json lists\n", len(h.Disagreements)-i)
			break
		}
		fmt.Fprintf(&b, "  %s:%s  author alone %d, text alone %d, both %d, of %d, for example %s\n", d.Field, d.ID, d.AuthorOnly, d.TextOnly, d.Both, d.Of, d.Example)
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// section begins a list of n entries, and ends it where there are none.
func section(b *strings.Builder, title string, n int) {
	fmt.Fprintf(b, "\n%s\n", title)
	if n == 0 {
		b.WriteString("  none\n")
	}
}

func idList(terms []health.Term) string {
	if len(terms) == 0 {
		return ""
	}
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	return ": " + strings.Join(ids, ", ")
}

func printStrays(b *strings.Builder, h health.Health) {
	n := 0
	for _, d := range h.Dimensions {
		n += len(d.Strays)
	}
	section(b, "Ids that the vocabulary does not have", n)
	for _, d := range h.Dimensions {
		for _, s := range d.Strays {
			fmt.Fprintf(b, "  %s:%s  %s\n", d.Dimension.Field(), s.Name, phrase.Count(s.N, "incident"))
		}
	}
}

func printNear(b *strings.Builder, near []health.Near) {
	section(b, "Spellings that are probably one", len(near))
	for _, n := range near {
		fmt.Fprintf(b, "  %s:%s (%d) and %s (%d) differ in %s\n", n.Field, n.Rare.Name, n.Rare.N, n.Usual.Name, n.Usual.N, n.Why)
	}
}
