package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Globs: *, ? and [a-z] within a name as in path/filepath; ** as a name of its own stands for
// any number of folders, none as well. As in folders, names that begin with a dot are left
// out, unless the pattern's name does, and links to folders are not followed by **.

const anyDepth = "**"

func hasMeta(path string) bool { return strings.ContainsAny(path, `*?[`) }

// expandGlob adds what matches pattern, in lexical order. Names in an output
// folder are relative to the part of the pattern before its first wildcard.
func (c *Collection) expandGlob(pattern string) error {
	found, err := glob(pattern)
	if err != nil {
		return &ReadError{File: pattern, Err: err}
	}
	if len(found) == 0 {
		return &ReadError{File: pattern, Err: errors.New("no file or folder matches")}
	}
	base := globBase(pattern)
	var errs []error
	for _, path := range found {
		rel := strings.TrimPrefix(path, base)
		info, err := os.Stat(path)
		switch {
		case err != nil:
			err = &ReadError{File: path, Err: plain(err)}
		case info.IsDir():
			err = c.expandFolder(path, rel)
		default:
			err = c.addFile(path, rel, info, false)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// globBase is what of a pattern stands before the first name with a wildcard: "" or a
// folder with the separator behind it.
func globBase(pattern string) string {
	base := pattern[:strings.IndexAny(pattern, `*?[\`)]
	return base[:strings.LastIndexAny(base, `/`+string(filepath.Separator))+1]
}

// glob returns what matches pattern, in lexical order: files and folders, with ** files only.
func glob(pattern string) ([]string, error) {
	names := splitPath(pattern)
	for _, name := range names {
		if _, err := filepath.Match(name, ""); err != nil {
			return nil, err
		}
	}
	if slices.Contains(names, anyDepth) {
		return globDeep(pattern)
	}
	all, err := filepath.Glob(pattern)
	found := all[:0]
	for _, path := range all {
		if !hiddenMatch(names, splitPath(path)) {
			found = append(found, path)
		}
	}
	return found, err
}

// hiddenMatch tells whether a name of a path begins with a dot and that of the pattern does
// not. Both end at the same name; what a path leaves out stands at the beginning.
func hiddenMatch(pattern, path []string) bool {
	for i := 1; i <= min(len(pattern), len(path)); i++ {
		if path[len(path)-i][0] == '.' && pattern[len(pattern)-i][0] != '.' {
			return true
		}
	}
	return false
}

// globDeep is glob for a pattern with **: it goes through all that lies below its base.
func globDeep(pattern string) (found []string, err error) {
	base := globBase(pattern)
	names := splitPath(pattern[len(base):])
	root := filepath.Clean(base)
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return plain(err)
		case path == root:
		case entry.IsDir() && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		case !entry.IsDir():
			rel, _ := filepath.Rel(root, path)
			if path := splitPath(rel); matchPath(names, path) && !hiddenMatch(names, path) {
				found = append(found, filepath.Join(root, rel))
			}
		}
		return nil
	})
	return found, err
}

// matchPath matches names one by one; pattern is valid. When a name does not match, the last
// ** before it takes one more: no other choice can do better.
func matchPath(pattern, path []string) bool {
	p, n := 0, 0
	star, taken := -1, 0
	for n < len(path) {
		if p < len(pattern) && pattern[p] == anyDepth {
			star, taken = p, n
			p++
			continue
		}
		if p < len(pattern) {
			if ok, _ := filepath.Match(pattern[p], path[n]); ok {
				p, n = p+1, n+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		taken++
		p, n = star+1, taken
	}
	for p < len(pattern) && pattern[p] == anyDepth {
		p++
	}
	return p == len(pattern)
}

// splitPath returns the names of a path.
func splitPath(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == filepath.Separator })
}
