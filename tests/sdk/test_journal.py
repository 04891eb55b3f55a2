"""The journal of a game server survives crashes, stays small and belongs to one process."""

from pathlib import Path

import pytest

from sutler_sdk import Journal, JournalDamaged, JournalInUse
from sutler_sdk import journal as journals


class TestJournal:
    def test_knows_after_a_restart_how_far_each_command_came(self, tmp_path: Path) -> None:
        with Journal(tmp_path / "journal") as journal:
            for id in ("1", "2", "3", "4"):
                journal.begin(id)
            for id in ("2", "3"):
                journal.ran(id)
            journal.acknowledged(["2"])
            journal.drop("4")

        with Journal(tmp_path / "journal") as journal:
            states = [journal.state(id) for id in ("1", "2", "3", "4", "5")]

            assert states == ["begun", "acknowledged", "ran", None, None]
            assert journal.unacknowledged() == ["3"]

    def test_is_on_disk_before_a_command_runs_and_before_it_is_acknowledged(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, synced = tmp_path / "journal", []
        monkeypatch.setattr(journals, "_sync", lambda _: synced.append(path.read_bytes().count(b"\n")))

        with Journal(path) as journal:
            journal.begin("1")
            journal.ran("1")

        assert synced == [1, 2]

    @pytest.mark.parametrize("half", [b'["ra', b"[", b"\0\0\0", b'["ran","1"]', b"nonsense\n"])
    def test_forgets_a_last_line_that_was_never_finished(self, half: bytes, tmp_path: Path) -> None:
        path = tmp_path / "journal"
        with Journal(path) as journal:
            journal.begin("1")
        with path.open("ab") as file:
            file.write(half)

        with Journal(path) as journal:
            journal.begin("2")
        with Journal(path) as journal:
            assert [journal.state("1"), journal.state("2")] == ["begun", "begun"]

    def test_refuses_to_guess_at_a_line_in_the_middle(self, tmp_path: Path) -> None:
        path = tmp_path / "journal"
        path.write_bytes(b'["begun","1"]\nnonsense\n["ran","1"]\n')

        with pytest.raises(JournalDamaged, match="Line 2"):
            Journal(path)

    def test_belongs_to_one_at_a_time(self, tmp_path: Path) -> None:
        with Journal(tmp_path / "journal"), pytest.raises(JournalInUse):
            Journal(tmp_path / "journal")

        Journal(tmp_path / "journal").close()

    def test_is_written_anew_when_it_grows_and_keeps_what_matters(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(journals, "SPARE_LINES", 20)
        monkeypatch.setattr(journals, "REMEMBERED", 3)
        monkeypatch.setattr(journals, "_sync", lambda _: None)
        path = tmp_path / "journal"

        with Journal(path) as journal:
            journal.begin("doubtful")
            for number in range(100):
                journal.begin(str(number))
                journal.ran(str(number))
                journal.acknowledged([str(number)])

        assert path.read_bytes().count(b"\n") < 50
        assert {file.name for file in tmp_path.iterdir()} == {"journal", "journal.lock"}
        with Journal(path) as journal:
            assert journal.state("doubtful") == "begun"
            assert [journal.state(id) for id in ("97", "98", "99")] == ["acknowledged"] * 3
            assert journal.state("1") is None
