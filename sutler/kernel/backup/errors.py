"""What can go wrong with a backup; every message says what to do."""


class BackupError(Exception):
    """A backup cannot be made or brought back. Nothing was changed."""


class BadBackup(BackupError):
    """The file is no backup, or not whole, or not as it was written."""


class CannotBackUp(BackupError):
    """The backup could not be made; no file was left."""


class CannotRestore(BackupError):
    """The backup could not be brought back; nothing was written."""
