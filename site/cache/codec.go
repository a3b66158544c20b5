package cache

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"reflect"
	"time"
	"unsafe"
)

// A Codec writes values of T as bytes and reads them back. It is built once from the type
// and knows fields by their order alone; Shape tells types apart. Nil and empty lists
// stay what they are.
type Codec[T any] struct {
	whole part
	shape string
}

// NewCodec makes the codec of T. It panics for a type that holds what no file can:
// interfaces, functions, channels and maps.
func NewCodec[T any]() Codec[T] {
	b := &builder{known: map[reflect.Type]*part{}}
	t := reflect.TypeFor[T]()
	return Codec[T]{*b.part(t), b.shape.String()}
}

// Shape names the structure of T: a type that differs in any field has another.
func (c Codec[T]) Shape() string { return c.shape }

// Encode writes the value. The error is for a clock in a zone that cannot be named.
func (c Codec[T]) Encode(value *T) ([]byte, error) {
	w := &writer{}
	c.whole.write(w, unsafe.Pointer(value))
	if w.err != nil {
		return nil, w.err
	}
	out := binary.AppendUvarint(nil, uint64(len(w.text)))
	return append(append(out, w.text...), w.data...), nil
}

// Decode reads a value that Encode wrote. Its strings are parts of data, which must not
// change as long as the value is in use. Bytes that Encode did not write give an error
// or any value, never a panic.
func (c Codec[T]) Decode(data []byte) (*T, error) {
	r := &reader{data: data}
	r.text = r.bytes(r.count(1))
	value := new(T)
	c.whole.read(r, unsafe.Pointer(value))
	if r.err == nil && len(r.data) > 0 {
		r.err = errTorn
	}
	if r.err != nil {
		return nil, r.err
	}
	return value, nil
}

var errTorn = errors.New("not what was written")

// part writes and reads values of one type.
type part struct {
	write func(*writer, unsafe.Pointer)
	read  func(*reader, unsafe.Pointer)
}

// writer collects the strings of a value in text and all else in data. A string that
// text holds already, as a sentence of a body that is written whole, is a place in it.
type writer struct {
	text, data []byte
	last       int // where in text the last string was found
	err        error
}

// A string is looked for in the text from so many bytes on, and in a text up to so many: a long
// one would be searched again and again.
const (
	shortest = 12
	longest  = 1 << 16
)

func (w *writer) uint(n uint64) { w.data = binary.AppendUvarint(w.data, n) }

func (w *writer) string(s string) {
	w.uint(uint64(len(s)))
	if s == "" {
		return
	}
	at := -1
	if len(s) >= shortest && len(w.text) <= longest {
		at = w.find(s)
	}
	if at < 0 {
		at = len(w.text)
		w.text = append(w.text, s...)
	}
	w.uint(uint64(at))
}

// find looks behind the last place first: a report is told in order.
func (w *writer) find(s string) int {
	at := bytes.Index(w.text[w.last:], []byte(s))
	if at >= 0 {
		at += w.last
	} else if at = bytes.Index(w.text[:min(len(w.text), w.last+len(s))], []byte(s)); at < 0 {
		return -1
	}
	w.last = at
	return at
}

// reader reads what a writer wrote. After an error everything is zero.
type reader struct {
	text, data []byte
	err        error
}

func (r *reader) fail() {
	r.data, r.err = nil, errTorn
}

func (r *reader) uint() uint64 {
	n, size := binary.Uvarint(r.data)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[size:]
	return n
}

// count reads how many values follow, each of which takes so many bytes at least.
func (r *reader) count(size int) int {
	n := r.uint()
	if n > uint64(len(r.data)/size) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.data) {
		r.fail()
		return nil
	}
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) string() string {
	n := r.uint()
	if n == 0 {
		return ""
	}
	at := r.uint()
	if all := uint64(len(r.text)); at >= all || n > all-at {
		r.fail()
		return ""
	}
	return unsafe.String(&r.text[at], int(n))
}

// builder makes the parts of types, each once, and writes down what they look like.
type builder struct {
	known map[reflect.Type]*part
	shape bytes.Buffer
}

func (b *builder) part(t reflect.Type) *part {
	fmt.Fprintf(&b.shape, "%s %s;", t, t.Kind())
	if p := b.known[t]; p != nil {
		return p
	}
	p := &part{}
	b.known[t] = p // before its fields, which may hold it again
	*p = b.make(t)
	return p
}

func (b *builder) make(t reflect.Type) part {
	if t == reflect.TypeFor[time.Time]() {
		return clockPart
	}
	switch t.Kind() {
	case reflect.Bool:
		return boolPart
	case reflect.String:
		return stringPart
	case reflect.Int, reflect.Int64:
		return intPart
	case reflect.Uint8:
		return bytePart
	case reflect.Int32, reflect.Uint32:
		return wordPart
	case reflect.Float64:
		return floatPart
	case reflect.Pointer:
		return b.pointer(t)
	case reflect.Slice:
		return b.slice(t)
	case reflect.Array:
		return b.array(t)
	case reflect.Struct:
		return b.structure(t)
	}
	panic(fmt.Sprintf("cache: %s cannot be kept", t))
}

var (
	boolPart = part{
		func(w *writer, p unsafe.Pointer) {
			n := uint64(0)
			if *(*bool)(p) {
				n = 1
			}
			w.uint(n)
		},
		func(r *reader, p unsafe.Pointer) { *(*bool)(p) = r.uint() == 1 },
	}
	stringPart = part{
		func(w *writer, p unsafe.Pointer) { w.string(*(*string)(p)) },
		func(r *reader, p unsafe.Pointer) { *(*string)(p) = r.string() },
	}
	intPart = part{
		func(w *writer, p unsafe.Pointer) { w.data = binary.AppendVarint(w.data, *(*int64)(p)) },
		func(r *reader, p unsafe.Pointer) { *(*int64)(p) = r.int() },
	}
	bytePart = part{
		func(w *writer, p unsafe.Pointer) { w.data = append(w.data, *(*byte)(p)) },
		func(r *reader, p unsafe.Pointer) {
			if b := r.bytes(1); b != nil {
				*(*byte)(p) = b[0]
			}
		},
	}
	wordPart = part{
		func(w *writer, p unsafe.Pointer) { w.data = binary.LittleEndian.AppendUint32(w.data, *(*uint32)(p)) },
		func(r *reader, p unsafe.Pointer) {
			if b := r.bytes(4); b != nil {
				*(*uint32)(p) = binary.LittleEndian.Uint32(b)
			}
		},
	}
	floatPart = part{
		func(w *writer, p unsafe.Pointer) {
			w.data = binary.LittleEndian.AppendUint64(w.data, math.Float64bits(*(*float64)(p)))
		},
		func(r *reader, p unsafe.Pointer) {
			if b := r.bytes(8); b != nil {
				*(*float64)(p) = math.Float64frombits(binary.LittleEndian.Uint64(b))
			}
		},
	}
	clockPart = part{
		func(w *writer, p unsafe.Pointer) { w.clock(*(*time.Time)(p)) },
		func(r *reader, p unsafe.Pointer) { *(*time.Time)(p) = r.clock() },
	}
)

func (r *reader) int() int64 {
	n, size := binary.Varint(r.data)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.data = r.data[size:]
	return n
}

func (b *builder) pointer(t reflect.Type) part {
	elem := b.part(t.Elem())
	return part{
		func(w *writer, p unsafe.Pointer) {
			to := *(*unsafe.Pointer)(p)
			if to == nil {
				w.uint(0)
				return
			}
			w.uint(1)
			elem.write(w, to)
		},
		func(r *reader, p unsafe.Pointer) {
			if r.uint() == 1 {
				to := reflect.New(t.Elem()).UnsafePointer()
				elem.read(r, to)
				*(*unsafe.Pointer)(p) = to
			}
		},
	}
}

// slice writes one more than the length, and 0 for nil.
func (b *builder) slice(t reflect.Type) part {
	elem, size := b.part(t.Elem()), t.Elem().Size()
	return part{
		func(w *writer, p unsafe.Pointer) {
			list := reflect.NewAt(t, p).Elem()
			if list.IsNil() {
				w.uint(0)
				return
			}
			w.uint(uint64(list.Len()) + 1)
			for n := range list.Len() {
				elem.write(w, unsafe.Add(list.UnsafePointer(), uintptr(n)*size))
			}
		},
		func(r *reader, p unsafe.Pointer) {
			n := r.uint()
			if n == 0 {
				return
			}
			if n--; n > uint64(len(r.data)) { // every value takes a byte at least
				r.fail()
				return
			}
			list := reflect.MakeSlice(t, int(n), int(n))
			for i := range int(n) {
				elem.read(r, unsafe.Add(list.UnsafePointer(), uintptr(i)*size))
			}
			reflect.NewAt(t, p).Elem().Set(list)
		},
	}
}

func (b *builder) array(t reflect.Type) part {
	elem, size := b.part(t.Elem()), t.Elem().Size()
	fmt.Fprintf(&b.shape, "%d;", t.Len())
	each := func(do func(at uintptr)) {
		for n := range t.Len() {
			do(uintptr(n) * size)
		}
	}
	return part{
		func(w *writer, p unsafe.Pointer) { each(func(at uintptr) { elem.write(w, unsafe.Add(p, at)) }) },
		func(r *reader, p unsafe.Pointer) { each(func(at uintptr) { elem.read(r, unsafe.Add(p, at)) }) },
	}
}

// structure writes the fields in order, those that are not exported too.
func (b *builder) structure(t reflect.Type) part {
	parts, offsets := make([]*part, t.NumField()), make([]uintptr, t.NumField())
	for n := range parts {
		f := t.Field(n)
		fmt.Fprintf(&b.shape, ".%s ", f.Name)
		parts[n], offsets[n] = b.part(f.Type), f.Offset
	}
	return part{
		func(w *writer, p unsafe.Pointer) {
			for n, f := range parts {
				f.write(w, unsafe.Add(p, offsets[n]))
			}
		},
		func(r *reader, p unsafe.Pointer) {
			for n, f := range parts {
				f.read(r, unsafe.Add(p, offsets[n]))
			}
		},
	}
}
