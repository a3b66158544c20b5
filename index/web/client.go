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

// Scripts is the client's TypeScript; client.ts and alert.ts are its entries.
func Scripts() fs.FS {
	sub, err := fs.Sub(scripts, "client")
	if err != nil {
		panic(err) // the folder is embedded
	}
	return sub
}

// Client returns search/client.js: an ES module for browsers and Node. Alert returns
// search/alert.js, which few visitors need.
var (
	Client = sync.OnceValues(func() ([]byte, error) { return module("client.ts") })
	Alert  = sync.OnceValues(func() ([]byte, error) { return module("alert.ts") })
)

func module(entry string) ([]byte, error) {
	script, err := bundle.Script(Scripts(), entry, bundle.ScriptOptions{Format: bundle.Module})
	if err != nil {
		return nil, fmt.Errorf("search script %q: %w", entry, err)
	}
	return script, nil
}
