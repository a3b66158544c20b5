package render

import (
	"bytes"
	"encoding/xml"
)

// openSearchPath is where browsers read how to search the site.
const openSearchPath = "search/opensearch.xml"

// Lengths in characters that OpenSearch 1.1 allows.
const shortNameLength, longNameLength = 16, 48

// description is a description document of OpenSearch 1.1.
type description struct {
	XMLName     xml.Name      `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string        `xml:"ShortName"`
	LongName    string        `xml:"LongName"`
	Description string        `xml:"Description"`
	Encoding    string        `xml:"InputEncoding"`
	URL         openSearchURL `xml:"Url"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

// openSearch lets a browser add the site to its search engines. Addresses in it are
// absolute, so that there is none without a base URL.
func (r *Renderer) openSearch() ([]byte, error) {
	d := description{
		ShortName: opening(r.name(), shortNameLength), LongName: opening(r.name(), longNameLength),
		Description: "Search " + opening(r.name(), longNameLength) + ": incidents, their causes and what ended them.", Encoding: "UTF-8",
		URL: openSearchURL{"text/html", r.lib.Config.BaseURL + "search/?q={searchTerms}"},
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(d); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// opening returns at most n characters of a text.
func opening(s string, n int) string {
	c := []rune(s)
	return string(c[:min(n, len(c))])
}
