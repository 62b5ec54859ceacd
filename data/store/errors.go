package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// A Kind says what stands in the way of a study file.
type Kind string

// The kinds of errors.
const (
	Missing  Kind = "missing"   // there is no such file, or no such thing in it
	Exists   Kind = "exists"    // the file is already there
	NotStudy Kind = "not study" // another kind of file
	Newer    Kind = "newer"     // made by a later version of the program
	ReadOnly Kind = "read-only" // the file, its folder or this session cannot write
	Locked   Kind = "locked"    // another program holds it
	Corrupt  Kind = "corrupt"   // the file is damaged
	Full     Kind = "full"      // no room on the disk
	Refused  Kind = "refused"   // the system does not allow it
	Invalid  Kind = "invalid"   // what was asked cannot be, such as a name that is taken
)

// An Error is what happened to a study, in plain words with the next step.
type Error struct {
	Kind Kind
	Path string
	Text string
	Err  error // what the system said; nil when nothing more is known
}

func (e *Error) Error() string {
	if e.Path == "" {
		return e.Text
	}
	return e.Path + ": " + e.Text
}

// Unwrap returns what the system said.
func (e *Error) Unwrap() error { return e.Err }

// IsKind reports whether err is or wraps an Error of that kind.
func IsKind(err error, k Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == k
}

func invalid(format string, args ...any) error {
	return &Error{Kind: Invalid, Text: fmt.Sprintf(format, args...)}
}

// words are the messages of the kinds that come from the system.
var words = map[Kind]string{
	Missing:  "there is no such study; check the name, or make a new study",
	NotStudy: "not a Witnessmark study; open it with Import if it holds results",
	ReadOnly: "the study cannot be written; nothing was changed; copy it to a folder where you can write, or allow writing",
	Locked:   "the study is being written, here or by another program; nothing was changed; try again when that is done",
	Corrupt:  "the study file is damaged; nothing was changed; check it, and go back to a copy of it",
	Full:     "no room left on the disk; nothing was changed; make room, then try again",
	Refused:  "the system does not allow to open this file; check its permissions",
}

// plain turns an error of SQLite or of the system into one in plain words.
// Cancellation and errors that already are plain stay what they are.
func plain(path string, err error) error {
	var known *Error
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &known):
		if known.Path == "" && known.Kind != Invalid {
			known.Path = path
		}
		return err
	case codeOf(err) == lib.SQLITE_READONLY_ROLLBACK:
		return &Error{Kind: ReadOnly, Path: path, Text: "a change of the study was interrupted; open it once for writing, which takes that change back", Err: err}
	case codeOf(err) == lib.SQLITE_READONLY_DBMOVED:
		return &Error{Kind: Missing, Path: path, Text: "the study was moved or deleted while it was open; nothing was changed; open it where it is now, or go back to a copy of it", Err: err}
	}
	kind := kindOf(err)
	if kind == "" {
		return fmt.Errorf("%s: %w", path, err)
	}
	return &Error{Kind: kind, Path: path, Text: words[kind], Err: err}
}

// unreadable says in plain words why a result file cannot be read. Formats
// name the file themselves where they know more.
func unreadable(path string, err error) error {
	kind, text := Kind(""), ""
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, fs.ErrNotExist):
		kind, text = Missing, "the file is not there; it may have been moved"
	case errors.Is(err, fs.ErrPermission):
		kind, text = Refused, "the system does not allow to read this file; check its permissions"
	case errors.Is(err, syscall.ENOSPC):
		kind, text = Full, "no room left on the disk for temporary files; nothing from this file was saved; make room, then import it again"
	case strings.Contains(err.Error(), path):
		return err
	default:
		return fmt.Errorf("%s: %w", path, err)
	}
	return &Error{Kind: kind, Path: path, Text: text, Err: err}
}

// codeOf returns the result code of SQLite, 0 for another error.
func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func kindOf(err error) Kind {
	switch {
	case codeOf(err) != 0:
		return kindOfCode(codeOf(err))
	case errors.Is(err, fs.ErrNotExist):
		return Missing
	case errors.Is(err, fs.ErrPermission):
		return Refused
	case errors.Is(err, syscall.ENOSPC):
		return Full
	case errors.Is(err, syscall.EROFS):
		return ReadOnly
	}
	return ""
}

// kindOfCode tells the kind from a result code of SQLite, whose lowest byte
// is the general reason.
func kindOfCode(code int) Kind {
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return Locked
	case lib.SQLITE_READONLY:
		return ReadOnly
	case lib.SQLITE_CORRUPT:
		return Corrupt
	case lib.SQLITE_NOTADB:
		return NotStudy
	case lib.SQLITE_FULL:
		return Full
	case lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return Refused
	}
	return ""
}
