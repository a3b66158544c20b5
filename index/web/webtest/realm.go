package webtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// timer is a function to be called at a time in milliseconds that nobody waits for.
type timer struct {
	id, due int64
	call    goja.Callable
	args    []goja.Value
}

// timers holds what is still to be called and the realm's own time.
type timers struct {
	now, last int64
	queue     []timer
}

// next removes the timer that is due first, the older one of equals.
func (t *timers) next() timer {
	first := 0
	for i, candidate := range t.queue {
		if candidate.due < t.queue[first].due {
			first = i
		}
	}
	picked := t.queue[first]
	t.queue = append(t.queue[:first], t.queue[first+1:]...)
	t.now = max(t.now, picked.due)
	return picked
}

// remove forgets a timer.
func (t *timers) remove(id int64) {
	for i := range t.queue {
		if t.queue[i].id == id {
			t.queue = append(t.queue[:i], t.queue[i+1:]...)
			return
		}
	}
}

// drain calls every timer. Jobs of promises run whenever the engine's stack is
// empty, that is after each call.
func (e *Engine) drain() error {
	for len(e.timers.queue) > 0 {
		due := e.timers.next()
		if _, err := due.call(goja.Undefined(), due.args...); err != nil {
			return described(err)
		}
	}
	return nil
}

// install adds what the language itself does not offer.
func (e *Engine) install() error {
	for name, value := range map[string]any{
		"setTimeout":     e.setTimeout,
		"clearTimeout":   func(id int64) { e.timers.remove(id) },
		"queueMicrotask": func(f goja.Callable) { e.later(0, f) },
		"fetch":          e.request,
		"TextDecoder":    e.textDecoder,
		"TextEncoder":    e.textEncoder,
	} {
		if err := e.vm.Set(name, value); err != nil {
			return err
		}
	}
	return e.vm.Set("globalThis", e.vm.GlobalObject())
}

func (e *Engine) setTimeout(call goja.FunctionCall) goja.Value {
	f, ok := goja.AssertFunction(call.Argument(0))
	if !ok {
		panic(e.vm.NewTypeError("setTimeout needs a function"))
	}
	var args []goja.Value
	if len(call.Arguments) > 2 {
		args = call.Arguments[2:]
	}
	return e.vm.ToValue(e.later(max(0, call.Argument(1).ToInteger()), f, args...))
}

func (e *Engine) later(delay int64, f goja.Callable, args ...goja.Value) int64 {
	e.timers.last++
	e.timers.queue = append(e.timers.queue, timer{e.timers.last, e.timers.now + delay, f, args})
	return e.timers.last
}

// request is fetch: the answer comes after the running job, as over a network.
func (e *Engine) request(url string) *goja.Promise {
	promise, resolve, reject := e.vm.NewPromise()
	answer := func(goja.Value, ...goja.Value) (goja.Value, error) {
		status, body, err := e.fetch(url)
		if err != nil {
			return nil, reject(e.vm.NewGoError(err))
		}
		return nil, resolve(e.response(url, status, body))
	}
	e.later(0, answer)
	return promise
}

func (e *Engine) response(url string, status int, body []byte) *goja.Object {
	response := e.vm.NewObject()
	e.set(response, "url", url)
	e.set(response, "status", status)
	e.set(response, "ok", status >= 200 && status < 300)
	e.set(response, "arrayBuffer", e.promising(func() (any, error) {
		return e.vm.NewArrayBuffer(append([]byte(nil), body...)), nil
	}))
	e.set(response, "text", e.promising(func() (any, error) { return decoded(body), nil }))
	e.set(response, "json", e.promising(func() (any, error) {
		if !json.Valid(body) {
			return nil, fmt.Errorf("the body of %q is not JSON", url)
		}
		return e.parse(decoded(body))
	}))
	return response
}

// promising makes a method that answers with a settled promise.
func (e *Engine) promising(f func() (any, error)) func() *goja.Promise {
	return func() *goja.Promise {
		promise, resolve, reject := e.vm.NewPromise()
		value, err := f()
		if err != nil {
			_ = reject(e.vm.NewGoError(err))
		} else {
			_ = resolve(value)
		}
		return promise
	}
}

func (e *Engine) set(object *goja.Object, name string, value any) {
	if err := object.Set(name, value); err != nil {
		panic(err)
	}
}

func (e *Engine) textDecoder(call goja.ConstructorCall) *goja.Object {
	e.set(call.This, "encoding", "utf-8")
	e.set(call.This, "decode", func(source goja.Value) string { return decoded(e.bytes(source)) })
	return nil
}

func (e *Engine) textEncoder(call goja.ConstructorCall) *goja.Object {
	e.set(call.This, "encode", func(text string) goja.Value {
		array, err := e.vm.New(e.vm.Get("Uint8Array"), e.vm.ToValue(e.vm.NewArrayBuffer([]byte(text))))
		if err != nil {
			panic(err)
		}
		return array
	})
	return nil
}

// bytes reads an ArrayBuffer or a view of one.
func (e *Engine) bytes(source goja.Value) []byte {
	switch value := source.Export().(type) {
	case goja.ArrayBuffer:
		return value.Bytes()
	case []byte:
		return value
	}
	if goja.IsUndefined(source) {
		return nil
	}
	panic(e.vm.NewTypeError("decode needs an ArrayBuffer or a Uint8Array"))
}

// decoded reads UTF-8 without its byte-order mark.
func decoded(body []byte) string {
	text := strings.TrimPrefix(string(body), "\ufeff")
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}
