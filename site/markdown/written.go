package markdown

// Written returns a line of the file as it stands there, without its line end; "" for
// a line that the document does not have.
func (d *Document) Written(line int) string {
	n := line - d.lines.first
	if n < 0 || n > len(d.lines.ends) {
		return ""
	}
	from, to := 0, len(d.source)
	if n > 0 {
		from = d.lines.ends[n-1] + 1
	}
	if n < len(d.lines.ends) {
		to = d.lines.ends[n]
	}
	return string(d.source[from:to])
}
