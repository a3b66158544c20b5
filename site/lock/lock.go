// Package lock keeps a second process out of what one is writing. A lock is a file
// beside it, and dies with its process however that ends.
package lock

import (
	"errors"
	"os"
)

// ErrBusy is returned for a lock that another process holds, or this one already.
var ErrBusy = errors.New("another faultline is writing there")

// Hold takes the lock of that name and returns what releases it. The file is removed
// on release; a lock on a file that was removed meanwhile is no lock, so it is taken
// again.
func Hold(name string) (release func(), err error) {
	for {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return nil, err
		}
		if err := lockFile(f); err != nil {
			f.Close()
			return nil, err
		}
		mine, err := f.Stat()
		if err != nil {
			f.Close()
			return nil, err
		}
		if current, err := os.Stat(name); err == nil && os.SameFile(mine, current) {
			return func() { unlockFile(f, name) }, nil
		}
		f.Close()
	}
}
