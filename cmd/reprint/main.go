// Reprint finds copies, shared passages and furniture in a collection of
// texts. The command reads its flags, opens files, calls one function of the
// packages beside it for each subcommand and sets the exit code: nothing is
// decided here that a program using the packages would have to decide again.
//
// Where to start reading: app.go lists the commands, one file holds each of
// them (scan.go, learn.go, clean.go, dedup.go, compare.go, explain.go).
// args.go and flags.go turn a command line into options, ui.go holds the
// rules of the terminal, errors.go the exit codes, output.go how files come
// into being whole or not at all.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(command())
}

// command runs the program in its surroundings: the process's arguments,
// streams and signals.
func command() int {
	signal.Ignore(syscall.SIGPIPE) // a write says EPIPE instead, see quietPipe
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		<-signals
		cancel()
		<-signals
		os.Exit(exitInterrupted)
	}()
	return run(ctx, newTool(os.Stdin, os.Stdout, os.Stderr), os.Args[1:])
}

// run runs one command line and returns the exit code.
func run(ctx context.Context, t *tool, args []string) int {
	err := dispatch(ctx, t, args)
	if t.leave != nil {
		t.leave()
	}
	t.progress.clear()
	printError(t.err, err)
	return exitCode(err)
}
