//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package lock

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lockFile locks f for this process, or fails with ErrBusy. File systems without
// locks (some network ones) are written to without one.
func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		return ErrBusy
	case errors.Is(err, unix.ENOLCK), errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOSYS):
		return nil
	default:
		return os.NewSyscallError("flock", err)
	}
}

// unlockFile removes the file while the lock is still held, so that nobody can be
// holding a lock on the removed file.
func unlockFile(f *os.File, name string) {
	os.Remove(name)
	f.Close()
}
