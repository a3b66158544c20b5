package web

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/adler32"
	"strings"
	"sync"
)

// version is that of the format in the package comment. A client reads one alone.
const version = 6

// kind says what a piece holds.
type kind byte

// The kinds of pieces.
const (
	kindLengths   kind = 'L'
	kindCards     kind = 'C'
	kindSections  kind = 'S'
	kindKeys      kind = 'K'
	kindTerms     kind = 'T'
	kindPositions kind = 'P'
	kindDirectory kind = 'D'
	kindNumbers   kind = 'N'
	kindValues    kind = 'V'
	kindWords     kind = 'W'
	kindFacet     kind = 'F'
	kindTables    kind = 'U'
	kindPhrases   kind = 'X'
)

// manifest is search/manifest.json.
type manifest struct {
	Version   int         `json:"version"`
	Incidents int         `json:"incidents"`
	Formula   Formula     `json:"formula"`
	Lengths   string      `json:"lengths"`
	Directory string      `json:"directory"`
	Tables    string      `json:"characters"`
	Phrases   string      `json:"phrases"` // piece of kind X, or ""
	Ranges    [][2]string `json:"ranges"`  // not above the first key, piece of kind K
	CardSize  int         `json:"cardSize"`
	Cards     []string    `json:"cards"` // pieces of CardSize incidents each
}

// builder collects pieces by name. It is safe for concurrent use.
type builder struct {
	mu        sync.Mutex
	pieces    map[string][]byte
	places    map[string]int // of the vocabulary's terms, by field:id
	err       error
	deflaters sync.Pool  // *flate.Writer; each has large tables
	sections  *sync.Pool // the same, for sections
}

// sectionLevel is that of what is deflated after the phrases: a higher one gains nothing.
const sectionLevel = 6

// smallLibrary is how many incidents are compressed as well as can be. In a larger
// library pieces are one percent larger than usual, in three quarters of the time.
const smallLibrary = 2000

func newBuilder(incidents int) *builder {
	level := flate.BestCompression
	if incidents > smallLibrary {
		level = 4
	}
	b := &builder{pieces: map[string][]byte{}, places: map[string]int{}}
	b.sections = &b.deflaters
	b.deflaters.New = func() any {
		w, _ := flate.NewWriter(nil, level) // the level is legal
		return w
	}
	return b
}

// piece adds a piece and returns its name.
func (b *builder) piece(k kind, payload []byte) string { return b.add(payload, b.pack(k, payload)) }

// add adds a piece that is packed and returns its name.
func (b *builder) add(payload, data []byte) string {
	name := pieceName(payload, data)
	b.mu.Lock()
	defer b.mu.Unlock()
	if other, ok := b.pieces[name]; ok && !bytes.Equal(other, data) {
		b.err = errors.Join(b.err, fmt.Errorf("two pieces of the search index have the name %q", name))
	}
	b.pieces[name] = data
	return name
}

func (b *builder) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = errors.Join(b.err, err)
}

func (b *builder) files() []File {
	var files []File
	for name, data := range b.pieces {
		files = append(files, File{"search/pieces/" + name + ".bin", data})
	}
	return files
}

func byPath(a, b File) int { return cmp.Compare(a.Path, b.Path) }

// pieceName is the payload's Adler-32, by which a client knows the piece, and eighteen bits
// of the digest of the whole.
func pieceName(payload, data []byte) string {
	digest := sha256.Sum256(data)
	bits := append(binary.BigEndian.AppendUint32(nil, adler32.Checksum(payload)), digest[:3]...)
	return strings.ToLower(base32.StdEncoding.EncodeToString(bits)[:10])
}

// pack puts the payload into the form of a piece.
func (b *builder) pack(k kind, payload []byte) []byte {
	out := bytes.NewBuffer(append([]byte("FLT"), byte(k)))
	deflaters := &b.deflaters
	if k == kindSections {
		deflaters = b.sections
	}
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(out)
	_, _ = w.Write(payload) // to a buffer
	_ = w.Close()
	return out.Bytes()
}

// encode is the JSON of a value that cannot fail to have one.
func encode(value any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// sealed is the JSON of the manifest with the Adler-32 of what comes before it as its last
// member.
func (m manifest) sealed() []byte {
	text := bytes.TrimSuffix(encode(m), []byte("}"))
	return fmt.Appendf(text, `,"sum":%d}`, adler32.Checksum(text))
}
