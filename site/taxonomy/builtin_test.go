package taxonomy

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"reflect"
	"testing"

	"faultline/site/incident"
)

var update = flag.Bool("update", false, "write taxonomy.compact from taxonomy.yaml")

// shipped reads taxonomy.yaml.
func shipped(t *testing.T) *incident.Vocabulary {
	t.Helper()
	src, err := os.ReadFile(File)
	if err != nil {
		t.Fatal(err)
	}
	v, problems := Read(File, src, nil)
	for _, p := range problems {
		t.Errorf("%v", p)
	}
	return v
}

// packed writes a vocabulary in the compact form.
func packed(v *incident.Vocabulary) []byte {
	var b bytes.Buffer
	for _, d := range dimensions {
		fmt.Fprintf(&b, "%c%s\n", dimensionLine, d.Key())
		for _, t := range v.Terms(d) {
			pack(&b, t)
		}
	}
	return b.Bytes()
}

func pack(b *bytes.Buffer, t incident.Term) {
	fmt.Fprintf(b, "%c%s\n", termLine, t.ID)
	one := func(letter byte, text string) {
		if text != "" {
			fmt.Fprintf(b, "%c%s\n", letter, text)
		}
	}
	one(labelLine, t.Label)
	one(definitionLine, t.Definition)
	one(effectLine, t.Effect)
	one(parentLine, t.Parent)
	one(sourceLine, t.Source)
	one(deprecatedLine, t.Deprecated)
	for _, a := range t.Aliases {
		one(aliasLine, a)
	}
	for _, f := range t.Formerly {
		one(formerLine, f)
	}
	for _, c := range t.ConfusedWith {
		one(confusionLine, c.ID+"\t"+c.Because)
	}
	for _, v := range t.GoesWith {
		one(companyLine, v)
	}
	for _, c := range t.Cues {
		fmt.Fprintf(b, "%c%d%s", cueLine, c.Weight, c.Text)
		for _, kind := range c.In {
			fmt.Fprintf(b, "\t%s", kind)
		}
		b.WriteByte('\n')
	}
}

func TestCompactIsTheVocabulary(t *testing.T) {
	v := shipped(t)
	if want := packed(v); *update && !t.Failed() {
		if err := os.WriteFile("taxonomy.compact", want, 0o644); err != nil {
			t.Fatal(err)
		}
		compact = string(want)
	}
	built := BuiltIn()
	for _, d := range dimensions {
		got, want := built.Terms(d), v.Terms(d)
		if len(got) != len(want) {
			t.Fatalf("%s: %d terms, want %d: run go generate ./site/taxonomy", d.Key(), len(got), len(want))
		}
		for n := range want {
			if !reflect.DeepEqual(got[n], want[n]) {
				t.Errorf("%s %s differs from %s: run go generate ./site/taxonomy", d.Key(), want[n].ID, File)
			}
		}
	}
}

func TestBuiltInIsNewEachTime(t *testing.T) {
	first := BuiltIn()
	before := first.Terms(incident.Cause)[0].Aliases[0]
	first.Terms(incident.Cause)[0].Aliases[0] = "changed"
	if got := BuiltIn().Terms(incident.Cause)[0].Aliases[0]; got != before {
		t.Errorf("got %q", got)
	}
}
