package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Sizes are a number and a unit: 512MiB, 4GiB, 1.5GB, 64k, or plain bytes.
// KiB, MiB ... are powers of 1024, KB, MB ... powers of 1000; a bare K, M, G
// or T means the former, as in sort -S. Capitals do not matter.

const sizeHint = "sizes are written 512MiB, 4GiB, 1.5GB or 1000000"

var sizeUnits = [...]struct {
	name  string
	bytes int64
}{
	{"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}, {"tib", 1 << 40},
	{"kb", 1e3}, {"mb", 1e6}, {"gb", 1e9}, {"tb", 1e12},
	{"k", 1 << 10}, {"m", 1 << 20}, {"g", 1 << 30}, {"t", 1 << 40},
	{"b", 1},
}

// parseSize reads a size of at least one byte.
func parseSize(s string) (int64, error) {
	number, unit := strings.ToLower(strings.TrimSpace(s)), int64(1)
	for _, u := range sizeUnits {
		if n, ok := strings.CutSuffix(number, u.name); ok {
			number, unit = strings.TrimRight(n, " "), u.bytes
			break
		}
	}
	if strings.Trim(number, "0123456789.") != "" {
		return 0, fmt.Errorf("%q is no size", s)
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is no size", s)
	}
	f *= float64(unit)
	switch {
	case f < 1:
		return 0, fmt.Errorf("%q is less than one byte", s)
	case f >= math.MaxInt64:
		return 0, fmt.Errorf("%q is too large", s)
	}
	return int64(f), nil
}
