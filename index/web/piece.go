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
const version = 1

// kind says what a piece holds.
type kind byte

// The kinds of pieces.
const (
	kindLengths   kind = 'L'
	kindCards     kind = 'C'
	kindSections  kind = 'S'
	kindTerms     kind = 'T'
	kindPositions kind = 'P'
)

// manifest is search/manifest.json.
type manifest struct {
	Version   int         `json:"version"`
	Incidents int         `json:"incidents"`
	Formula   Formula     `json:"formula"`
	Lengths   string      `json:"lengths"`
	Ranges    [][2]string `json:"ranges"` // first key, piece of kind T
	CardSize  int         `json:"cardSize"`
	Cards     []string    `json:"cards"` // pieces of CardSize incidents each
}

// builder collects pieces by name. It is safe for concurrent use.
type builder struct {
	mu     sync.Mutex
	pieces map[string][]byte
	err    error
}

// piece adds a piece and returns its name.
func (b *builder) piece(k kind, payload []byte) string {
	data := pack(k, payload)
	sum := sha256.Sum256(data)
	name := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:12])
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

// deflateLevel makes pieces one percent larger than the usual level does, in three
// quarters of the time.
const deflateLevel = 4

// deflaters are kept because each has large tables.
var deflaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, deflateLevel)
	return w
}}

// pack puts the payload into the form of a piece.
func pack(k kind, payload []byte) []byte {
	out := bytes.NewBuffer(append([]byte("FLT"), byte(k)))
	out.Write(binary.BigEndian.AppendUint32(nil, adler32.Checksum(payload)))
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
