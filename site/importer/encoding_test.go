package importer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	xunicode "golang.org/x/text/encoding/unicode"
)

func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	encoded, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestText(t *testing.T) {
	const (
		accents  = "Störung im Café: Rückfall auf die Reserve, „später“ behoben"
		japanese = "データベースの障害について、原因と対応をまとめました。"
	)
	utf16 := func(order xunicode.Endianness, bom xunicode.BOMPolicy) string {
		return encode(t, xunicode.UTF16(order, bom), "Outage\r\nof the database\r\n")
	}
	tests := []struct{ name, data, want, rule, says string }{
		{"UTF-8", "Störung\n", "Störung\n", "", ""},
		{"byte order mark", "\ufeffStörung", "Störung", "", ""},
		{"line ends", "a\r\nb\rc\n", "a\nb\nc\n", "", ""},
		{"empty", "", "", "", ""},
		{"UTF-16, little, mark", utf16(xunicode.LittleEndian, xunicode.UseBOM), "Outage\nof the database\n", "text-converted", "UTF-16"},
		{"UTF-16, big, mark", utf16(xunicode.BigEndian, xunicode.UseBOM), "Outage\nof the database\n", "text-converted", "UTF-16"},
		{"UTF-16, little", utf16(xunicode.LittleEndian, xunicode.IgnoreBOM), "Outage\nof the database\n", "text-converted", "UTF-16"},
		{"UTF-16, big", utf16(xunicode.BigEndian, xunicode.IgnoreBOM), "Outage\nof the database\n", "text-converted", "UTF-16"},
		{"Windows-1252", encode(t, charmap.Windows1252, accents), accents, "text-converted", "Windows-1252"},
		{"Shift_JIS", encode(t, jp("Shift_JIS"), japanese), japanese, "text-converted", "Shift_JIS"},
		{"EUC-JP", encode(t, jp("EUC-JP"), japanese), japanese, "text-converted", "EUC-JP"},
		{"ISO-2022-JP", encode(t, jp("ISO-2022-JP"), japanese), japanese, "text-converted", "ISO-2022-JP"},
		{"declared", `<meta charset="koi8-r">` + encode(t, charmap.KOI8R, "Сбой"), `<meta charset="koi8-r">Сбой`, "text-converted", "koi8-r"},
		{"declared by XML", `<?xml version="1.0" encoding="ISO-8859-1"?>` + "\xe9t\xe9", `<?xml version="1.0" encoding="ISO-8859-1"?>été`, "text-converted", "windows-1252"},
		{"declared wrongly, is UTF-8", `<meta charset=iso-8859-1>été`, `<meta charset=iso-8859-1>été`, "charset-misdeclared", "UTF-8"},
		{"declared UTF-8, is not", `<meta charset=utf-8>` + encode(t, charmap.Windows1252, accents), `<meta charset=utf-8>` + accents, "text-converted", `declared as "utf-8"`},
		{"declared Japanese, is not", "<meta charset=euc-jp>\xe9t\xe9 caf\xe9", "<meta charset=euc-jp>été café", "text-converted", "Windows-1252"},
		{"declared, ASCII", `<meta charset=iso-8859-1>plain`, `<meta charset=iso-8859-1>plain`, "", ""},
		{"cut in a letter", "Störung für alle\xc3", "Störung für alle\ufffd", "invalid-utf-8", ""},
		{"NUL", "line one of a report\nline two of\x00 the report", "line one of a report\nline two of\ufffd the report", "nul-byte", "1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems, ok := text(Source{Path: "a.txt", Data: []byte(tt.data)})
			if !ok || got != tt.want {
				t.Errorf("text = %q, %v, want %q", got, ok, tt.want)
			}
			switch {
			case tt.rule == "" && len(problems) > 0:
				t.Errorf("problems %v, want none", problems)
			case tt.rule != "" && (len(problems) != 1 || problems[0].Rule != tt.rule || problems[0].Path != "a.txt" || !strings.Contains(problems[0].Text, tt.says)):
				t.Errorf("problems %+v, want %s that says %q", problems, tt.rule, tt.says)
			}
		})
	}
}

func jp(name string) encoding.Encoding {
	return map[string]encoding.Encoding{"Shift_JIS": japanese.ShiftJIS, "EUC-JP": japanese.EUCJP, "ISO-2022-JP": japanese.ISO2022JP}[name]
}

func TestTextRefusesBinary(t *testing.T) {
	for name, data := range map[string]string{
		"zip":    "PK\x03\x04\x14\x00\x06\x00",
		"pdf":    "%PDF-1.7\n%\xe2\xe3",
		"png":    "\x89PNG\r\n\x1a\n",
		"zeros":  strings.Repeat("\x00", 4096),
		"random": strings.Repeat("\x01\x02\x80\x03\xff\x00\x04\x90", 64),
	} {
		_, problems, ok := text(Source{Path: name, Data: []byte(data)})
		if ok || len(problems) != 1 || problems[0].Rule != "binary-file" {
			t.Errorf("%s: ok %v, problems %v, want one binary-file", name, ok, problems)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("St\xf6rung"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("<meta charset=shift_jis>\x83\x66"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, ok := text(Source{Data: data})
		if ok && (!utf8.ValidString(got) || strings.ContainsAny(got, "\r\x00")) {
			t.Errorf("text(%q) = %q", data, got)
		}
	})
}
