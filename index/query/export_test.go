package query

// ClassesOf returns the classes of the code points of text.
func ClassesOf(text string) string {
	var classes []byte
	for _, c := range text {
		classes = append(classes, classOf(c))
	}
	return string(classes)
}
