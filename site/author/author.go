// Package author is the live-reload server: it shows a library as the site it will
// become and keeps up with every edit. It is the only door to the watcher of files.
//
// # Snapshots
//
// Serve opens the library, serves the pages that are asked for from that snapshot,
// and opens it again after each edit. Snapshots are swapped whole, so no request
// sees half an edit. Never are two opened at once: edits that come while one is
// being opened are taken together by the next. When the newest edit cannot be read,
// the last good snapshot stays up and pages say what is wrong.
//
// # Edits
//
// Every folder below the watched ones is watched, new ones from the moment they
// appear. An edit is taken up once it has settled: nothing more has changed for 5
// milliseconds, or for 50 when something vanished (editors that rename a new file
// over the old one) or many files changed (a checkout), and after a second in any
// case. Names that begin with a dot, editors' backup and swap files, and built
// sites are not sources and cause nothing, and neither do mere changes of
// permissions. Where the system's watches run out, and for folders that do not
// exist yet, the folder is looked at once a second instead.
//
// # Pages
//
// A page takes part by loading /_faultline/reload.js, which satisfies the site's
// content security policy and needs nothing of the theme but a <main>. It listens to
// /_faultline/events, server-sent events of this form, whose ids name the snapshot:
//
//	id: SNAPSHOT
//	data: {"kind":"reload","problems":[{"rule","level","path","line","column","text","hint"}]}
//
// Kind "reload" says that there is a newer snapshot than the one that the listener knew,
// "problems" that what is wrong with the library has changed while the snapshot has not;
// the problems are its first errors. A stream that has nothing to say sends the event
// "alive". All tabs of a browser share one stream, in a worker, because browsers allow
// six connections to one host.
//
// Pages carry the name of their snapshot in the header Server-Timing, which scripts can
// read. A page of an older one, even one that missed events or a restart of the server,
// fetches itself again and takes over what differs of <main>: scroll position, focus and
// what is open stay. A changed style sheet is put in place of the old one. Where its
// scripts or its header differ, or it has scripts of its own, it loads itself again.
// With ?follow, or the check box of the desk, the edited place is brought into view.
//
// Beside the page stands the desk (package desk), which the server renders at
// /_faultline/desk?page=PATH.
//
// # Writing
//
// Two requests write, as JSON with the method POST:
//
//	/_faultline/tags       {"path","dimension","term","decision"}    -> {"sum"}
//	/_faultline/incidents  {"kind","title","date"}                   -> {"path","url","editor"}
//
// They need the token of this run, which the desk carries, in the header
// X-Faultline-Token, and an Origin that is this server's. The first needs If-Match with
// the sum of the file that was looked at, in quotes, and writes nothing where the file is
// another by then. What is refused is answered by {"error":{"rule","text","hint",…}}.
//
// # Who may read
//
// Postmortems are confidential, so nobody but the person at this machine may read
// them: the server listens on a loopback address unless it is told otherwise, and refuses
// requests for other hosts (which a name that an attacker points at 127.0.0.1 would send),
// requests that come from other origins, and other methods. It allows no cross-origin use,
// and no page of it can be framed.
package author

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"faultline/site/author/desk"
	"faultline/site/problem"
)

// Snapshot is one state of the site. File returns the bytes of the file with the
// slash-separated path ("incidents/x/index.html"), or an error that is
// fs.ErrNotExist when the site has no such file. It must be safe for concurrent use.
// A snapshot that is no longer needed is simply dropped.
type Snapshot interface {
	File(path string) ([]byte, error)
}

// Config says what is served and where. Open is required.
type Config struct {
	// Host is the address to listen on: "localhost" or an IP address, with
	// "127.0.0.1" for none. One that other machines can reach is warned of.
	Host string
	// AllowHosts are names, beside its addresses, by which the server may be asked,
	// without a port.
	AllowHosts []string
	// Port is the port to listen on. With 0 it is DefaultPort or, if that is taken,
	// one of the next that is free.
	Port int
	// Open reads the library. Changed are the paths, with slashes and relative to the watched
	// folder that they lie in, of what changed since the last call, nil where nobody knows. The
	// problems are the author's, the error is the machine's. It is called in one goroutine at a time.
	Open func(ctx context.Context, changed []string) (Snapshot, problem.List, error)
	// Watch are the folders whose files Open reads. They need not exist.
	Watch []string
	// Skip, where it is not nil, reports folders (by absolute path) that Open does not
	// read, such as built sites. Names that are never sources need no mention.
	Skip func(folder string) bool
	// Poll looks at all folders once a second, for file systems that do not report
	// changes (network shares, some containers).
	Poll bool
	// Root is the absolute path of the library's folder, "" where nothing can be written.
	Root string
	// Editor is what links to files open, as desk.ParseEditor reads it; "" is the
	// library's choice.
	Editor string
	// Log, where it is not nil, is told of reloads and problems, a line each.
	Log io.Writer
	// Ready, where it is not nil, is called once, with the URL of the site, when the
	// first page can be asked for.
	Ready func(url string)
}

// Serve serves the library until ctx is done, which is no error. Errors are a Host
// that is no address, an editor that is not known, and a port that cannot be had.
func Serve(ctx context.Context, cfg Config) error {
	logger := log.New(orDiscard(cfg.Log), "", 0)
	writing, err := desk.New(cfg.Root, cfg.Editor)
	if err != nil {
		return err
	}
	listener, err := listen(cfg.Host, cfg.Port, logger)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()

	s := newServer(cfg.Open, listener.Addr().(*net.TCPAddr), logger)
	s.desk, s.names = writing, cfg.AllowHosts
	w := newWatcher(cfg, logger)
	group.Go(func() { w.run(ctx) })
	s.open(ctx, nil)
	group.Go(func() { s.follow(ctx, w.batches) })

	web := &http.Server{
		Handler:           s.handler(),
		ErrorLog:          logger,
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	group.Go(func() {
		<-ctx.Done()
		shutDown(web)
	})
	if cfg.Ready != nil {
		cfg.Ready("http://" + s.hosts[0] + "/")
	}
	if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// shutDown lets running requests finish for a moment. Event streams end at once,
// because their requests' context is done.
func shutDown(web *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if web.Shutdown(ctx) != nil {
		web.Close()
	}
}

func orDiscard(w io.Writer) io.Writer {
	if w == nil {
		return io.Discard
	}
	return w
}
