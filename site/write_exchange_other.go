//go:build !linux && !darwin

package site

import "errors"

// exchange is not to be had here; two renames under a journal take its place.
func exchange(a, b string) error { return errors.ErrUnsupported }
