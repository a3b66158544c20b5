package yaml

import "faultline/site/problem"

// Parse reads one YAML document. firstLine is the line of the file on which src
// starts, 1 for a whole file. The node is nil when the document is empty or so
// broken that nothing could be read; every fault is a problem with path, line,
// column and, for syntax, an excerpt.
func Parse(path string, src []byte, firstLine int) (*Node, problem.List) { return nil, nil }
