package markdown

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
)

// The grounds that code stands on: paper and panel of the theme.
var grounds = map[string][2]string{"light": {"#fbfaf6", "#f2efe7"}, "dark": {"#15181c", "#1d2126"}}

func TestCodeHasContrast(t *testing.T) {
	for _, i := range inks {
		for scheme, color := range map[string]string{"light": i.light, "dark": i.dark} {
			for _, ground := range grounds[scheme] {
				if c := contrast(color, ground); c < 4.5 {
					t.Errorf(".%s %s on %s: %.2f:1", i.class, color, ground, c)
				}
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(color string) float64 {
	var rgb [3]int
	if _, err := fmt.Sscanf(color, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		return math.NaN()
	}
	sum := 0.0
	for i, weight := range [...]float64{.2126, .7152, .0722} {
		c := float64(rgb[i]) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestContrastIsThatOfTheStandard(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want float64
	}{{"#000000", "#ffffff", 21}, {"#777777", "#ffffff", 4.48}, {"#ffffff", "#ffffff", 1}} {
		if got := contrast(test.a, test.b); math.Abs(got-test.want) > .01 {
			t.Errorf("%s on %s: %.3f, want %.2f", test.a, test.b, got, test.want)
		}
	}
}

// TestStyleSheetCoversClasses holds that every class that a token can get is styled
// in both schemes, and that the sheet names no other element of the page.
func TestStyleSheetCoversClasses(t *testing.T) {
	css := string(StyleSheet())
	for kind := range chroma.StandardTypes {
		class := classOf(kind)
		if class == "" {
			continue
		}
		if !strings.Contains(css, ".chroma ."+class+"{") || strings.Count(css, "--code-"+class+":") != 3 {
			t.Errorf("class %q of %s is not styled in every scheme", class, kind)
		}
	}
	for _, rule := range regexp.MustCompile(`(?m)^[^{@]+\{`).FindAllString(css, -1) {
		if !strings.HasPrefix(rule, ":root") && !strings.HasPrefix(rule, ".chroma .") {
			t.Errorf("rule %q reaches beyond code", rule)
		}
	}
	if string(StyleSheet()) != css {
		t.Error("the style sheet differs from call to call")
	}
}
