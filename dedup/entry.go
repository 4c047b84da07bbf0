package dedup

import (
	"bytes"
	"time"

	"reprint/corpus"
)

// entry is what the catalog holds of a document.
type entry struct {
	Info
	named  bool
	file   int
	record int
	hash   [2]uint64 // of the text's bytes
	credit []string  // agencies that its credit lines name
}

// appendEntry encodes an entry of the catalog.
func appendEntry(dst []byte, e *entry) []byte {
	w := writer{dst}
	for _, s := range []string{e.ID, e.Title, e.Source, e.Site, e.URL} {
		w.string(s)
	}
	w.int(int(e.Published.Precision))
	if e.Published.Precision > 0 {
		_, zone := e.Published.Time.Zone()
		w.fixed(uint64(e.Published.Time.Unix())) // int may have 32 bits
		w.int(e.Published.Time.Nanosecond())
		w.int(zone)
	}
	named := 0
	if e.named {
		named = 1
	}
	for _, n := range []int{e.Bytes, e.Words, named, e.file, e.record} {
		w.int(n)
	}
	w.fixed(e.hash[0])
	w.fixed(e.hash[1])
	w.strings(e.credit)
	return w.b
}

// readEntry decodes an entry of the catalog. Its strings lie in one copy of b.
func readEntry(b []byte) (e entry, err error) {
	r := reader{b: bytes.Clone(b)}
	for _, s := range [...]*string{&e.ID, &e.Title, &e.Source, &e.Site, &e.URL} {
		*s = r.text()
	}
	if p := r.int(); p > 0 {
		sec, nano, zone := int64(r.fixed()), r.int(), r.int()
		e.Published = corpus.Date{Precision: corpus.Precision(p), Time: time.Unix(sec, int64(nano)).In(time.FixedZone("", zone))}
	}
	named := 0
	for _, n := range [...]*int{&e.Bytes, &e.Words, &named, &e.file, &e.record} {
		*n = r.int()
	}
	e.named = named == 1
	e.hash = [2]uint64{r.fixed(), r.fixed()}
	e.credit = r.strings()
	return e, r.err
}
