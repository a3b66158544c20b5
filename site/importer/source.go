package importer

import (
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"faultline/site/problem"
)

// Sources reads the files that the arguments name, one after the other: files,
// folders and what is in them, globs, and "-" for standard input. What cannot be
// read is a problem.
func Sources(args []string, stdin io.Reader) iter.Seq2[Source, problem.List] {
	return func(yield func(Source, problem.List) bool) {
		for _, arg := range args {
			filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				if !yield(Source{Path: path, Key: filepath.Base(path), Data: data}, nil) {
					return fs.SkipAll
				}
				return nil
			})
		}
	}
}
