package tables

import (
	"bytes"
	"os"
	"testing"
	"unicode"
)

func TestGeneratedFilesAreUpToDate(t *testing.T) {
	for path, want := range map[string][]byte{
		"../../tables.go":               Go(),
		"../../../web/client/tables.ts": TypeScript(),
	} {
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is out of date\n  hint: go generate ./index/query", path)
		}
	}
}

func TestTablesStaySmall(t *testing.T) {
	if n := len(TypeScript()); n > 12<<10 {
		t.Errorf("tables.ts has %d bytes: every visitor loads them", n)
	}
}

func TestClassOf(t *testing.T) {
	for _, test := range []struct {
		runes string
		class byte
	}{
		{"aZéßİŁяΩאعक", letter},
		{"0٣७²", digit},
		{"漢かカーｶ々한ไលက", pair},
		{"\u0301\u200d\u00ad\ufe0f\u3099\u0e31\u20e3🏽", mark},
		{" \n-_.'’½™①→░\u200b\ufffd\ue000", separator},
	} {
		for _, r := range test.runes {
			if got := classOf(r); got != test.class {
				t.Errorf("%q (%U) is %c, want %c", r, r, got, test.class)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for from, want := range map[rune]string{
		'A': "a", 'É': "e", 'ß': "ss", 'ẞ': "ss", 'Ø': "o", 'Æ': "ae", 'Ł': "l", 'İ': "i", 'ı': "i", 'ς': "σ", 'Ώ': "ω",
		'Й': "и", 'ё': "е", 'ﬃ': "ffi", 'Ａ': "a", '９': "9", '٣': "3", '²': "2", '𝐁': "b", 'ｶ': "カ", 'が': "か\u3099",
		'한': "한", '漢': "漢", '\u00ad': "", '\u0301': "", 'ễ': "e", 'Ꭰ': "ꭰ", 'ᏸ': "ᏸ", 'ſ': "s",
	} {
		if got := fold(from); got != want {
			t.Errorf("fold(%q) = %q, want %q", from, got, want)
		}
	}
}

// What is folded once must stay as it is when folded again, or a term would not
// find itself.
func TestFoldingIsStable(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		target, _ := folds(r)
		for _, f := range target {
			if again, changed := folds(f); changed {
				t.Errorf("%q folds to %q, in which %q folds to %q", r, string(target), f, string(again))
			}
		}
	}
}
