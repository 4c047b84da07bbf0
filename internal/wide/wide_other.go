//go:build !linux

package wide

func advise([]byte) {}
