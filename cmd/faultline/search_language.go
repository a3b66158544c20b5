package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"faultline/index"
)

// errEmptyQuery refuses a query of nothing but white space.
var errEmptyQuery = hinted{errors.New("the query is empty"), `write what to look for, such as faultline search "replica was not promoted"`}

// dashHint is for a query that begins like a flag.
func dashHint(_ *cobra.Command, err error) error {
	return hinted{err, `write "--" before a query with a "-": faultline search -- "-word other"; for the flags see "faultline search --help"`}
}

// aboutSearch is what the help of search says: the language of queries in short. Package
// index/query has its grammar.
func aboutSearch() string {
	return `Search the incidents, with the same answers as the site.

  faultline search "replica was not promoted"
  faultline search '+cause:failed-failover -tech:mysql "write-ahead log"'
  faultline search 'date:>=2019 duration:>1h (dns OR certificate)'
  faultline search --within cause=failed-failover --sort newest --facets
  faultline search --alert < alert.txt

Quote a query for the shell, and write -- before one that begins with "-".

  replica failover       either word; more of them, and rarer ones, rank higher
  "was not promoted"     these words in this order
  +etcd -kubernetes      must have, must not have
  beginn*  speling~      words that begin so; words spelled nearly so (~2: two edits)
  cause:overload         in one field: title:cert*, service:"payments api"
  date:2019..2021-06     ranges, of date, duration (>1h, 10m..2h) and severity (<=2)
  a OR b  -(a OR b)      one of them, and groups

The fields are:
` + wrapped(index.Fields(), 78) + `

by:author, by:accepted, by:suggested and by:none ask who named an incident's terms. Any
other text is searched as it stands, so that a pasted "panic: runtime error" is an ordinary query.

--queries FILE answers many in one process: lines {"id":"…","q":"…"} in, lines
id<TAB>rank<TAB>path out.`
}

// wrapped puts words into indented lines of at most width characters.
func wrapped(words []string, width int) string {
	lines := []string{" "}
	for _, word := range words {
		if last := lines[len(lines)-1]; len(last)+1+len(word) > width {
			lines = append(lines, " ")
		}
		lines[len(lines)-1] += " " + word
	}
	return strings.Join(lines, "\n")
}
