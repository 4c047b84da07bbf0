//go:build purego || (!amd64 && !arm64)

package lanes

// vectorUnits are the loops for vector units: none.
func vectorUnits() []vectorUnit {
	return []vectorUnit{{"plain", true, 0, func() func() { return func() {} }}}
}
