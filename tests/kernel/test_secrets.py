"""Sealed secrets: they open where they belong, with the keys that are there, and nowhere else."""

import base64
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sutler.kernel import secrets
from sutler.kernel.secrets import KEY_FILE, BadSecretKey, CannotUnseal, Sealer

OLD, NEW = bytes(range(32)), bytes(range(100, 132))


def text_of(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


class TestSeal:
    @pytest.mark.parametrize("text", ["", "a", "pn-0123456789abcdef", "Zoë €\n\0 🎁", "x" * 100_000])
    def test_opens_to_the_same_text_in_the_same_context(self, text: str) -> None:
        sealer = Sealer([OLD])

        assert sealer.open(sealer.seal(text, "game_server:123"), "game_server:123") == text

    def test_hides_the_text_and_differs_each_time(self) -> None:
        sealer = Sealer([OLD])

        first, second = sealer.seal("hunter2", "a:1"), sealer.seal("hunter2", "a:1")

        assert first != second
        assert b"hunter2" not in first

    def test_begins_with_version_and_key_id(self) -> None:
        sealed = Sealer([OLD]).seal("hunter2", "a:1")

        assert sealed[:5] == b"\x01" + hashlib.sha256(OLD).digest()[:4]
        assert len(sealed) == 5 + 12 + len("hunter2") + 16


class TestOpen:
    @pytest.mark.parametrize("context", ["game_server:124", "game_server:12", "webhook:123", "", "game_server:123 "])
    def test_refuses_another_context(self, context: str) -> None:
        sealer = Sealer([OLD])
        sealed = sealer.seal("hunter2", "game_server:123")

        with pytest.raises(CannotUnseal, match="not sealed for"):
            sealer.open(sealed, context)

    def test_refuses_a_change_of_any_single_byte(self) -> None:
        sealer = Sealer([OLD])
        sealed = sealer.seal("hunter2", "a:1")

        for place in range(len(sealed)):
            changed = bytearray(sealed)
            changed[place] ^= 1
            with pytest.raises(CannotUnseal):
                sealer.open(bytes(changed), "a:1")

    def test_refuses_what_was_cut_or_lengthened(self) -> None:
        sealer = Sealer([OLD])
        sealed = sealer.seal("hunter2", "a:1")

        for damaged in [sealed[:length] for length in range(len(sealed))] + [sealed + b"\0"]:
            with pytest.raises(CannotUnseal):
                sealer.open(damaged, "a:1")

    def test_refuses_a_key_id_that_was_swapped_for_another_known_one(self) -> None:
        sealed = Sealer([OLD]).seal("hunter2", "a:1")
        swapped = sealed[:1] + hashlib.sha256(NEW).digest()[:4] + sealed[5:]

        with pytest.raises(CannotUnseal, match="was changed"):
            Sealer([NEW, OLD]).open(swapped, "a:1")

    def test_names_a_missing_key_by_its_id(self) -> None:
        sealed = Sealer([OLD]).seal("hunter2", "a:1")

        with pytest.raises(CannotUnseal, match=hashlib.sha256(OLD).hexdigest()[:8]):
            Sealer([NEW]).open(sealed, "a:1")


class TestRotation:
    def test_seals_with_the_first_key_and_opens_with_all(self) -> None:
        before = Sealer([OLD])
        during = Sealer([NEW, OLD])
        after = Sealer([NEW])
        old, new = before.seal("old", "a:1"), during.seal("new", "a:1")

        assert during.open(old, "a:1") == "old"
        assert after.open(new, "a:1") == "new"
        with pytest.raises(CannotUnseal):
            before.open(new, "a:1")

    def test_takes_a_key_given_twice_for_one(self) -> None:
        sealer = Sealer([OLD, NEW, OLD])

        assert Sealer([OLD]).open(sealer.seal("a", "a:1"), "a:1") == "a"


class TestFromSettings:
    @pytest.mark.parametrize("setting", [text_of(OLD), text_of(OLD).rstrip("="), f"  {text_of(OLD)}\n"])
    def test_takes_the_key_of_the_setting(self, setting: str, tmp_path: Path) -> None:
        sealer = Sealer.from_settings(setting, tmp_path)

        assert sealer.open(Sealer([OLD]).seal("a", "a:1"), "a:1") == "a"
        assert list(tmp_path.iterdir()) == []

    def test_takes_either_alphabet_of_base64(self, tmp_path: Path) -> None:
        key = b"\xfb\xff" * 16
        sealed = Sealer([key]).seal("a", "a:1")

        for setting in (base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()):
            assert Sealer.from_settings(setting, tmp_path).open(sealed, "a:1") == "a"

    @pytest.mark.parametrize("between", [",", ", ", " ", "\n"])
    def test_takes_several_keys_of_which_the_first_seals(self, between: str, tmp_path: Path) -> None:
        sealer = Sealer.from_settings(between.join([text_of(NEW), text_of(OLD)]), tmp_path)

        assert sealer.open(Sealer([OLD]).seal("a", "a:1"), "a:1") == "a"
        assert Sealer([NEW]).open(sealer.seal("a", "a:1"), "a:1") == "a"

    @pytest.mark.parametrize(
        "setting",
        [
            *("hunter2", "hunter2 hunter3", "hunter2" * 7, f"{text_of(OLD)},hunter2", ","),
            *(text_of(OLD[:31]), text_of(OLD + b"a"), OLD.hex(), text_of(OLD)[:-2] + "é="),
        ],
    )
    def test_refuses_anything_but_keys_without_repeating_them(self, setting: str, tmp_path: Path) -> None:
        with pytest.raises(BadSecretKey, match="token_urlsafe") as refused:
            Sealer.from_settings(setting, tmp_path)

        assert "hunter" not in str(refused.value)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("blank", [None, "", "  "])
    def test_makes_a_key_in_the_data_folder_and_keeps_it(self, blank: str | None, tmp_path: Path) -> None:
        folder = tmp_path / "new" / "data"

        sealed = Sealer.from_settings(blank, folder).seal("a", "a:1")

        assert Sealer.from_settings(blank, folder).open(sealed, "a:1") == "a"
        assert [file.name for file in folder.iterdir()] == [KEY_FILE]
        assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600

    def test_makes_a_different_key_for_each_installation(self, tmp_path: Path) -> None:
        sealed = Sealer.from_settings(None, tmp_path / "a").seal("a", "a:1")

        with pytest.raises(CannotUnseal, match="does not have"):
            Sealer.from_settings(None, tmp_path / "b").open(sealed, "a:1")

    def test_makes_a_private_file_whatever_the_umask_is(self, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            Sealer.from_settings(None, tmp_path)
        finally:
            os.umask(before)

        assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600

    def test_rotates_by_a_line_put_before_the_old_key_in_the_file(self, tmp_path: Path) -> None:
        sealed = Sealer.from_settings(None, tmp_path).seal("a", "a:1")
        file = tmp_path / KEY_FILE
        file.write_text(f"{text_of(NEW)}\n{file.read_text()}")

        sealer = Sealer.from_settings(None, tmp_path)

        assert sealer.open(sealed, "a:1") == "a"
        assert Sealer([NEW]).open(sealer.seal("b", "a:1"), "a:1") == "b"

    @pytest.mark.parametrize(
        ("content", "mode", "because"),
        [
            ("", 0o600, "is empty"),
            ("hunter2", 0o600, "32 random bytes"),
            ("hunter2\xff", 0o600, "32 random bytes"),
            (text_of(OLD), 0o604, "chmod 600"),
            (text_of(OLD), 0o602, "chmod 600"),
        ],
    )
    def test_refuses_a_damaged_or_public_file_and_leaves_it(
        self, content: str, mode: int, because: str, tmp_path: Path
    ) -> None:
        file = tmp_path / KEY_FILE
        file.write_text(content)
        file.chmod(mode)

        with pytest.raises(BadSecretKey, match=because) as refused:
            Sealer.from_settings(None, tmp_path)

        assert str(file) in str(refused.value)
        assert "hunter" not in str(refused.value)
        assert file.read_text() == content

    def test_ends_with_one_key_when_processes_race(self, tmp_path: Path) -> None:
        folder, start = tmp_path / "data", tmp_path / "start"
        program = (
            "import pathlib, sys\n"
            "from sutler.kernel.secrets import Sealer\n"
            "folder, start = map(pathlib.Path, sys.argv[1:])\n"
            "print('ready', flush=True)\n"
            "while not start.exists(): pass\n"
            "print(Sealer.from_settings(None, folder).seal('a', 'a:1').hex())\n"
        )
        racers = [
            subprocess.Popen([sys.executable, "-c", program, str(folder), str(start)], stdout=subprocess.PIPE, text=True)
            for _ in range(4)
        ]
        for racer in racers:
            assert racer.stdout
            assert racer.stdout.readline() == "ready\n"

        start.touch()
        sealed = [bytes.fromhex(racer.communicate(timeout=30)[0]) for racer in racers]

        sealer = Sealer.from_settings(None, folder)
        assert [sealer.open(each, "a:1") for each in sealed] == ["a"] * 4
        assert [file.name for file in folder.iterdir()] == [KEY_FILE]

    def test_lets_a_faster_processs_key_stand(self, tmp_path: Path) -> None:
        file = tmp_path / KEY_FILE
        file.write_text(text_of(OLD))
        file.chmod(0o600)

        secrets._make(file)  # the moment after both found no file, which no timing reaches for sure

        assert file.read_text() == text_of(OLD)
        assert [each.name for each in tmp_path.iterdir()] == [KEY_FILE]


class TestSealer:
    @pytest.mark.parametrize("keys", [[], [b""], [b"short"], [OLD, b"short"], [OLD + b"a"]])
    def test_refuses_keys_of_another_length(self, keys: list[bytes]) -> None:
        with pytest.raises(BadSecretKey):
            Sealer(keys)

    def test_shows_no_key_in_its_representation(self) -> None:
        sealer = Sealer([OLD])

        assert repr(OLD) not in f"{sealer!r} {vars(sealer)!r}"


class TestInstall:
    def test_gives_every_part_of_the_process_the_same_sealer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(secrets, "_installed", None)
        with pytest.raises(RuntimeError, match="install"):
            secrets.sealer()
        mine = Sealer([OLD])

        secrets.install(mine)

        assert secrets.sealer() is mine
