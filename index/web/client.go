package web

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"faultline/site/bundle"
)

//go:embed client/*.ts
var scripts embed.FS

// Scripts is the client's TypeScript; client.ts is its entry.
func Scripts() fs.FS {
	sub, err := fs.Sub(scripts, "client")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Client returns search/client.js: an ES module for browsers and Node.
var Client = sync.OnceValues(func() ([]byte, error) {
	script, err := bundle.Script(Scripts(), "client.ts", bundle.ScriptOptions{Format: bundle.Module})
	if err != nil {
		return nil, fmt.Errorf("search client: %w", err)
	}
	return script, nil
})
