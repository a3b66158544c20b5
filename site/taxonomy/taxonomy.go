// Package taxonomy reads and checks vocabularies.
package taxonomy

import (
	"faultline/site/incident"
	"faultline/site/problem"
)

// BuiltIn returns the vocabulary that Faultline ships.
func BuiltIn() *incident.Vocabulary { return &incident.Vocabulary{} }

// Read returns base with the terms of a library's taxonomy.yaml added, or the
// terms of the file alone when it says "replace: true". Base is not changed; nil
// stands for an empty one.
func Read(path string, src []byte, base *incident.Vocabulary) (*incident.Vocabulary, problem.List) {
	return base, nil
}

// File is the name of the vocabulary in a library's root.
const File = "taxonomy.yaml"
