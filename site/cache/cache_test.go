package cache

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// kept holds a field of every type that a codec knows.
type kept struct {
	Name    string
	Said    *string
	Flag    bool
	N       int
	Length  time.Duration
	Small   uint8
	Word    uint32
	Share   float64
	At      time.Time
	Lists   [2][]string
	Bytes   []byte
	Parts   []piece
	Another *piece
	inside  int
}

type piece struct {
	Text string
	At   []time.Time
	Of   *[2][]string
}

// any generated value is read back as it was written.
func TestCodecReadsWhatItWrote(t *testing.T) {
	c := NewCodec[kept]()
	for seed := range uint64(500) {
		value := generated(rand.New(rand.NewPCG(seed, 1)))
		data, err := c.Encode(&value)
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.Decode(data)
		if err != nil || !reflect.DeepEqual(*got, value) {
			t.Fatalf("seed %d: got  %+v, %v\nwant %+v", seed, got, err, value)
		}
	}
}

func generated(r *rand.Rand) kept {
	berlin, _ := time.LoadLocation("Europe/Berlin")
	zones := []*time.Location{time.UTC, time.FixedZone("", 3600), time.FixedZone("", -12600), berlin}
	body := ""
	text := func() string {
		switch n := r.IntN(40); {
		case n < 8:
			return ""
		case n < 16 && len(body) > 20:
			return body[len(body)/2 : len(body)-3]
		default:
			s := fmt.Sprintf("sentence %d of many, \x00 and ünïcode %d. ", r.IntN(1000), n)
			body += s
			return s
		}
	}
	clock := func() time.Time {
		if r.IntN(3) == 0 {
			return time.Time{}
		}
		return time.Unix(r.Int64N(4e9)-2e9, r.Int64N(1e9)).In(zones[r.IntN(len(zones))])
	}
	list := func() []string {
		return [][]string{nil, {}, {text()}, {text(), text(), ""}}[r.IntN(4)]
	}
	of := func() piece {
		p := piece{Text: text(), At: [][]time.Time{nil, {}, {clock(), clock()}}[r.IntN(3)]}
		if r.IntN(2) == 0 {
			p.Of = &[2][]string{list(), list()}
		}
		return p
	}
	k := kept{Name: text(), Flag: r.IntN(2) == 0, N: int(r.Int64()) - int(r.Int64()), Length: time.Duration(r.Int64()), Small: uint8(r.Uint32()),
		Word: r.Uint32(), Share: r.NormFloat64(), At: clock(), Lists: [2][]string{list(), list()}, Bytes: [][]byte{nil, {}, {1, 0, 255}}[r.IntN(3)], inside: r.IntN(9)}
	if said := text(); r.IntN(2) == 0 {
		k.Said = &said
	}
	for range r.IntN(4) {
		k.Parts = append(k.Parts, of())
	}
	if another := of(); r.IntN(2) == 0 {
		k.Another = &another
	}
	return k
}

func TestCodecRefusesNamelessZones(t *testing.T) {
	value := kept{At: time.Now().In(time.FixedZone("XYZ", 60))}
	if _, err := NewCodec[kept]().Encode(&value); err == nil {
		t.Error("the name of a zone is lost")
	}
}

// Whatever the bytes are, reading them ends with a value or an error.
func FuzzDecode(f *testing.F) {
	c := NewCodec[kept]()
	for seed := range uint64(20) {
		value := generated(rand.New(rand.NewPCG(seed, 2)))
		data, _ := c.Encode(&value)
		f.Add(data)
		f.Add(data[:len(data)/2])
	}
	f.Fuzz(func(t *testing.T, data []byte) { _, _ = c.Decode(data) })
}

func TestShapeTellsTypesApart(t *testing.T) {
	shapes := map[string]string{}
	for name, shape := range map[string]string{
		"a field":      NewCodec[struct{ A int }]().Shape(),
		"another name": NewCodec[struct{ B int }]().Shape(),
		"another type": NewCodec[struct{ A string }]().Shape(),
		"more":         NewCodec[struct{ A, B int }]().Shape(),
		"below":        NewCodec[struct{ A []piece }]().Shape(),
		"longer":       NewCodec[[3]int]().Shape(),
		"shorter":      NewCodec[[2]int]().Shape(),
	} {
		if other, taken := shapes[shape]; taken {
			t.Errorf("%s has the shape of %s", name, other)
		}
		shapes[shape] = name
	}
}

func key(n int) Key { return KeyOf([]byte{byte(n)}) }

func content(n int) []byte { return bytes.Repeat([]byte{byte(n)}, 100+n) }

// filled is a folder that holds the entries from 0 to n-1 in packs of four.
func filled(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	var live []Key
	for i := range n {
		live = append(live, key(i))
	}
	for at := 0; at < n; at += 4 {
		s := Open(dir, "e1")
		for i := at; i < min(at+4, n); i++ {
			s.Add(key(i), content(i))
		}
		if err := s.Save(live); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestStoreFindsWhatWasSaved(t *testing.T) {
	s := Open(filled(t, 200), "e1") // 50 packs, brought together on the way
	for i := range 200 {
		if data, ok := s.Find(key(i)); !ok || !bytes.Equal(data, content(i)) {
			t.Fatalf("entry %d is lost", i)
		}
	}
	if _, ok := s.Find(key(200)); ok {
		t.Error("what was never saved is found")
	}
	if len(s.packs) > mostPacks {
		t.Errorf("%d packs are left", len(s.packs))
	}
}

func TestStoreDropsWhatNobodyAsksFor(t *testing.T) {
	dir := filled(t, 8)
	if err := Open(dir, "e1").Save([]Key{key(3), key(5)}); err != nil {
		t.Fatal(err)
	}
	s := Open(dir, "e1")
	if len(s.found) != 2 || len(s.packs) != 1 {
		t.Errorf("%d entries in %d packs are left", len(s.found), len(s.packs))
	}
}

func TestStoreKeepsEditionsApart(t *testing.T) {
	dir := filled(t, 1)
	for n, edition := range []string{"e2", "e3", "e4", "e5"} {
		s := Open(dir, edition)
		if _, ok := s.Find(key(0)); ok {
			t.Errorf("edition %s finds an entry of another", edition)
		}
		s.Add(key(0), content(n))
		if err := s.Save([]Key{key(0)}); err != nil {
			t.Fatal(err)
		}
		packs, _ := filepath.Glob(filepath.Join(dir, "e*"))
		for at, path := range packs {
			old := time.Now().Add(time.Duration(at-10) * time.Minute)
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if packs, _ := filepath.Glob(filepath.Join(dir, "*"+extension)); len(packs) != 1+mostEditions {
		t.Errorf("%q are left", packs)
	}
}

// A pack that is cut off, or of which any byte is another, gives what was saved or nothing.
func TestDamagedPacksAreNotBelieved(t *testing.T) {
	dir := filled(t, 4)
	packs, _ := filepath.Glob(filepath.Join(dir, "*"+extension))
	whole, err := os.ReadFile(packs[0])
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, data []byte) {
		if err := os.WriteFile(packs[0], data, 0o644); err != nil {
			t.Fatal(err)
		}
		s := Open(dir, "e1")
		for i := range 5 {
			if data, ok := s.Find(key(i)); ok && !bytes.Equal(data, content(i)) {
				t.Fatalf("%s: entry %d is not what was saved", what, i)
			}
		}
	}
	for n := range whole {
		check(fmt.Sprintf("cut at %d", n), whole[:n])
		flipped := bytes.Clone(whole)
		flipped[n] ^= 1 << (n % 8)
		check(fmt.Sprintf("flipped at %d", n), flipped)
	}
	check("foreign", []byte("PK\x03\x04 something else"))
}

func TestStoresInOneFolder(t *testing.T) {
	dir := filled(t, 4)
	a, b := Open(dir, "e1"), Open(dir, "e1")
	a.Add(key(10), content(10))
	b.Add(key(11), content(11))
	live := []Key{key(0), key(1), key(2), key(3), key(10), key(11)}
	if err := a.Save(live); err != nil {
		t.Fatal(err)
	}
	if err := b.Save(live[:1]); err != nil { // brings the packs that it knows together
		t.Fatal(err)
	}
	s := Open(dir, "e1")
	for _, n := range []int{0, 10, 11} {
		if data, ok := s.Find(key(n)); !ok || !bytes.Equal(data, content(n)) {
			t.Errorf("entry %d is lost", n)
		}
	}
}

func TestFoldersThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	s := Open(filepath.Join(file, "below"), "e1")
	s.Add(key(1), content(1))
	if err := s.Save([]Key{key(1)}); err == nil {
		t.Error("nothing says that the folder cannot be written")
	}
	s = Open("", "e1")
	s.Add(key(1), content(1))
	if err := s.Save([]Key{key(1)}); err != nil {
		t.Error(err)
	}
}

func TestStamps(t *testing.T) {
	dir := t.TempDir()
	want := Stamps{"a.md": {Stamp{1, 2}, key(1)}, "b/c.md": {Stamp{3, 4}, key(2)}}
	if err := want.Write(dir, "/library"); err != nil {
		t.Fatal(err)
	}
	if got := ReadStamps(dir, "/library"); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := ReadStamps(dir, "/another"); len(got) != 0 {
		t.Errorf("files of another folder are told: %v", got)
	}
	path := filepath.Join(dir, stampName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		flipped := bytes.Clone(whole)
		flipped[n] ^= 4
		for _, data := range [][]byte{whole[:n], flipped} {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if got := ReadStamps(dir, "/library"); len(got) != 0 {
				t.Fatalf("byte %d: %v is believed", n, got)
			}
		}
	}
}

// A file that was changed a moment ago may be changed again without its stamp telling.
func TestFreshStampsAreNotBelieved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.md")
	if err := os.WriteFile(path, []byte("text"), 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	at := info.ModTime()
	for after, want := range map[time.Duration]bool{0: false, time.Second: false, 3 * time.Second: true, -time.Hour: false} {
		if stamp, ok := StampOf(info, at.Add(after)); ok != want || stamp != (Stamp{4, at.UnixNano()}) {
			t.Errorf("after %v: %v, %v", after, stamp, ok)
		}
	}
}
