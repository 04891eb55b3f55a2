"""The installation's secret keys and a backup: which key it needs, and bringing the keys back that it carries."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sutler.kernel.backup.archive import Sealing
from sutler.kernel.backup.errors import CannotRestore
from sutler.kernel.backup.files import sync_folder
from sutler.kernel.secrets import KEY_FILE, CannotUnseal, Sealer

PROBED = "backup"  # what the probe of a key is sealed for


def sealing(sealer: Sealer, keys: str | None = None) -> Sealing:
    """What a backup says of the installation's key; `keys` puts the keys themselves into it, as their file has them."""
    probe = sealer.seal("", PROBED)
    return Sealing(key_id=probe[1:5].hex(), probe=probe, keys=keys)


@dataclass(frozen=True)
class Keys:
    """Where this installation has its keys: in a setting, or else in a file of its data folder."""

    setting: str | None
    folder: Path

    @property
    def file(self) -> Path:
        """The file, whether it is there or not."""
        return self.folder / KEY_FILE

    @property
    def is_set(self) -> bool:
        """Whether the keys are in the setting."""
        return bool(self.setting and self.setting.strip())

    @property
    def text(self) -> str | None:
        """The keys as they are written down; None when there are none."""
        if self.is_set:
            return self.setting
        return self.file.read_text(encoding="ascii") if self.file.exists() else None

    def sealer(self) -> Sealer | None:
        """Opens what was sealed here; None when there is no key. Unlike the server, this never makes one."""
        return Sealer.from_settings(self.setting, self.folder) if self.text else None

    def fit(self, sealing: Sealing) -> bool:
        """Whether one of the keys is the one that a backup's secrets are sealed with."""
        sealer = self.sealer()
        if sealer is not None:
            with suppress(CannotUnseal):
                sealer.open(sealing.probe, PROBED)
                return True
        return False

    @contextmanager
    def made_to_fit(self, sealing: Sealing | None) -> Iterator[bool]:
        """Around a restore: refuses one whose secrets could not be opened, and brings back the keys that a backup carries.

        They get into the key file, behind those that are there, when the restore has ended well. Answers whether that
        will be so. CannotRestore says what to do.
        """
        if sealing is None or self.fit(sealing):
            yield False
            return
        if sealing.keys is None or self.is_set:
            raise CannotRestore(self._advice(sealing))
        with replaced(self.file, "\n".join(filter(None, [(self.text or "").strip(), sealing.keys.strip()])) + "\n"):
            yield True

    def _advice(self, sealing: Sealing) -> str:
        have = "has another one" if self.text else "has none"
        if sealing.keys is not None:
            todo = f"The backup carries that key: unset SUTLER_SECRET_KEY, and it is brought back to {self.file}."
        else:
            place = "SUTLER_SECRET_KEY" if self.is_set else f"SUTLER_SECRET_KEY or {self.file}"
            todo = f"Bring the key of the store that was backed up to {place} (behind the present one, if there is one)."
        return (
            f"The backup's secrets are sealed with the key {sealing.key_id}, and this installation {have}. {todo} "
            "Then restore again. If the key is lost, --without-key restores everything else: every game server needs a "
            "new token and every webhook a new secret then."
        )


@contextmanager
def replaced(file: Path, text: str) -> Iterator[None]:
    """A file for its owner only that gets this content when the block ends well."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        yield
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(file.parent)
