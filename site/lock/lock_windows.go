package lock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile locks f for this process, or fails with ErrBusy.
func lockFile(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return ErrBusy
	}
	return os.NewSyscallError("LockFileEx", err)
}

// unlockFile closes first: an open file cannot be removed here, and one that
// somebody else has opened meanwhile stays.
func unlockFile(f *os.File, name string) {
	f.Close()
	os.Remove(name)
}
