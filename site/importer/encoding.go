package importer

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	xunicode "golang.org/x/text/encoding/unicode"

	"faultline/site/problem"
)

// text makes UTF-8 with \n line ends of a source in any encoding that can be told:
// by its byte order mark, by what it declares ("charset=…", "encoding=…"), or by its
// bytes. What was assumed is a problem where a reader could doubt it. It is false,
// with the problem that says why, for bytes that are no text.
func text(src Source) (string, problem.List, bool) {
	if kind := binaryKind(src.Data); kind != "" {
		return "", problem.List{{Rule: "binary-file", Path: src.Path, Text: "file is " + kind + ", not text",
			Hint: "save the report as HTML, Markdown or plain text"}}, false
	}
	decoded, p := decode(src.Data)
	var problems problem.List
	if p.Rule != "" {
		p.Path = src.Path
		problems = append(problems, p)
	}
	if isBinary(decoded) {
		return "", problem.List{{Rule: "binary-file", Path: src.Path, Text: "file is not text",
			Hint: "save the report as HTML, Markdown or plain text"}}, false
	}
	decoded = lineEnds.Replace(decoded)
	if n := strings.Count(decoded, "\x00"); n > 0 {
		p := problem.Problem{Rule: "nul-byte", Level: problem.Warning, Path: src.Path, Text: fmt.Sprintf("text holds NUL bytes: %d", n),
			Hint: "remove what no editor shows; it stands as \ufffd in the report"}
		p.Line = 1 + strings.Count(decoded[:strings.IndexByte(decoded, 0)], "\n")
		problems = append(problems, p)
		decoded = strings.ReplaceAll(decoded, "\x00", "\ufffd")
	}
	return decoded, problems, true
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// signatures are the first bytes of files that are mistaken for text by their names.
var signatures = []struct{ bytes, kind string }{
	{"PK\x03\x04", "a ZIP archive (as .docx and .odt are)"},
	{"PK\x05\x06", "an empty ZIP archive"},
	{"%PDF-", "a PDF"},
	{"\xd0\xcf\x11\xe0", "a Microsoft Office file"},
	{"\x1f\x8b", "gzip data"},
	{"BZh", "bzip2 data"},
	{"\xfd7zXZ", "xz data"},
	{"7z\xbc\xaf", "a 7z archive"},
	{"\x28\xb5\x2f\xfd", "zstd data"},
	{"\x89PNG", "an image"},
	{"GIF8", "an image"},
	{"\xff\xd8\xff", "an image"},
	{"\x7fELF", "a program"},
	{"SQLite format 3\x00", "a database"},
}

// binaryKind names what a file is by its first bytes, "" where it may be text.
func binaryKind(data []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.bytes)) {
			return s.kind
		}
	}
	return ""
}

// isBinary reports whether more than a tenth of what a text begins with is control
// characters or no character at all.
func isBinary(text string) bool {
	bad, n := 0, 0
	for _, r := range text[:min(len(text), 16<<10)] {
		if r < ' ' && !strings.ContainsRune("\t\n\r\f\x1b", r) || r == utf8.RuneError {
			bad++
		}
		n++
	}
	return bad*10 > n
}

// decode makes UTF-8 of bytes in any encoding. The problem, without a path, says what
// was assumed; its rule is "" where nothing was.
func decode(data []byte) (string, problem.Problem) {
	if plain, ok := bytes.CutPrefix(data, []byte("\ufeff")); ok {
		data = plain
	}
	if order, ok := utf16Order(data); ok {
		return decodeWith(xunicode.UTF16(order, xunicode.UseBOM), data), converted("UTF-16", "")
	}
	label, declared := declaredCharset(data)
	if utf8.Valid(data) && !bytes.Contains(data, []byte("\x1b$")) {
		if declared != nil && label != "utf-8" && !isASCII(data) {
			return string(data), problem.Problem{Rule: "charset-misdeclared", Level: problem.Note,
				Text: fmt.Sprintf("text is declared as %q but is UTF-8, and was read so", label), Hint: "nothing to do; look at the accented letters if in doubt"}
		}
		return string(data), problem.Problem{}
	}
	if declared != nil && label != "utf-8" {
		if decoded := decodeWith(declared, data); !strings.ContainsRune(decoded, utf8.RuneError) {
			return decoded, converted(label, "")
		}
	}
	if mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\ufffd"), problem.Problem{Rule: "invalid-utf-8", Level: problem.Warning,
			Text: "text is UTF-8 with bytes that are not; they stand as \ufffd", Hint: "save the original as UTF-8 and import it again"}
	}
	return guess(data, label)
}

// converted says in which encoding a text was read, and what else it claimed to be.
func converted(name, instead string) problem.Problem {
	p := problem.Problem{Rule: "text-converted", Level: problem.Note, Text: fmt.Sprintf("text was read as %s", name),
		Hint: "look at the accented letters; save the original as UTF-8 if they are wrong"}
	if instead != "" {
		p.Level, p.Text = problem.Warning, fmt.Sprintf("text is declared as %q but is not; it was read as %s", instead, name)
	}
	return p
}

// guess reads bytes that are in no encoding that they declare.
func guess(data []byte, declared string) (string, problem.Problem) {
	for _, e := range []struct {
		name string
		encoding.Encoding
	}{{"Shift_JIS", japanese.ShiftJIS}, {"EUC-JP", japanese.EUCJP}, {"ISO-2022-JP", japanese.ISO2022JP}} {
		if decoded := decodeWith(e, data); isJapanese(decoded) {
			return decoded, assumed(e.name, declared)
		}
	}
	decoded := decodeWith(charmap.Windows1252, data)
	return decoded, assumed("Windows-1252", declared)
}

func assumed(name, declared string) problem.Problem {
	p := converted(name, declared)
	p.Level = problem.Warning
	return p
}

// isJapanese reports whether a text holds no unreadable bytes and, of its letters
// that are not Latin, a good part kana, as all running Japanese does.
func isJapanese(text string) bool {
	kana, others := 0, 0
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			return false
		case r >= 0xFF61 && r <= 0xFF9F: // half width: every accented letter looks so in Shift_JIS
			others++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case r >= utf8.RuneSelf:
			others++
		}
	}
	return kana > 0 && kana*4 >= others
}

func decodeWith(e encoding.Encoding, data []byte) string {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return string(decoded)
}

// utf16Order tells UTF-16 by its byte order mark, or by every other byte being NUL.
func utf16Order(data []byte) (xunicode.Endianness, bool) {
	if len(data) < 2 {
		return xunicode.BigEndian, false
	}
	switch binary.BigEndian.Uint16(data) {
	case 0xFFFE:
		return xunicode.LittleEndian, true
	case 0xFEFF:
		return xunicode.BigEndian, true
	}
	sample := data[:min(len(data), 1024)&^1]
	var nul [2]int
	for i, c := range sample {
		if c == 0 {
			nul[i%2]++
		}
	}
	half := len(sample) / 2
	switch {
	case nul[1]*10 > half*7 && nul[0]*10 < half:
		return xunicode.LittleEndian, true
	case nul[0]*10 > half*7 && nul[1]*10 < half:
		return xunicode.BigEndian, true
	}
	return xunicode.BigEndian, false
}

// charsetForm finds what a page or an XML file says of its own encoding.
var charsetForm = regexp.MustCompile(`(?i)<(?:meta\b[^>]*\bcharset|\?xml\b[^>]*\bencoding)\s*=\s*["']?\s*([\w.:-]+)`)

// declaredCharset is the encoding that a text declares, and its standard name.
func declaredCharset(data []byte) (string, encoding.Encoding) {
	m := charsetForm.FindSubmatch(data[:min(len(data), 4096)])
	if m == nil {
		return "", nil
	}
	e, name := charset.Lookup(string(m[1]))
	return name, e
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mostlyUTF8 reports whether bytes hold more characters of several bytes than bytes
// that are none: a text that was cut, or joined from two.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		data = data[size:]
	}
	return good > bad
}
