// Package webtest runs the TypeScript of the browser under go test, in an embedded
// JavaScript engine: no browser, no Node, no network.
//
// An Engine bundles a script with site/bundle and runs it in one realm that has
// what the language itself offers plus
//
//	fetch(url)      answered by a Fetch of the test; ok, status, url, arrayBuffer(), text(), json()
//	TextDecoder     UTF-8, faults replaced by U+FFFD; TextEncoder
//	setTimeout      in order of due time, without waiting
//	queueMicrotask  after the running job
//
// There is no URL, document, Intl or WebAssembly, on purpose: the client's core must
// do without them. Promises are settled before a call returns; one that cannot be
// settled is an error. An Engine is not safe for concurrent use.
package webtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"github.com/dop251/goja"

	"faultline/site/bundle"
)

// Fetch answers a request for a URL with a status and a body. An error is what a
// broken network is: the script's promise is rejected.
type Fetch func(url string) (status int, body []byte, err error)

// Files answers from a map of URL to body, and with 404 for every other URL.
func Files(files map[string][]byte) Fetch {
	return func(url string) (int, []byte, error) {
		body, ok := files[url]
		if !ok {
			return http.StatusNotFound, nil, nil
		}
		return http.StatusOK, body, nil
	}
}

// Engine is one JavaScript realm.
type Engine struct {
	vm     *goja.Runtime
	fetch  Fetch
	timers timers
}

// New makes a realm whose fetch is answered by fetch; nil refuses every request.
func New(fetch Fetch) (*Engine, error) {
	if fetch == nil {
		fetch = func(url string) (int, []byte, error) { return 0, nil, fmt.Errorf("no network for %q", url) }
	}
	e := &Engine{vm: goja.New(), fetch: fetch}
	return e, e.install()
}

// Load bundles the TypeScript file entry of fsys and runs it; what it exports
// becomes the properties of the global variable name.
func (e *Engine) Load(fsys fs.FS, entry, name string) error {
	script, err := bundle.Script(fsys, entry, bundle.ScriptOptions{Format: bundle.Global, GlobalName: name})
	if err != nil {
		return err
	}
	return e.Run(string(script))
}

// Run runs a script: glue of a test, such as a function that keeps a session. The
// promise that it may end with is not waited for.
func (e *Engine) Run(script string) error {
	if _, err := e.vm.RunString(script); err != nil {
		return described(err)
	}
	return e.drain()
}

// Call calls a function, named by an expression ("client.tokens"), with arguments
// in their JSON form, waits for the promise that it may return, and reads the
// JSON form of the answer into result (nil leaves it unread).
func (e *Engine) Call(result any, function string, args ...any) error {
	callee, err := e.vm.RunString("(" + function + ")")
	if err != nil {
		return described(err)
	}
	call, ok := goja.AssertFunction(callee)
	if !ok {
		return fmt.Errorf("%q is not a function", function)
	}
	values, err := e.values(args)
	if err != nil {
		return err
	}
	answer, err := call(goja.Undefined(), values...)
	if err != nil {
		return described(err)
	}
	if answer, err = e.settled(answer); err != nil || result == nil {
		return err
	}
	return e.export(answer, result)
}

// values turns arguments into values of the realm.
func (e *Engine) values(args []any) ([]goja.Value, error) {
	var values []goja.Value
	for _, arg := range args {
		text, err := json.Marshal(arg)
		if err != nil {
			return nil, err
		}
		value, err := e.parse(string(text))
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, nil
}

func (e *Engine) parse(text string) (goja.Value, error) {
	parse, _ := goja.AssertFunction(e.vm.Get("JSON").ToObject(e.vm).Get("parse"))
	return parse(goja.Undefined(), e.vm.ToValue(text))
}

func (e *Engine) export(value goja.Value, result any) error {
	stringify, _ := goja.AssertFunction(e.vm.Get("JSON").ToObject(e.vm).Get("stringify"))
	text, err := stringify(goja.Undefined(), value)
	if err != nil {
		return described(err)
	}
	if goja.IsUndefined(text) {
		return errors.New("the answer has no JSON form")
	}
	return json.Unmarshal([]byte(text.String()), result)
}

// settled returns what a promise is fulfilled with; any other value is itself.
func (e *Engine) settled(value goja.Value) (goja.Value, error) {
	if err := e.drain(); err != nil {
		return nil, err
	}
	promise, ok := value.Export().(*goja.Promise)
	if !ok {
		return value, nil
	}
	switch promise.State() {
	case goja.PromiseStateFulfilled:
		return promise.Result(), nil
	case goja.PromiseStateRejected:
		return nil, fmt.Errorf("promise rejected: %s", promise.Result())
	default:
		return nil, errors.New("the promise is never settled")
	}
}

// described gives an exception with the place where it was thrown.
func described(err error) error {
	var exception *goja.Exception
	if errors.As(err, &exception) {
		return errors.New(exception.String())
	}
	return err
}
