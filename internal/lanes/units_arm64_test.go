//go:build !purego

package lanes

// vectorUnits are the loops for vector units, each with what switches it on alone.
func vectorUnits() []vectorUnit {
	force := func(neon bool) func() func() {
		return func() func() {
			was := hasNEON
			hasNEON = neon
			return func() { hasNEON = was }
		}
	}
	return []vectorUnit{{"plain", true, 0, force(false)}, {"NEON", true, 8, force(true)}}
}
