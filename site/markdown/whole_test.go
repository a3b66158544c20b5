package markdown

import "testing"

// TestWhole keeps together what a reader takes for one word, and nothing as wide as a
// phone.
func TestWhole(t *testing.T) {
	for text, want := range map[string]string{
		"On 2021-04-27 <it> broke":       `On <span class="whole">2021-04-27</span> &lt;it&gt; broke`,
		"Anatomy of a 36-minute outage":  `Anatomy of a <span class="whole">36-minute</span> outage`,
		"EC2 in (AP-NORTHEAST-1) and on": `EC2 in (<span class="whole">AP-NORTHEAST-1</span>) and on`,
		"Post-2021-04-27 review":         `<span class="whole">Post-2021-04-27</span> review`,
		"supply-chain attack":            `supply-chain attack`,
		"uninterruptible-powersupply-12": `uninterruptible-powersupply-12`,
		"CVE-2014-0160 in 12020-01-022":  `<span class="whole">CVE-2014-0160</span> in 12020-01-022`,
	} {
		if got := string(Whole(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestMailLinks show the address alone.
func TestMailLinks(t *testing.T) {
	d := Parse([]byte("Mail <mailto:a@x.example> or <b@x.example>.\n"), 1)
	const want = `<p>Mail <a href="mailto:a@x.example" rel="noopener noreferrer">a@x.example</a> or <a href="mailto:b@x.example" rel="noopener noreferrer">b@x.example</a>.</p>` + "\n"
	if got := page(t, d, HTMLOptions{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if text := d.Blocks()[0].Text; text != "Mail a@x.example or b@x.example." {
		t.Errorf("got %q", text)
	}
}
