"""A disk for SQLite that can be full: it refuses to write from the n-th time on, until there is room again."""

from typing import Any

import apsw


class FullDisk(apsw.VFS):
    """A disk that refuses to write, or to sync what was written, from the n-th time on."""

    def __init__(self) -> None:
        super().__init__("full", "")
        self.writes_left = 10**9
        self.error: type[Exception] = apsw.FullError

    def xOpen(self, name: Any, flags: list[int]) -> "FullDiskFile":  # noqa: N802 - the name that SQLite calls
        return FullDiskFile(self, name, flags)

    def take(self) -> None:
        """Make room for one write; raises the error when there is none."""
        self.writes_left -= 1
        if self.writes_left < 0:
            raise self.error


class FullDiskFile(apsw.VFSFile):
    """One file on it."""

    def __init__(self, disk: FullDisk, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        self._disk = disk

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 - the name that SQLite calls
        self._disk.take()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - the name that SQLite calls
        self._disk.take()  # some file systems look for room only now
        super().xSync(flags)
