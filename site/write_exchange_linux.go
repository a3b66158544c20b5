package site

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step. Kernels and file systems that cannot do
// it answer EINVAL, ENOSYS or EOPNOTSUPP; sandboxes that forbid the call, EPERM.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.EPERM):
		return errors.ErrUnsupported
	default:
		return fmt.Errorf("exchange %q and %q: %w", a, b, err)
	}
}
