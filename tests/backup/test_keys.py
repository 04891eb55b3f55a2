"""The key is not in a backup unless that is wished for, and a restore never leaves a store whose secrets nobody can open."""

from pathlib import Path

import pytest

from sutler.kernel.backup.errors import CannotRestore
from sutler.kernel.backup.keys import Keys, sealing
from sutler.kernel.secrets import KEY_FILE, Sealer

OTHER = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktb3Q"


@pytest.fixture
def ours(tmp_path: Path) -> Keys:
    """The keys of the store that is backed up."""
    Sealer.from_settings(None, tmp_path / "ours")
    return Keys(None, tmp_path / "ours")


@pytest.fixture
def there(tmp_path: Path) -> Keys:
    """An installation that has no key yet."""
    return Keys(None, tmp_path / "there")


def sealer_of(keys: Keys) -> Sealer:
    """Which must be there."""
    sealer = keys.sealer()
    assert sealer is not None
    return sealer


class TestSealing:
    def test_names_the_key_without_telling_it(self, ours: Keys) -> None:
        said = sealing(sealer_of(ours))

        assert said.keys is None
        assert len(said.key_id) == 8
        assert said.key_id not in (ours.text or "")

    def test_carries_the_key_when_that_is_wished_for(self, ours: Keys) -> None:
        assert sealing(sealer_of(ours), ours.text).keys == ours.text


class TestKeys:
    def test_are_never_made_by_looking(self, there: Keys) -> None:
        assert there.sealer() is None
        assert not there.file.exists()

    def test_fit_where_they_were_copied_to(self, ours: Keys, there: Keys) -> None:
        there.folder.mkdir()
        there.file.write_text(ours.text or "")
        there.file.chmod(0o600)

        with there.made_to_fit(sealing(sealer_of(ours))) as brought:
            assert not brought

    def test_fit_when_there_is_nothing_sealed(self, there: Keys) -> None:
        with there.made_to_fit(None) as brought:
            assert not brought

    def test_that_are_missing_are_asked_for(self, ours: Keys, there: Keys) -> None:
        said = sealing(sealer_of(ours))

        with pytest.raises(CannotRestore, match=f"{said.key_id}, and this installation has none. Bring the key"):
            there.made_to_fit(said).__enter__()

    def test_that_are_others_are_pointed_out(self, ours: Keys, tmp_path: Path) -> None:
        with pytest.raises(CannotRestore, match=r"has another one\. .* --without-key"):
            Keys(OTHER, tmp_path).made_to_fit(sealing(sealer_of(ours))).__enter__()

    def test_come_back_from_the_backup_when_the_restore_ends_well(self, ours: Keys, there: Keys) -> None:
        said = sealing(sealer_of(ours), ours.text)

        with there.made_to_fit(said) as brought:
            assert brought
            assert not there.file.exists()

        assert there.fit(said)
        assert there.file.stat().st_mode & 0o777 == 0o600
        assert [file.name for file in there.folder.iterdir()] == [KEY_FILE]

    def test_stay_away_when_the_restore_fails(self, ours: Keys, there: Keys) -> None:
        with pytest.raises(CannotRestore), there.made_to_fit(sealing(sealer_of(ours), ours.text)):
            raise CannotRestore

        assert list(there.folder.iterdir()) == []

    def test_come_behind_those_that_are_there(self, ours: Keys, tmp_path: Path) -> None:
        Sealer.from_settings(None, tmp_path / "used")
        used = Keys(None, tmp_path / "used")
        before = sealing(sealer_of(used))

        with used.made_to_fit(sealing(sealer_of(ours), ours.text)):
            pass

        assert used.fit(before)
        assert used.fit(sealing(sealer_of(ours)))
        assert sealing(sealer_of(used)).key_id == before.key_id

    def test_in_the_setting_are_not_written_over(self, ours: Keys, tmp_path: Path) -> None:
        with pytest.raises(CannotRestore, match="unset SUTLER_SECRET_KEY"):
            Keys(OTHER, tmp_path).made_to_fit(sealing(sealer_of(ours), ours.text)).__enter__()
