//go:build unix && !solaris && !aix

package held

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func mine(name string) bool { return strings.HasPrefix(name, "mine-") }

// TestMain: as a program with an argument this test holds a file and a folder there, says so
// and waits to be killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("HELD_IN")
	if dir == "" {
		os.Exit(m.Run())
	}
	for _, create := range []func(string) error{folder, file} {
		n := 0
		path, _, err := New(func() string { n++; return filepath.Join(dir, fmt.Sprintf("mine-%p-%d", create, n)) }, create)
		if err != nil {
			os.Exit(1)
		}
		os.WriteFile(filepath.Join(path, "in it"), nil, 0o600)
	}
	fmt.Println("held")
	time.Sleep(time.Minute)
}

func folder(path string) error { return os.Mkdir(path, 0o700) }

func file(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	return errors.Join(err, f.Close())
}

func names(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// TestSweep: what a process at work holds stays, what a killed one held goes, and so does
// nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "theirs-1"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	p := exec.Command(os.Args[0])
	p.Env = append(os.Environ(), "HELD_IN="+dir)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	defer p.Process.Kill()
	if _, err := fmt.Fscan(out, new(string)); err != nil {
		t.Fatal(err)
	}
	Sweep(dir, mine)
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("while it is held: %v", got)
	}
	p.Process.Kill()
	p.Wait()
	Sweep(dir, mine)
	if got := names(t, dir); len(got) != 1 || got[0] != "theirs-1" {
		t.Errorf("when it is not: %v", got)
	}
}

// TestNothingToSweep: no folder, a link and a named pipe are no trouble.
func TestNothingToSweep(t *testing.T) {
	dir := t.TempDir()
	Sweep(filepath.Join(dir, "none"), mine)
	if err := os.Symlink("nowhere", filepath.Join(dir, "mine-link")); err != nil {
		t.Fatal(err)
	}
	if err := exec.Command("mkfifo", filepath.Join(dir, "mine-pipe")).Run(); err != nil {
		t.Skip(err)
	}
	done := make(chan bool)
	go func() { Sweep(dir, mine); close(done) }()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("waits for a named pipe")
	}
}

// TestRace: whoever makes something while others sweep has it as long as it is held.
func TestRace(t *testing.T) {
	dir := t.TempDir()
	var n atomic.Int64
	var stop atomic.Bool
	var sweepers, makers sync.WaitGroup
	for range 2 {
		sweepers.Go(func() {
			for !stop.Load() {
				Sweep(dir, mine)
			}
		})
	}
	for _, create := range []func(string) error{folder, file} {
		makers.Go(func() {
			for range 300 {
				path, hold, err := New(func() string { return filepath.Join(dir, fmt.Sprint("mine-", n.Add(1))) }, create)
				if err != nil {
					t.Error(err)
					return
				}
				if _, err := os.Stat(path); err != nil {
					t.Error(err)
				}
				os.RemoveAll(path)
				hold.Release()
				hold.Release()
			}
		})
	}
	makers.Wait()
	stop.Store(true)
	sweepers.Wait()
	if n.Load() < 600 {
		t.Errorf("%d made", n.Load())
	}
}
