package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"faultline/index"
	"faultline/site/problem"
)

// narrowing are the flags of search that order, filter and count what a query finds.
type narrowing struct {
	sort           string
	within, facets []string
}

// allFacets is what --facets alone stands for.
const allFacets = "all"

func (n *narrowing) add(flags *pflag.FlagSet) {
	flags.StringVar(&n.sort, "sort", "", "order of the hits: "+listed(index.Sorts))
	flags.StringArrayVar(&n.within, "within", nil, "what hits must have, as `FACET=VALUE`; of one facet any, of different facets all")
	flags.StringSliceVar(&n.facets, "facets", nil, "count the hits by these facets, or by all: "+listed(index.FacetNames()))
	flags.Lookup("facets").NoOptDefVal = allFacets
}

// browses reports whether the flags answer something without a query.
func (n narrowing) browses() bool { return len(n.within)+len(n.facets) > 0 }

// options reads the flags.
func (n narrowing) options(limit int) (index.Options, error) {
	opt := index.Options{Limit: limit, Sort: index.Sort(n.sort)}
	if n.sort != "" {
		if err := checkName("order", n.sort, index.Sorts); err != nil {
			return opt, err
		}
	}
	for _, name := range n.facets {
		if name == allFacets {
			opt.Facets = append(opt.Facets, index.FacetNames()...)
			continue
		}
		if err := checkName("facet", name, index.FacetNames()); err != nil {
			return opt, err
		}
		opt.Facets = append(opt.Facets, name)
	}
	for _, text := range n.within {
		filter, err := readFilter(text)
		if err != nil {
			return opt, err
		}
		opt.Within = append(opt.Within, filter)
	}
	return opt, nil
}

// readFilter reads FACET=VALUE.
func readFilter(text string) (index.Filter, error) {
	field, value, ok := strings.Cut(text, "=")
	if !ok || strings.TrimSpace(value) == "" {
		return index.Filter{}, hinted{fmt.Errorf("--within %q is not FACET=VALUE", text), "write for example --within cause=failed-failover --within year=2024"}
	}
	if err := checkName("facet", field, index.FacetNames()); err != nil {
		return index.Filter{}, err
	}
	return index.Filter{Field: field, Value: value}, nil
}

// checkName fails where a name is none of the known ones; the hint has the nearest of them.
func checkName[T ~string](kind, name string, known []T) error {
	var names []string
	for _, k := range known {
		if string(k) == name {
			return nil
		}
		names = append(names, string(k))
	}
	hint := "write one of: " + strings.Join(names, ", ")
	if near := problem.Nearest(name, names); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	return hinted{fmt.Errorf("there is no %s %q", kind, name), hint}
}

func listed[T ~string](names []T) string {
	var list []string
	for _, name := range names {
		list = append(list, string(name))
	}
	return strings.Join(list, ", ")
}

// mostListed is how many values of a facet are printed; --json has all.
const mostListed = 12

// printFacets prints the facets that have values, each value as --within takes it.
func printFacets(w io.Writer, facets []index.Facet) error {
	var b strings.Builder
	for _, f := range facets {
		if len(f.Values) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s (%s)\n", f.Label, f.Name)
		left := f.More
		for i, v := range f.Values {
			if i >= mostListed && !v.Chosen {
				left++
				continue
			}
			fmt.Fprintln(&b, valueLine(v))
		}
		if left > 0 {
			fmt.Fprintf(&b, "         and %d more\n", left)
		}
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// valueLine is a value with how many answers have it; "*" marks a chosen one.
func valueLine(v index.FacetValue) string {
	mark, name := " ", v.Label
	if v.Chosen {
		mark = "*"
	}
	if v.Value != v.Label {
		name = v.Value + "  " + v.Label
	}
	return fmt.Sprintf("%s %6d  %s", mark, v.Count, name)
}
