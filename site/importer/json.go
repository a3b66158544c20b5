package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"faultline/site/problem"
)

// sniffed is how much of a file is looked at to tell its form.
const sniffed = 1 << 20

// head is the first part of a source, for a look at its form; "" where it is no text.
func head(src Source) string {
	src.Data = src.Data[:min(len(src.Data), sniffed)]
	start, _, _ := text(src)
	return start
}

// isJSON reports whether a text is JSON of objects, by its first two characters.
func isJSON(text string) bool {
	const space = " \t\r\n"
	text = strings.TrimLeft(text, space)
	if text == "" {
		return false
	}
	next := strings.TrimLeft(text[1:], space)
	switch text[0] {
	case '{':
		return strings.HasPrefix(next, `"`) || next == "}"
	case '[':
		return strings.HasPrefix(next, "{") || strings.TrimSpace(next) == "]"
	}
	return false
}

// jsonKeys are the paths of the keys in the first part of a JSON file down to the
// third level, such as "incidents[].name".
func jsonKeys(text string) map[string]bool {
	keys := map[string]bool{}
	if isJSON(text) {
		collectKeys(json.NewDecoder(strings.NewReader(text[:min(len(text), sniffed)])), "", maxKeyDepth, keys)
	}
	return keys
}

// maxKeyDepth is how deep objects and arrays are looked into for keys.
const maxKeyDepth = 5

// collectKeys adds the keys of the next value. It is false where the text ends.
func collectKeys(decoder *json.Decoder, path string, depth int, keys map[string]bool) bool {
	if depth == 0 {
		var skipped json.RawMessage
		return decoder.Decode(&skipped) == nil
	}
	token, err := decoder.Token()
	if err != nil {
		return false
	}
	delim, opens := token.(json.Delim)
	for opens && decoder.More() {
		inner, err := innerPath(decoder, delim, path)
		if err != nil {
			return false
		}
		if delim == '{' {
			keys[inner] = true
		}
		if !collectKeys(decoder, inner, depth-1, keys) {
			return false
		}
	}
	if opens {
		_, err = decoder.Token()
	}
	return err == nil
}

// innerPath is the path of the next value in an object or array, of which it reads the
// key.
func innerPath(decoder *json.Decoder, delim json.Delim, path string) (string, error) {
	if delim != '{' {
		return path + "[]", nil
	}
	key, err := decoder.Token()
	return strings.TrimPrefix(fmt.Sprintf("%s.%v", path, key), "."), err
}

// jsonFile reads a JSON file piece by piece, so that what stands before a fault is
// read, and every fault has its line.
type jsonFile struct {
	path     string
	data     []byte
	starts   []int // where the lines start, once somebody asked
	problems problem.List
}

// each calls found for every value at one of the paths wanted ("incidents[]", "page"),
// with its place in bytes. Values are read in the order of the file.
func (f *jsonFile) each(wanted []string, found func(path string, raw json.RawMessage, at int)) {
	decoder := json.NewDecoder(bytes.NewReader(f.data))
	err := f.walk(decoder, "", wanted, found)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows its end")
		}
	}
	if err != nil && !errors.Is(err, io.EOF) || err != nil && len(bytes.TrimSpace(f.data)) > 0 {
		f.broken(int(decoder.InputOffset()), err)
	}
}

func (f *jsonFile) walk(decoder *json.Decoder, path string, wanted []string, found func(string, json.RawMessage, int)) error {
	if inside := slices.ContainsFunc(wanted, func(w string) bool { return len(w) > len(path) && below(w, path) }); !inside || slices.Contains(wanted, path) {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return err
		}
		if slices.Contains(wanted, path) {
			found(path, raw, int(decoder.InputOffset())-len(raw))
		}
		return nil
	}
	token, err := decoder.Token()
	if err != nil {
		return err
	}
	delim, opens := token.(json.Delim)
	if !opens {
		return nil
	}
	for decoder.More() {
		inner, err := innerPath(decoder, delim, path)
		if err != nil {
			return err
		}
		if err := f.walk(decoder, inner, wanted, found); err != nil {
			return err
		}
	}
	_, err = decoder.Token()
	return err
}

// below reports whether a wanted path leads through path.
func below(wanted, path string) bool {
	return path == "" || strings.HasPrefix(wanted, path+".") || strings.HasPrefix(wanted, path+"[]")
}

func (f *jsonFile) broken(at int, err error) {
	text := fmt.Sprintf("JSON cannot be read from here on: %s", strings.TrimPrefix(err.Error(), "json: "))
	hint := "mend the file; what stands before is imported"
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		text, hint = "JSON ends in the middle", "get the file again; what stands before is imported"
	}
	for at < len(f.data)-1 && strings.IndexByte(" \t\r\n,", f.data[at]) >= 0 {
		at++
	}
	f.report(problem.Error, at, "bad-json", text, hint)
}

// decode fills a value from its JSON. Parts of another type are left out and
// reported; the rest is read.
func (f *jsonFile) decode(raw json.RawMessage, at int, into any) {
	err := json.Unmarshal(raw, into)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		f.report(problem.Warning, at+int(wrong.Offset), "wrong-type",
			fmt.Sprintf("%q is a JSON %s, which is not expected there", wrong.Field, wrong.Value), "the rest of the incident is imported")
	} else if err != nil {
		f.report(problem.Error, at, "bad-json", err.Error(), "the incident is not imported")
	}
}

// report adds a problem at a place in bytes.
func (f *jsonFile) report(level problem.Level, at int, rule, text, hint string) {
	line, column := f.place(at)
	f.problems = append(f.problems, problem.Problem{Rule: rule, Level: level, Path: f.path, Line: line, Column: column, Text: text, Hint: hint})
}

// place is the line and the column, in bytes, of a place.
func (f *jsonFile) place(at int) (line, column int) {
	if f.starts == nil {
		f.starts = []int{0}
		for n, c := range f.data {
			if c == '\n' {
				f.starts = append(f.starts, n+1)
			}
		}
	}
	line, exact := slices.BinarySearch(f.starts, at)
	if exact {
		line++
	}
	return line, at - f.starts[line-1] + 1
}

// loose is text, whatever JSON it is written as: a number and a truth value as they
// stand, null as nothing.
type loose string

// UnmarshalJSON implements json.Unmarshaler.
func (s *loose) UnmarshalJSON(b []byte) error {
	switch b[0] {
	case 'n':
		*s = ""
	case '"':
		return json.Unmarshal(b, (*string)(s))
	default:
		*s = loose(b)
	}
	return nil
}
