package webtest

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func engine(t *testing.T, fetch Fetch) *Engine {
	t.Helper()
	e, err := New(fetch)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestLoadOffersExports(t *testing.T) {
	e := engine(t, nil)
	fsys := fstest.MapFS{
		"main.ts":  {Data: []byte(`import { twice } from "./twice"; export async function run(n: number) { await null; return { n: twice(n), list: [1, "é😀"] } }`)},
		"twice.ts": {Data: []byte(`export const twice = (n: number): number => 2 * n`)},
	}
	if err := e.Load(fsys, "main.ts", "client"); err != nil {
		t.Fatal(err)
	}
	var got struct {
		N    int
		List []any
	}
	if err := e.Call(&got, "client.run", 21); err != nil {
		t.Fatal(err)
	}
	if got.N != 42 || got.List[1] != "é😀" {
		t.Errorf("got %+v", got)
	}
	if err := e.Load(fsys, "gone.ts", "client"); err == nil {
		t.Error("a script that does not exist was loaded")
	}
}

func TestRealm(t *testing.T) {
	fetch := Files(map[string][]byte{"/a.json": []byte(`{"a":[1,2]}`), "/bytes": {0xef, 0xbb, 0xbf, 'x', 0xff}})
	for name, test := range map[string]struct{ script, want string }{
		"json":        {`(await (await fetch("/a.json")).json()).a[1]`, `2`},
		"bytes":       {`new Uint8Array(await (await fetch("/bytes")).arrayBuffer())[4]`, `255`},
		"text":        {`(await (await fetch("/bytes")).text())`, "\"x\ufffd\""},
		"decode view": {`new TextDecoder().decode(new Uint8Array([1, 0xc3, 0xa9, 2]).subarray(1, 3))`, `"é"`},
		"encode":      {`Array.from(new TextEncoder().encode("é"))`, `[195,169]`},
		"missing":     {`(r => [r.ok, r.status, r.url])(await fetch("/gone"))`, `[false,404,"/gone"]`},
		"timers":      {`await new Promise(done => { const order = []; setTimeout(() => done(order), 9); setTimeout(order.push.bind(order), 5, "b"); setTimeout(() => order.push("a"), 1) })`, `["a","b"]`},
		"cleared":     {`await new Promise(done => { clearTimeout(setTimeout(done, 1, "no")); setTimeout(done, 2, "yes") })`, `"yes"`},
		"microtask":   {`await new Promise(done => queueMicrotask(() => done(1)))`, `1`},
		"not json":    {`await (await fetch("/bytes")).json().catch(e => "refused")`, `"refused"`},
	} {
		t.Run(name, func(t *testing.T) {
			e := engine(t, fetch)
			var got string
			if err := e.Call(&got, "async () => JSON.stringify("+test.script+")"); err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	broken := func(string) (int, []byte, error) { return 0, nil, errors.New("wire cut") }
	for name, test := range map[string]struct{ function, want string }{
		"thrown":     {`() => { throw new Error("boom") }`, "boom"},
		"rejected":   {`async () => { throw new Error("boom") }`, "promise rejected: Error: boom"},
		"network":    {`() => fetch("/a")`, "wire cut"},
		"pending":    {`() => new Promise(() => {})`, "never settled"},
		"no value":   {`() => undefined`, "no JSON form"},
		"no call":    {`42`, "is not a function"},
		"syntax":     {`) (`, "SyntaxError"},
		"bad decode": {`() => new TextDecoder().decode("text")`, "needs an ArrayBuffer"},
		"bad timer":  {`() => setTimeout("text")`, "needs a function"},
		"in a timer": {`() => { setTimeout(() => { throw new Error("late") }) }`, "late"},
	} {
		var got any
		err := engine(t, broken).Call(&got, test.function)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q in it", name, err, test.want)
		}
	}
	if err := engine(t, nil).Run("gone()"); err == nil {
		t.Error("a script that fails was run")
	}
	if err := engine(t, nil).Call(nil, "() => fetch('/a')"); err == nil || !strings.Contains(err.Error(), "no network") {
		t.Errorf("a request without a network: %v", err)
	}
}
