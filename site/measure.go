package site

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// headSize is how much of a file is looked at for the size of a drawing, in bytes.
const headSize = 64 << 10

// maxSide is the longest side of a drawing that is believed, in pixels.
const maxSide = 1 << 16

// measureSVG returns the size of a drawing in pixels as its first element gives it: by
// width and height, else by its view box. It is 0 where the size is relative, or the
// text is no drawing.
func measureSVG(r io.Reader) (width, height int) {
	decoder := xml.NewDecoder(io.LimitReader(r, headSize))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		token, err := decoder.Token()
		if err != nil {
			return 0, 0
		}
		if start, ok := token.(xml.StartElement); ok {
			return sizeOf(start)
		}
	}
}

func sizeOf(svg xml.StartElement) (width, height int) {
	if svg.Name.Local != "svg" {
		return 0, 0
	}
	var box []string
	for _, a := range svg.Attr {
		switch a.Name.Local {
		case "width":
			width = pixels(a.Value)
		case "height":
			height = pixels(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if (width == 0 || height == 0) && len(box) == 4 {
		width, height = pixels(box[2]), pixels(box[3])
	}
	if width == 0 || height == 0 {
		return 0, 0
	}
	return width, height
}

// pixels reads a length without a unit, or in px; 0 for any other.
func pixels(s string) int {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || !(n >= 1 && n <= maxSide) {
		return 0
	}
	return int(n + .5)
}
