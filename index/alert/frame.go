package alert

import "strings"

// isFrame reports whether a line is a place of code in a stack trace.
func isFrame(text string) bool {
	switch {
	case strings.HasPrefix(text, "at "):
		return isPlace(text)
	case strings.HasPrefix(text, "File \""):
		return strings.Contains(text, "\", line ")
	case strings.HasPrefix(text, "... "):
		return len(text) > 4 && isDigit(text[4])
	}
	return strings.Contains(text, ".rb:") && strings.Contains(text, ":in ") || isGoPlace(text) || isCall(text) || isRustCall(text)
}

// isPlace reports whether the line ends in a place: "(Pool.java:12)", "app.js:3:9".
func isPlace(text string) bool {
	text = strings.TrimRight(text, ")")
	if strings.HasSuffix(text, "Native Method") || strings.HasSuffix(text, "Unknown Source") || strings.HasSuffix(text, "<anonymous>") {
		return true
	}
	end := len(text)
	for end > 0 && isDigit(text[end-1]) {
		end--
	}
	return end < len(text) && end > 0 && (text[end-1] == ':' || strings.HasSuffix(text[:end], ":line "))
}

// isGoPlace reports whether the line is the file of a Go frame: "/src/pool.go:12 +0x1d".
func isGoPlace(text string) bool {
	at := strings.Index(text, ".go:")
	return at > 0 && text[0] == '/' && span(text, 0, func(c byte) bool { return !isBlank(c) }) > at
}

// isCall reports whether the line is the call of a Go frame: "sql.(*DB).conn(0xc0003)".
func isCall(text string) bool {
	open := strings.IndexByte(text, '(')
	return open > 0 && text[len(text)-1] == ')' && strings.IndexByte(text[:open], '.') > 0 && strings.IndexByte(text[:open], ' ') < 0 &&
		strings.IndexByte(text[:open], ':') < 0
}

// isRustCall reports whether the line is the call of a Rust frame: "4: core::panicking::panic".
func isRustCall(text string) bool {
	end := span(text, 0, isDigit)
	return end > 0 && strings.HasPrefix(text[end:], ": ") && strings.Contains(text, "::") && !strings.Contains(text[end+2:], " ")
}
