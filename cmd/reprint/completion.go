package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

const completionText = `The script is written to standard output. To have it in every shell:

  reprint completion bash > ~/.local/share/bash-completion/completions/reprint
  reprint completion zsh  > a folder of $fpath, as _reprint
  reprint completion fish > ~/.config/fish/completions/reprint.fish`

func (t *tool) completionCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "completion",
		Usage:       "print a completion script for a shell",
		ArgsUsage:   "bash|zsh|fish",
		Description: completionText,
		Action:      t.completion,
	})
}

func (t *tool) completion(c *cli.Context) error {
	write := map[string]func(io.Writer, []*cli.Command) error{
		"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion,
	}[c.Args().First()]
	if write == nil || c.NArg() != 1 {
		return usage("reprint completion bash, zsh or fish", "which shell: %q", strings.Join(c.Args().Slice(), " "))
	}
	return write(t.out, c.App.Commands)
}

// flagWords returns every spelling of every flag: --output -o --force ...
func flagWords(defined []cli.Flag) []string {
	var words []string
	for _, f := range defined {
		for _, name := range f.Names() {
			if len(name) == 1 {
				words = append(words, "-"+name)
			} else {
				words = append(words, "--"+name)
			}
		}
	}
	return words
}

func commandNames(commands []*cli.Command) string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.Name
	}
	return strings.Join(names, " ")
}

// bashCompletion needs nothing but bash: the bash-completion package is not
// asked for.
func bashCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, `# bash completion for reprint

_reprint() {
  local cur=${COMP_WORDS[COMP_CWORD]} words=
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "%s help --help --version" -- "$cur"))
    return
  fi
  case ${COMP_WORDS[1]} in
`, commandNames(commands))
	for _, c := range commands {
		fmt.Fprintf(&b, "  %s) words=%q ;;\n", c.Name, strings.Join(append(flagWords(c.Flags), completionWords(c)...), " "))
	}
	fmt.Fprintf(&b, `  help) words="%s" ;;
  esac
  case $cur in
  -*) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  *) case ${COMP_WORDS[1]} in
    completion|help) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    esac ;;
  esac
}

complete -o default -o bashdefault -F _reprint reprint
`, commandNames(commands))
	_, err := io.WriteString(w, b.String())
	return err
}

// completionWords are a command's arguments that are not files.
func completionWords(c *cli.Command) []string {
	if c.Name == "completion" {
		return []string{"bash", "zsh", "fish"}
	}
	return nil
}

func zshCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	b.WriteString("#compdef reprint\n\n_reprint() {\n  local -a commands\n  commands=(\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "    '%s:%s'\n", c.Name, plainWords(c.Usage))
	}
	b.WriteString(`  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
`)
	for _, c := range commands {
		fmt.Fprintf(&b, "  %s)\n    _arguments", c.Name)
		for _, f := range c.Flags {
			b.WriteString(zshFlag(f))
		}
		if words := completionWords(c); words != nil {
			fmt.Fprintf(&b, " \\\n      '1:shell:(%s)'", strings.Join(words, " "))
		} else {
			b.WriteString(" \\\n      '*:path:_files'")
		}
		b.WriteString("\n    ;;\n")
	}
	b.WriteString(`  esac
}

if [ "$funcstack[1]" = "_reprint" ]; then
  _reprint "$@"
else
  compdef _reprint reprint
fi
`)
	_, err := io.WriteString(w, b.String())
	return err
}

// zshFlag describes one flag to _arguments, under each of its names.
func zshFlag(f cli.Flag) string {
	var b strings.Builder
	for _, word := range flagWords([]cli.Flag{f}) {
		value := ""
		if takesValue(f) {
			value = ":value:_files"
			if strings.HasPrefix(word, "--") {
				word += "="
			}
		}
		fmt.Fprintf(&b, " \\\n      '%s[%s]%s'", word, flagUsage(f), value)
	}
	return b.String()
}

func fishCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	b.WriteString("# fish completion for reprint\n\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "complete -c reprint -n __fish_use_subcommand -f -a %s -d '%s'\n", c.Name, plainWords(c.Usage))
	}
	for _, c := range commands {
		seen := fmt.Sprintf("complete -c reprint -n '__fish_seen_subcommand_from %s'", c.Name)
		for _, f := range c.Flags {
			b.WriteString(seen)
			for _, name := range f.Names() {
				b.WriteString(map[bool]string{true: " -s ", false: " -l "}[len(name) == 1] + name)
			}
			if takesValue(f) {
				b.WriteString(" -r")
			}
			fmt.Fprintf(&b, " -d '%s'\n", flagUsage(f))
		}
		if words := completionWords(c); words != nil {
			fmt.Fprintf(&b, "%s -f -a '%s'\n", seen, strings.Join(words, " "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// flagUsage is a flag's help without what a shell would take for its own.
func flagUsage(f cli.Flag) string { return plainWords(flagLine(f)[1]) }

func plainWords(s string) string {
	return strings.NewReplacer("'", "", "`", "", "[", "(", "]", ")", ":", ",", "\\", "", "\"", "").Replace(s)
}
