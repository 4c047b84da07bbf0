// Package deps holds the shape of the project as a test, in the manner of
// go/build/deps_test.go: which package may import which, which modules of others
// each may use, where goroutines and process exits may stand, how long a function
// and a file may be, and that other modules can use what is exported, which is
// described and shown by examples. It has no code of its own.
//
// The tests read the source files themselves, with all build tags at once.
package deps
