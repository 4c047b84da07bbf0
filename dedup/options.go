package dedup

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"

	"reprint/boilerplate"
	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/lsh"
	"reprint/reuse"
)

// Options says how to run. The zero value works.
type Options struct {
	// Furniture is what an archive taught; nil: Scan and Clean learn from
	// the collection itself.
	Furniture *boilerplate.Furniture

	// Archive is what an archive says of words and runs; nil: only the
	// collection is known.
	Archive *reuse.Archive

	// Rules tell furniture by its words; nil: the shipped ones.
	Rules *boilerplate.Rules

	// Spare says which kinds of furniture Clean leaves in the text.
	Spare map[boilerplate.Kind]bool

	// Keep names the policy that chooses the document of a cluster that
	// stays: "earliest" (the default), "longest", "first", or "source:a,b"
	// (the first source of the list that the cluster holds). Ties go to the
	// earlier one in the input. A date without a clock is the first moment of its day.
	Keep string

	Threads int // default: one for each processor

	// Memory is the bytes for what grows with the collection, 16 MiB at least; default: a
	// quarter of the machine's. Beside it stand fixed tables, some 10 MiB to learn and 45
	// for all else, and, of a large archive, what is learnt, which is the same for any
	// memory and bounded by numbers of its own: 40 MiB of runs that sources repeat, 24 of
	// titles, leads and what stands behind calls, 80 where they are looked for, 36 of an
	// archive's word runs, 52 where they are.
	Memory int64

	Temp string // folder that there is, for what does not fit; default: the system's

	// Progress is told what goes on, at most some ten times a second, from
	// one goroutine at a time.
	Progress func(Progress)

	// Settings are written into the summary as they are.
	Settings map[string]string
}

// MaxThreads is the most that Options.Threads may ask for. Each has buffers of its own,
// beside Options.Memory.
const MaxThreads = 1 << 10

// fallbackMemory serves where the machine does not say how much it has.
const fallbackMemory = 1 << 30

// minMemory is the least that the stages need for their buffers. Short tests, which have
// little text, set it lower, so that it is too little for them too.
var minMemory int64 = 16 << 20

// bands are those of the signatures of a scan, whose seeds find nearly everything
// that bands do, so that few serve: a Jaccard of .5 becomes a candidate with .64, .7
// with .99.
var bands = lsh.Bands{B: 16, R: 4}

// Validate reports every fault of o.
func (o Options) Validate() error {
	var faults []error
	if !slices.Contains([]string{"", "earliest", "longest", "first"}, o.Keep) && len(Sources(o.Keep)) == 0 {
		faults = append(faults, fmt.Errorf("unknown policy %q: earliest, longest, first or source:NAME,NAME", o.Keep))
	}
	if o.Threads < 0 || o.Threads > MaxThreads {
		faults = append(faults, fmt.Errorf("%d threads: from 1 to %d are possible", o.Threads, MaxThreads))
	}
	if o.Memory != 0 && o.Memory < minMemory {
		faults = append(faults, fmt.Errorf("%d bytes of memory are too few: at least %d MiB", o.Memory, minMemory>>20))
	}
	if o.Temp != "" {
		if info, err := os.Stat(o.Temp); err != nil {
			faults = append(faults, fmt.Errorf("no folder for what does not fit into memory: %w", err))
		} else if !info.IsDir() {
			faults = append(faults, fmt.Errorf("no folder for what does not fit into memory: %s", o.Temp))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(o.Spare)) {
		if !slices.Contains(boilerplate.Kinds[:], k) {
			faults = append(faults, fmt.Errorf("unknown kind of furniture %q", k))
		}
	}
	return errors.Join(faults...)
}

// Sources returns the list of a "source:" policy, nil if it is none.
func Sources(policy string) []string {
	list, ok := strings.CutPrefix(policy, "source:")
	if !ok {
		return nil
	}
	var names []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// filled returns o with its defaults: rules, policy, threads and memory.
func (o Options) filled() Options {
	if o.Rules == nil {
		o.Rules = boilerplate.Shipped()
	}
	if o.Keep == "" {
		o.Keep = "earliest"
	}
	return o.Sized()
}

// Sized returns o with the threads and the memory of this machine where it names none.
func (o Options) Sized() Options {
	if o.Threads == 0 {
		o.Threads = runtime.GOMAXPROCS(0)
	}
	if o.Memory == 0 {
		o.Memory = machineMemory() / 4
	}
	return o
}

// spill returns options for a store that may use one part in n of the
// memory.
func (o Options) spill(n int64) spill.Options {
	return spill.Options{Dir: o.Temp, Memory: o.Memory / n, Together: pool.Together(o.Threads)}
}

// learner returns the same for a learner of furniture.
func (o Options) learner(n int64) boilerplate.LearnOptions {
	return boilerplate.LearnOptions{Temp: o.Temp, Memory: o.Memory / n, Together: pool.Together(o.Threads)}
}

// join returns the same for a join that pairs a document with so many near ones.
func (o Options) join(near int, n int64) lsh.JoinOptions {
	return lsh.JoinOptions{Near: near, Temp: o.Temp, Memory: o.Memory / n, Together: pool.Together(o.Threads)}
}

// machineMemory returns the bytes that this machine has, as Linux tells.
func machineMemory() int64 {
	b, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 4 * fallbackMemory
	}
	var kib int64
	if _, err := fmt.Sscanf(string(b), "MemTotal: %d kB", &kib); err != nil {
		return 4 * fallbackMemory
	}
	return kib << 10
}
