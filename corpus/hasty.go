package corpus

import "os"

// A hasty file tells the system every few megabytes that what was written will be wanted
// on the disk soon. The system would rather wait until much has gathered, and Sync would
// then have to wait for all of it.
type hasty struct {
	f          *os.File
	told, size int64
}

// hastyBytes is how much is told of at a time: enough for the disk to take it in one go.
// As much is held back, since who writes where the disk is reading has to wait.
const hastyBytes = 4 << 20

func (h *hasty) Write(b []byte) (int, error) {
	n, err := h.f.Write(b)
	for h.size += int64(n); h.size-h.told >= 2*hastyBytes; h.told += hastyBytes {
		beginSync(h.f, h.told, hastyBytes)
	}
	return n, err
}
