package lock

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestHold(t *testing.T) {
	name := filepath.Join(t.TempDir(), ".x.lock")
	for range 2 {
		release, err := Hold(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Hold(name); !errors.Is(err, ErrBusy) {
			t.Errorf("a lock that is held gave %v", err)
		}
		release()
		if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the lock stayed: %v", err)
		}
	}
	if _, err := Hold(filepath.Join(name, "missing")); err == nil {
		t.Error("a lock in no folder was held")
	}
}
