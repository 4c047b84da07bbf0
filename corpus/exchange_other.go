//go:build !linux

package corpus

// exchange gives the folder temp the name path, and what had it another, old.
func exchange(temp, path string) (old string, err error) { return renamed(temp, path) }
