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
// A page takes part by loading /_faultline/reload.js, a script without
// dependencies that satisfies the site's content security policy. It listens to
// /_faultline/events, server-sent events of this form, whose ids name the snapshot:
//
//	id: SNAPSHOT
//	data: {"kind":"reload","problems":[{"rule","level","path","line","column","text","hint"}]}
//
// Kind "reload" says that there is a newer snapshot than the page's, "problems"
// that what is wrong with the library has changed while the snapshot has not. Pages
// carry the name of their snapshot in the header Server-Timing, which scripts can
// read, and send the last id they know, so that a page that missed an event, even
// across a restart of the server, reloads as soon as it is connected.
//
// # Who may read
//
// Postmortems are confidential, so nobody but the person at this machine may read
// them: the server listens on a loopback address only and refuses requests for other
// hosts (which a name that an attacker points at 127.0.0.1 would send), requests that
// come from other origins, and every method but GET and HEAD. It allows no
// cross-origin use, and no page of it can be framed.
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
	// Host is the address to listen on: "localhost" or a loopback address, with
	// "127.0.0.1" for none.
	Host string
	// Port is the port to listen on. With 0 it is DefaultPort or, if that is taken,
	// one of the next that is free.
	Port int
	// Open reads the library. The problems are the author's, the error is the
	// machine's. It is called in one goroutine at a time.
	Open func(ctx context.Context) (Snapshot, problem.List, error)
	// Watch are the folders whose files Open reads. They need not exist.
	Watch []string
	// Skip, where it is not nil, reports folders (by absolute path) that Open does not
	// read, such as built sites. Names that are never sources need no mention.
	Skip func(folder string) bool
	// Poll looks at all folders once a second, for file systems that do not report
	// changes (network shares, some containers).
	Poll bool
	// Log, where it is not nil, is told of reloads and problems, a line each.
	Log io.Writer
	// Ready, where it is not nil, is called once, with the URL of the site, when the
	// first page can be asked for.
	Ready func(url string)
}

// Serve serves the library until ctx is done, which is no error. Errors are a Host
// that is no loopback address, and a port that cannot be had.
func Serve(ctx context.Context, cfg Config) error {
	logger := log.New(orDiscard(cfg.Log), "", 0)
	listener, err := listen(cfg.Host, cfg.Port, logger)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()

	s := newServer(cfg.Open, listener.Addr().(*net.TCPAddr), logger)
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
		cfg.Ready("http://" + listener.Addr().String() + "/")
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
