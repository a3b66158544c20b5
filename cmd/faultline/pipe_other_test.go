//go:build !unix

package main

import "github.com/rogpeppe/go-internal/testscript"

// pipe ends the script: there are no named pipes among the files here.
func pipe(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("skip the script with [!unix]") }
