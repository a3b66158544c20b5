//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package lock

import "os"

// lockFile does nothing here: there is no lock that would die with its process.
func lockFile(f *os.File) error { return nil }

func unlockFile(f *os.File, name string) {
	f.Close()
	os.Remove(name)
}
