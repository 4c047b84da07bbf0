//go:build !purego

package lanes

// vectorUnits are the loops for vector units, each with what switches it on alone.
// on tells whether this processor has it, off restores what was.
func vectorUnits() []vectorUnit {
	force := func(avx2, avx512 bool) func() func() {
		return func() func() {
			was2, was512 := hasAVX2, hasAVX512
			hasAVX2, hasAVX512 = avx2, avx512
			return func() { hasAVX2, hasAVX512 = was2, was512 }
		}
	}
	return []vectorUnit{
		{"plain", true, 0, force(false, false)},
		{"AVX2", hasAVX2, 8, force(true, false)},
		{"AVX-512", hasAVX512, 8, force(false, true)},
	}
}
