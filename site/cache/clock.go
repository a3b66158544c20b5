package cache

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// The ways in which the zone of a clock is written.
const (
	inUTC   = iota
	offset  // a number of seconds, without a name
	inPlace // a name such as Europe/London
)

// clock writes an instant with its zone.
func (w *writer) clock(t time.Time) {
	w.data = binary.AppendVarint(w.data, t.Unix())
	w.uint(uint64(t.Nanosecond()))
	zone := t.Location()
	_, seconds := t.Zone()
	switch {
	case zone == time.UTC:
		w.uint(inUTC)
	case reflect.DeepEqual(zone, time.FixedZone("", seconds)):
		w.uint(offset)
		w.data = binary.AppendVarint(w.data, int64(seconds))
	case strings.Contains(zone.String(), "/") && place(zone.String()) != nil:
		w.uint(inPlace)
		w.string(zone.String())
	default:
		w.err = fmt.Errorf("clock in the zone %q cannot be kept", zone)
	}
}

func (r *reader) clock() time.Time {
	seconds, nanos := r.int(), r.uint()
	t := time.Unix(seconds, int64(nanos%1e9)).UTC()
	switch r.uint() {
	case offset:
		return t.In(time.FixedZone("", int(r.int())))
	case inPlace:
		if zone := place(r.string()); zone != nil {
			return t.In(zone)
		}
		r.fail()
	}
	return t
}

// places are the zones by name, nil for unknown ones: reading one takes a while.
var places sync.Map

func place(name string) *time.Location {
	if zone, ok := places.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = nil
	}
	places.Store(name, zone)
	return zone
}
