package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"faultline/index"
	"faultline/index/alert"
)

// mostPasted is how much of a pasted alert is read, in bytes; package alert considers
// less.
const mostPasted = 4 << 20

// searchAlert answers for the alert on standard input.
func searchAlert(cmd *cobra.Command, opt *shared, f searchFlags, args []string) error {
	if len(args) > 0 || f.queries != "" || f.run != "" {
		return hinted{errors.New("--alert reads the alert from standard input, and nothing else"), "write faultline search --alert < alert.txt"}
	}
	if f.limit < 0 {
		return f.check([]string{"an alert"})
	}
	options, err := f.options(f.limit)
	if err != nil {
		return err
	}
	pasted, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), mostPasted))
	if err != nil {
		return fmt.Errorf("read the alert: %w", err)
	}
	reading := alert.Read(string(pasted))
	x, err := openIndex(cmd, opt, f.cache)
	if err != nil {
		return err
	}
	defer x.Close()
	result, err := x.Search(reading.Query, options)
	if err != nil {
		return err
	}
	if opt.json {
		return printJSON(cmd.OutOrStdout(), alertAnswer{reading, result})
	}
	if err := printReading(cmd.OutOrStdout(), reading); err != nil {
		return err
	}
	return printHits(cmd.OutOrStdout(), result)
}

// alertAnswer is the answer to an alert: in JSON that to its query, with the reading
// before it.
type alertAnswer struct {
	alert  alert.Reading
	result index.Result
}

func (a alertAnswer) MarshalJSON() ([]byte, error) {
	reading, err := json.Marshal(a.alert)
	if err != nil {
		return nil, err
	}
	result, err := json.Marshal(a.result)
	if err != nil {
		return nil, err
	}
	return slices.Concat([]byte(`{"alert":`), reading, []byte(","), result[1:]), nil
}

// printReading says what was recognized, what is searched for and why, and what was left
// out.
func printReading(w io.Writer, r alert.Reading) error {
	var b strings.Builder
	for _, line := range present(
		labelled("recognized", strings.Join(r.Kinds, ", ")),
		labelled("query", r.Query),
		labelled("taken from", strings.Join(origins(r.Sought), ", ")),
		labelled("left out", omissions(r.Left)),
	) {
		fmt.Fprintln(&b, line)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()+"\n"))
	return err
}

// origins lists where what is searched for stood, each place once.
func origins(sought []alert.Sought) []string {
	var list []string
	for _, s := range sought {
		if !slices.Contains(list, s.Why) {
			list = append(list, s.Why)
		}
	}
	return list
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + ": " + text
}

// omissions lists what was left out, with how many there were and the first of them.
func omissions(left []alert.Omission) string {
	var list []string
	for _, o := range left {
		list = append(list, fmt.Sprintf("%s (%d: %s)", o.What, o.Count, strings.Join(o.Examples, ", ")))
	}
	return strings.Join(list, "; ")
}
