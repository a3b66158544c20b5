// Command generate writes a library of made-up postmortems to a folder, for tests
// and benchmarks by hand:
//
//	go run ./site/sample/generate -n 10000 DIR
//
// The same number and seed give the same files. Files that are in the folder
// already are overwritten or left alone.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"faultline/site/sample"
)

func main() {
	n := flag.Int("n", 1000, "how many incidents")
	seed := flag.Uint64("seed", 1, "which incidents")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: generate [-n N] [-seed S] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *n < 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := generate(flag.Arg(0), *n, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(2)
	}
}

func generate(dir string, n int, seed uint64) error {
	if err := os.MkdirAll(filepath.Join(dir, "incidents"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "faultline.yaml"), []byte(sample.Config), 0o644); err != nil {
		return err
	}
	for path, data := range sample.Files(n, seed) {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(path)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
