"""A file in → held against removal while a reader has it, or known to be open for writing, out. Home of fcntl."""

import os
import sys
import weakref
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Hold:
    """Keeps a file's folder from being swept away, until `release` or the end of the process.

    The lock goes with the process, so a reader that is killed holds nothing. Windows needs none: a file that is open
    can't be removed there.
    """

    def __init__(self, file: Path) -> None:
        """Raises OSError where there is no such file."""
        descriptor = os.open(file, os.O_RDONLY)
        self.release = weakref.finalize(self, os.close, descriptor)
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_SH)  # waits for no longer than a sweeper needs to rename a folder
        if os.fstat(descriptor).st_ino != file.stat().st_ino:
            raise FileNotFoundError(f"{file} was replaced while it was opened")


def set_aside(folder: Path, file: Path, aside: Path) -> bool:
    """Rename a folder unless a reader holds `file` in it; False where one does."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except OSError:  # a folder without it is nobody's
        folder.rename(aside)
        return True
    try:
        if sys.platform != "win32":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.rename(aside)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def is_being_written(file: Path) -> bool:
    """Has a process this file open for writing? Known on Linux, to the file's owner; False where it can't be known."""
    if sys.platform != "linux":
        return False
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)  # refused while anyone may write
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except OSError:  # another's file, or a file system without leases
        return False
    finally:
        os.close(descriptor)
    return False
