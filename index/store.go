package index

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	segments "github.com/blevesearch/bleve_index_api"

	"faultline/index/query"
)

// batchSize is how many incidents bleve is given at once: half of what is needed at the
// most is for the batches at hand.
const batchSize = 200

// format names everything that the postings of an incident depend on besides its
// text: a store of another format must not be read.
func format() string {
	h := sha256.New()
	for _, f := range textFields {
		fmt.Fprintln(h, f.name)
	}
	for _, f := range exactFields {
		fmt.Fprintln(h, exactName(f), f.names)
	}
	fmt.Fprintln(h, query.Tokens("Ünïcode's running ip_forward CrashLoopBackOff v1.2.3 net.core x509 原因を調べる ภาษาไทย 🔥 10.0.0.1 e-mail"))
	fmt.Fprintln(h, query.BuiltInSynonyms())
	return "1-" + hex.EncodeToString(h.Sum(nil)[:8])
}

// digest names an incident by its content, so that a store is brought up to date by
// comparing names: an incident that changes has another.
func (s *source) digest() string {
	h := sha256.New()
	write := func(parts ...string) {
		for _, p := range parts {
			io.WriteString(h, p)
			h.Write([]byte{0})
		}
	}
	write(s.Path, s.ID)
	for _, f := range textFields {
		write(f.name)
		if f.text != nil {
			write(f.text(s)...)
		}
	}
	for _, f := range exactFields {
		write(exactName(f))
		write(f.terms(s)...)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// digests returns the names of all sources.
func digests(sources []*source) []string {
	names := make([]string, len(sources))
	each(len(sources), func(n int) { names[n] = sources[n].digest() })
	return names
}

// each calls f for every n below count, on all processors.
func each(count int, f func(n int)) {
	var group sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), count)
	for w := range workers {
		group.Go(func() {
			for n := w; n < count; n += workers {
				f(n)
			}
		})
	}
	group.Wait()
}

// update makes the store hold exactly the incidents that names are of.
func update(store bleve.Index, names []string, sources []*source) error {
	held, err := heldNames(store)
	if err != nil {
		return err
	}
	wanted := make(map[string]bool, len(names))
	var missing []int
	for n, name := range names {
		wanted[name] = true
		if !held[name] {
			missing = append(missing, n)
		}
	}
	if err := remove(store, held, wanted); err != nil {
		return err
	}
	return add(store, names, missing, sources)
}

// remove deletes the documents that nobody wants.
func remove(store bleve.Index, held, wanted map[string]bool) error {
	batch := store.NewBatch()
	for name := range held {
		if !wanted[name] {
			batch.Delete(name)
		}
	}
	if batch.Size() == 0 {
		return nil
	}
	return store.Batch(batch)
}

// add indexes the missing documents, a batch for each processor at a time.
func add(store bleve.Index, names []string, missing []int, sources []*source) error {
	chunks := slices.Collect(slices.Chunk(missing, batchSize))
	workers := min(runtime.GOMAXPROCS(0), len(chunks))
	errs := make([]error, len(chunks))
	each(workers, func(w int) {
		a := newAnalysis()
		for c := w; c < len(chunks); c += workers {
			batch := store.NewBatch()
			for _, n := range chunks[c] {
				errs[c] = errors.Join(errs[c], batch.IndexAdvanced(sources[n].document(names[n], a)))
			}
			errs[c] = errors.Join(errs[c], store.Batch(batch))
		}
	})
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("index incidents: %w", err)
	}
	return nil
}

// heldNames returns the names of the store's documents.
func heldNames(store bleve.Index) (map[string]bool, error) {
	reader, err := openReader(store)
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	held := map[string]bool{}
	err = eachDocument(reader, func(_ uint64, name string) { held[name] = true })
	return held, err
}

func openReader(store bleve.Index) (segments.IndexReader, error) {
	advanced, err := store.Advanced()
	if err != nil {
		return nil, err
	}
	return advanced.Reader()
}

// eachDocument calls f with the number that bleve has for a document and with its
// name.
func eachDocument(reader segments.IndexReader, f func(internal uint64, name string)) error {
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := reader.ExternalID(id)
		if err != nil {
			return err
		}
		f(id.Value(), name)
	}
}
