package author

import (
	"fmt"
	"log"
	"net"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for host, want := range map[string]string{"": "127.0.0.1", "localhost": "127.0.0.1", "127.8.8.8": "127.8.8.8", "::1": "::1", "0.0.0.0": "0.0.0.0"} {
		if got, err := address(host); got != want || err != nil {
			t.Errorf("address(%q) = %q, %v", host, got, err)
		}
	}
	for _, host := range []string{"example.org", "localhost.", "127.0.0.1:80", "-"} {
		if got, err := address(host); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q is not an address", host)) {
			t.Errorf("address(%q) = %q, %v", host, got, err)
		}
	}
}

// Whoever opens the server to other machines is told what that means.
func TestOtherMachinesAreWarnedOf(t *testing.T) {
	for host, warned := range map[string]bool{"127.0.0.1": false, "0.0.0.0": true} {
		var logged strings.Builder
		listener, err := listen(host, 0, log.New(&logged, "", 0))
		if err != nil {
			t.Fatal(err)
		}
		listener.Close()
		if got := strings.Contains(logged.String(), "warning: everybody who can reach "+host); got != warned {
			t.Errorf("%s: logged %q", host, logged.String())
		}
	}
}

func TestPortChosenByHandIsThatOrNone(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	if _, err := listen("", port, nil); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("serve on port %d", port)) {
		t.Errorf("error %v", err)
	}
}

func TestDefaultPortGivesWay(t *testing.T) {
	if taken, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", DefaultPort)); err == nil {
		defer taken.Close()
	} // else somebody else has taken it, which is as good
	var logged strings.Builder
	listener, err := listen("", 0, log.New(&logged, "", 0))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	if want := fmt.Sprintf("port %d is taken, using %d\n", DefaultPort, port); logged.String() != want {
		t.Errorf("logged %q, want %q", logged.String(), want)
	}
}
