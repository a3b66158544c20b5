package incident

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestParseTimeReadsBackAsWritten(t *testing.T) {
	for _, s := range []string{
		"2017", "2017-10", "2017-10-10", "2017-10-10T15:09", "2017-10-10T15:09:58",
		"2017-10-10T15:09Z", "2017-10-10T15:09+01:00", "2017-10-10T15:09:58-03:30",
		"~2017-10-10T15:09Z", "~2017-10", "2017-10-10T15:09Z..2017-10-10T16:00Z", "~2019..2020", "2020-02-29",
	} {
		got, err := ParseTime(s, nil)
		if err != nil || got.String() != s {
			t.Errorf("%q: got %q, %v", s, got, err)
		}
		text, err := json.Marshal(got)
		if err != nil || string(text) != `"`+s+`"` {
			t.Errorf("%q: JSON %s, %v", s, text, err)
		}
	}
}

func TestParseTimeAcceptsOtherSpellings(t *testing.T) {
	for s, want := range map[string]string{
		" 2017-10-10 15:09 UTC ":               "2017-10-10T15:09Z",
		"2017-10-10 15:09 UTC+1":               "2017-10-10T15:09+01:00",
		"2017-10-10T15:09+0100":                "2017-10-10T15:09+01:00",
		"2017-10-10 15:09 Europe/London":       "2017-10-10T15:09+01:00",
		"2017-1-2 3:04":                        "2017-01-02T03:04",
		"2017-10-10T15:09:00.123Z":             "2017-10-10T15:09:00Z",
		"2017-10-10T15:09Z..2017-10-10T15:09Z": "2017-10-10T15:09Z",
	} {
		if got, err := ParseTime(s, nil); err != nil || got.String() != want {
			t.Errorf("%q: got %q, %v; want %q", s, got, err, want)
		}
	}
}

func TestParseTimeRefusesWhatCannotBe(t *testing.T) {
	for s, want := range map[string]string{
		"":                         "not a time",
		"yesterday":                "not a time",
		"10/10/2017":               "not a time",
		"2017-02-29":               "does not exist",
		"2017-13-01":               "does not exist",
		"2017-10-10T24:00":         "does not exist",
		"2017-10-10T15:60":         "does not exist",
		"2017-10-10T15:09:61":      "does not exist",
		"2017-10-10 15:09 PST":     `zone "PST" is not known`,
		"2017-10-10T15:09+15:00":   "offset",
		"2017-10-11..2017-10-10":   "ends before it begins",
		"2017-10-10T15:09 No/Zone": "not known",
	} {
		if got, err := ParseTime(s, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v; want an error with %q", s, got, err, want)
		}
	}
}

func TestParseTimeTakesTheLibrarysZone(t *testing.T) {
	berlin, err := ParseZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]string{
		"2017-07-01T12:00":  "2017-07-01T12:00+02:00",
		"2017-12-01T12:00":  "2017-12-01T12:00+01:00",
		"2017-12-01T12:00Z": "2017-12-01T12:00Z",
		"2017-12-01":        "2017-12-01",
	} {
		if got, err := ParseTime(s, berlin); err != nil || got.String() != want {
			t.Errorf("%q: got %q, %v", s, got, err)
		}
	}
}

func TestParseTimeQuotesWhatWasWritten(t *testing.T) {
	for s, want := range map[string]string{
		"":                        `"" is not a time`,
		"../../etc/passwd":        `"../../etc/passwd" is not a time`,
		"2024-01-02..":            `range "2024-01-02.." has no end`,
		"2024-02-30":              `"2024-02-30" does not exist`,
		"2024-13-01":              `"2024-13-01" does not exist`,
		"2024-01-02T25:00Z":       `"2024-01-02T25:00Z" does not exist`,
		"2024-01-02..2024-01-01":  `range "2024-01-02..2024-01-01" ends before it begins`,
		"2024-01-02T10:00 +99:00": `"2024-01-02T10:00 +99:00": offset "+99:00" does not exist`,
	} {
		if _, err := ParseTime(s, nil); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", s, err, want)
		}
	}
}

func TestDateIsTheDayInTheTimesOwnZone(t *testing.T) {
	late := mustTime(t, "~2017-10-10T23:30-05:00")
	if got := late.Date().String(); got != "2017-10-10" {
		t.Errorf("got %s", got)
	}
	if got := mustTime(t, "~2017-10").Date().String(); got != "~2017-10" {
		t.Errorf("got %s", got)
	}
	if (Time{}).Date().Known() {
		t.Error("an unknown time has a day")
	}
}

func TestBetween(t *testing.T) {
	for _, test := range []struct{ from, to, want string }{
		{"2017-10-10T15:09Z", "2017-10-10T16:59Z", "1 h 50 min"},
		{"2017-10-10T15:09+01:00", "2017-10-10T16:59Z", "2 h 50 min"},
		{"~2017-10-10T15:09Z", "2017-10-10T16:59Z", "~1 h 50 min"},
		{"2017-10-10T15:00Z..2017-10-10T15:15Z", "2017-10-10T15:25Z", "10 min to 25 min"},
		{"2017-10-10T15:09Z", "2017-10-10T15:09Z", "0 s"},
		{"2017-10-10T15:09Z", "2017-10-10T15:08Z", ""},
		{"2017-10-10", "2017-10-10T15:08Z", ""},
		{"2017-10-10T15:09", "2017-10-10T16:59Z", ""},
		{"2017-10-10T15:09", "2017-10-10T16:59", "1 h 50 min"},
	} {
		if got := Between(mustTime(t, test.from), mustTime(t, test.to)).String(); got != test.want {
			t.Errorf("%s to %s: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

func TestSpanForPeople(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 90 * time.Second: "90 s", time.Minute: "1 min", 36 * time.Minute: "36 min", 110 * time.Minute: "1 h 50 min",
		2 * time.Hour: "2 h", 26 * time.Hour: "1 d 2 h", 24*time.Hour + 5*time.Minute: "1 d", 7 * 24 * time.Hour: "7 d",
		-5 * time.Minute: "−5 min",
	} {
		if got := Span(d).String(); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestUnknownIsNull(t *testing.T) {
	for name, value := range map[string]any{"time": Time{}, "duration": Duration{}} {
		if got, err := json.Marshal(value); err != nil || string(got) != "null" {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	got, err := json.Marshal(&Incident{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"started":null`, `"summary":null`, `"causes":[]`, `"duration":null`} {
		if !strings.Contains(string(got), want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
}

func TestVocabularyKeepsOrderAndReplaces(t *testing.T) {
	var v Vocabulary
	v.Set(Term{Dimension: Cause, ID: "b", Label: "B", Definition: "first"})
	v.Set(Term{Dimension: Cause, ID: "a", Label: "A", Definition: "second"})
	v.Set(Term{Dimension: Factor, ID: "b", Label: "Other", Definition: "same id, other dimension"})
	v.Set(Term{Dimension: Cause, ID: "b", Label: "B2", Definition: "replaced"})
	if got := strings.Join(v.IDs(Cause), " "); got != "b a" {
		t.Errorf("got %q", got)
	}
	if v.Label(Cause, "b") != "B2" || v.Label(Factor, "b") != "Other" || v.Label(Cause, "none") != "none" {
		t.Error("labels are mixed up")
	}
	if _, ok := v.Lookup(Impact, "b"); ok {
		t.Error("a term was found in a dimension that has none")
	}
}

func mustTime(t *testing.T, s string) Time {
	t.Helper()
	got, err := ParseTime(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestVocabularyRemoves(t *testing.T) {
	var v Vocabulary
	for _, id := range []string{"a", "b", "c"} {
		v.Set(Term{Dimension: Cause, ID: id, Label: id})
	}
	v.Remove(Cause, "b")
	v.Remove(Cause, "none")
	v.Remove(Factor, "a")
	if got := strings.Join(v.IDs(Cause), " "); got != "a c" {
		t.Errorf("got %q", got)
	}
	if _, ok := v.Lookup(Cause, "b"); ok {
		t.Error("a removed term is still found")
	}
	if term, ok := v.Lookup(Cause, "c"); !ok || term.ID != "c" {
		t.Errorf("the term behind a removed one is %q", term.ID)
	}
}

// TestTimeOfDay holds a clock without a day to what is known of it: no day, no length.
func TestTimeOfDay(t *testing.T) {
	at := time.Date(1, 1, 1, 15, 9, 0, 0, time.UTC)
	clock := Time{From: at, To: at, Precision: TimeOfDay, Approximate: true}
	if got := clock.String(); got != "~15:09" {
		t.Errorf("%q", got)
	}
	if !clock.Known() || clock.Clock() || clock.Date().Known() || Between(clock, clock).Known() {
		t.Errorf("%v: known %v, clock %v, day %v", clock, clock.Known(), clock.Clock(), clock.Date())
	}
}
