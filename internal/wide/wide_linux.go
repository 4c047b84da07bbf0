package wide

import "syscall"

// advise asks for wide pages. Where there are none, small ones do.
func advise(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
