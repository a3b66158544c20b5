package author

import (
	"fmt"
	"log"
	"net"
	"strconv"
)

// DefaultPort is where the site is served unless a port was asked for or it is
// taken.
const DefaultPort = 1313

// portsTried is how many ports, from DefaultPort on, are tried before any free one
// is taken.
const portsTried = 20

// listen opens the port on the address, and warns where other machines can reach it. With
// port 0 it finds a free one and says so where that is not DefaultPort.
func listen(host string, port int, logger *log.Logger) (net.Listener, error) {
	host, err := address(host)
	if err != nil {
		return nil, err
	}
	if !net.ParseIP(host).IsLoopback() {
		logger.Printf("warning: everybody who can reach %s can read this library, drafts too, and edit it", host)
	}
	if port != 0 {
		return listenAt(host, port)
	}
	listener, first := listenAt(host, DefaultPort)
	if first == nil {
		return listener, nil
	}
	for _, port := range append(following(DefaultPort), 0) {
		if listener, err := listenAt(host, port); err == nil {
			logger.Printf("port %d is taken, using %d", DefaultPort, listener.Addr().(*net.TCPAddr).Port)
			return listener, nil
		}
	}
	return nil, first
}

func listenAt(host string, port int) (net.Listener, error) {
	listener, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("serve on port %d: %w", port, err)
	}
	return listener, nil
}

func following(port int) []int {
	var ports []int
	for i := 1; i < portsTried; i++ {
		ports = append(ports, port+i)
	}
	return ports
}

// address returns the address that host names. The name localhost is not looked up: a
// resolver could answer anything.
func address(host string) (string, error) {
	if host == "" || host == "localhost" {
		return "127.0.0.1", nil
	}
	if net.ParseIP(host) == nil {
		return "", fmt.Errorf("host %q is not an address: use 127.0.0.1, ::1 or localhost, or 0.0.0.0 for other machines too", host)
	}
	return host, nil
}
