// Command write writes the generated tables of the tokenizer, in Go and in
// TypeScript. It runs in the folder of package query: go generate ./index/query
package main

import (
	"log"
	"os"

	"faultline/index/query/internal/tables"
)

func main() {
	for path, source := range map[string][]byte{
		"tables.go":               tables.Go(),
		"../web/client/tables.ts": tables.TypeScript(),
	} {
		if err := os.WriteFile(path, source, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
