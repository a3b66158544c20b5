package query_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"faultline/index/query"
)

// written writes tokens as term@position, parts in brackets.
func written(tokens []query.Token) string {
	var words []string
	for _, t := range tokens {
		word := fmt.Sprintf("%s@%d", t.Term, t.Position)
		if t.Part {
			word = "(" + word + ")"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func TestTokens(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{" .-_/ \x00 → °", ""},
		{"The replicas were promoted.", "the@0 replica@1 were@2 promot@3"},

		{"ip_forward on", "ip_forward@0 (ip@0) (forward@1) on@2"},
		{"net.core.somaxconn", "net.core.somaxconn@0 (net@0) (core@1) (somaxconn@2)"},
		{"/var/lib/etcd/", "var/lib/etcd@0 (var@0) (lib@1) (etcd@2)"},
		{"user@example.com", "user@example.com@0 (user@0) (exampl@1) (com@2)"},
		{"error.log", "error.log@0 (error@0) (log@1)"},
		{"std::io", "std:io@0 (std@0) (io@1)"},
		{"a..b a--b a. b", "a@0 b@1 a@2 b@3 a@4 b@5"},
		{"https://example.com", "https@0 example.com@1 (exampl@1) (com@2)"},

		{"1.17.9", "1.17.9@0 (1@0) (17@1) (9@2)"},
		{"v1.17.9", "v1.17.9@0 (v1@0) (v@0) (1@0) (17@1) (9@2)"},
		{"12:30 2019-07-05", "12:30@0 (12@0) (30@1) 2019-07-05@2 (2019@2) (07@3) (05@4)"},
		{"us-east-1", "us-east-1@0 (us@0) (east@1) (1@2)"},

		{"fail-over failover", "failov@0 (fail@0) (over@1) failov@2"},
		{"non\u2011breaking", "nonbreak@0 (non@0) (break@1)"},
		{"kube-system/etcd", "kube-system/etcd@0 (kube@0) (system@1) (etcd@2)"},

		{"CrashLoopBackOff next", "crashloopbackoff@0 (crash@0) (loop@0) (back@0) (off@0) next@1"},
		{"HTTP503 HTTPServer", "http503@0 (http@0) (503@0) httpserver@1 (http@1) (server@1)"},
		{"x509 p99 ec2", "x509@0 (x@0) (509@0) p99@1 (p@1) (99@1) ec2@2 (ec@2) (2@2)"},
		{"k8s s3 iPhone eBPF 3f2a9c IPv6", "k8s@0 s3@1 iphon@2 ebpf@3 3f2a9c@4 ipv6@5"},
		{"PostgreSQL's", "postgresql@0 (postgr@0) (sql@0)"},
		{"QoS SaaS VMs IDs userIDs", "qos@0 saa@1 vm@2 id@3 userid@4 (user@4) (id@4)"},
		{"C++ C# c++11 a#b", "c++@0 c#@1 c@2 11@3 a@4 b@5"},

		{"don't can’t we're", "dont@0 cant@1 were@2"},
		{"user's users' user’s", "user@0 user@1 user@2"},
		{"O'Brien l'incident", "obrien@0 (o@0) (brien@1) lincid@2 (l@2) (incid@3)"},

		{"Café CAFE\u0301 cafe", "cafe@0 cafe@1 cafe@2"},
		{"Straße STRASSE Ærø", "strass@0 strass@1 aero@2"},
		{"İstanbul ISTANBUL ıstanbul", "istanbul@0 istanbul@1 istanbul@2"},
		{"ΟΔΟΣ οδός", "οδοσ@0 οδοσ@1"},
		{"٣٤٥ ９９ x²", "345@0 99@1 x2@2"},
		{"so\u00adft ze\u200dro", "soft@0 zero@1"},
		{"שָׁלוֹם مُحَمَّد", "שלום@0 محمد@1"},

		{"原因調査", "原因@0 因調@1 調査@2"},
		{"水 2019年", "水@0 2019@1 年@2"},
		{"Podが", "pod@0 か\u3099@1"},
		{"ｶﾞｽ ガス", "カ\u3099ス@0 カ\u3099ス@1"},
		{"ที่นี่", "ท\u0e35\u0e48น\u0e35\u0e48@0"},
		{"서버가", "서버@0 버가@1"},
		{"🔥✅ done☃ 👩🏽\u200d💻", "🔥✅@0 done@1 ☃@2 👩💻@3"},
	} {
		if got := written(query.Tokens(test.text)); got != test.want {
			t.Errorf("%q\n  got  %s\n  want %s", test.text, got, test.want)
		}
	}
}

func TestTokenSurfaces(t *testing.T) {
	text := "– “Müller's” ip_forward, 原因を VMs"
	var got []string
	for _, token := range query.Tokens(text) {
		got = append(got, text[token.Start:token.End])
	}
	if want := "Müller's|ip_forward|ip|forward|原因|因を|VMs"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLongWords(t *testing.T) {
	word := query.Tokens(strings.Repeat("a", 200) + " end")
	if len(word) != 2 || len(word[0].Term) != 64 || word[0].End != 200 {
		t.Errorf("a long word gives %s", written(word))
	}
	path := query.Tokens(strings.Repeat("ab/", 30) + "ab end")
	if len(path) != 32 || path[0].Part || path[31].Position != 31 {
		t.Errorf("a long path gives %s", written(path))
	}
	blob := query.Tokens(strings.Repeat("aB3", 100))
	if len(blob) != 1 || len(blob[0].Term) != 64 {
		t.Errorf("a long blob gives %s", written(blob))
	}
}

func TestInvalidUTF8Separates(t *testing.T) {
	if got := written(query.Tokens("a\xffb \xc3")); got != "a@0 b@1" {
		t.Errorf("got %s", got)
	}
}

func TestStem(t *testing.T) {
	for _, test := range stemmed {
		if got := query.Stem(test[0]); got != test[1] {
			t.Errorf("the stem of %q is %q, want %q", test[0], got, test[1])
		}
	}
	for _, word := range []string{"dns", "aws", "cry", "gas", "bus", "was", "is", "a"} {
		if got := query.Stem(word); got != word {
			t.Errorf("the stem of %q is %q, want the word itself", word, got)
		}
	}
}

func TestIsStop(t *testing.T) {
	for text, want := range map[string]bool{"the": true, "was": true, "this": true, "didn't": true, "Their": true, "down": false, "up": false, "after": false} {
		if got := query.IsStop(query.Tokens(text)[0].Term); got != want {
			t.Errorf("IsStop(%q) = %v", text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{"API Gateway": "api gateway", "Müller & Łódź": "muller & lodz", "\xff": "\ufffd", "": ""} {
		if got := query.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// checkTokens fails when tokens break what their type promises.
func checkTokens(t *testing.T, text string) {
	t.Helper()
	position := -1
	for i, token := range query.Tokens(text) {
		switch {
		case token.Term == "" || !utf8.ValidString(token.Term):
			t.Fatalf("%q: token %d has the term %q", text, i, token.Term)
		case token.Start < 0 || token.Start >= token.End || token.End > len(text):
			t.Fatalf("%q: token %d stands at %d to %d", text, i, token.Start, token.End)
		case token.Part && i == 0:
			t.Fatalf("%q: a part has no whole", text)
		case token.Part && (token.Position < position || token.Position > position+1):
			t.Fatalf("%q: part %d has the position %d after %d", text, i, token.Position, position)
		case !token.Part && token.Position != position+1:
			t.Fatalf("%q: token %d has the position %d after %d", text, i, token.Position, position)
		}
		position = token.Position
		if !token.Part {
			checkSurface(t, text[token.Start:token.End], token.Term)
		}
	}
}

// checkSurface fails when a whole is not found by its own surface text.
func checkSurface(t *testing.T, surface, term string) {
	t.Helper()
	if again := query.Tokens(surface); len(again) == 0 || again[0].Term != term {
		t.Fatalf("%q gives %q in its text and %s alone", surface, term, written(again))
	}
}

func FuzzTokens(f *testing.F) {
	for _, text := range examples {
		f.Add(text)
	}
	f.Fuzz(checkTokens)
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The replica was not promoted because the WAL file was invalid; ip_forward and CrashLoopBackOff at 12:30 UTC. ", 75)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		query.Tokens(text)
	}
}
