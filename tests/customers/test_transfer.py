"""Importing and exporting customers: every form of file, refusals, going on after an interruption, and the way back."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sutler import settings
from sutler.commands import transferring
from sutler.commands.refusal import Refusal
from sutler.commands.transferring import export_customers, import_customers, refusals_of
from sutler.customers.customers.models import Customer
from sutler.customers.transfer import service
from tests.conftest import Inside, SeededStore
from tests.make.customers import steam_id


@pytest.fixture(autouse=True)
def at_this_database(database_url: str, installation: None) -> None:
    """Commands work on the database of the test."""
    settings.install(replace(settings.settings(), database_url=database_url))


async def everyone(inside: Inside, store: SeededStore) -> list[Customer]:
    """The store's customers, oldest first."""
    async with inside(store.id) as context:
        return await context.all(context.rows(Customer))


def refused(file: Path) -> list[dict[str, Any]]:
    """What the file of refusals says."""
    return [json.loads(line) for line in refusals_of(file).read_text().splitlines()]


def lines_of(people: list[dict[str, Any]]) -> str:
    """A JSON object on each line."""
    return "".join(json.dumps(one) + "\n" for one in people)


@pytest.fixture
def people() -> list[dict[str, Any]]:
    """Three customers, as files say them."""
    return [
        {"steam_id": steam_id(), "name": 'Anna "A", the first', "email": "anna@example.com", "metadata": {"rang": "größe"}},
        {
            "minecraft_uuid": "853c80ef-3c37-49fd-aa49-938b674adae6",
            "minecraft_platform": "java",
            "minecraft_java_name": "jeb_",
        },
        {"xbox_xuid": "2535428197086765", "name": "Two\nlines"},
    ]


class TestImport:
    @pytest.mark.parametrize("form", ["json", "wrapped", "jsonl"])
    async def test_makes_a_customer_of_each_record(
        self, store: SeededStore, inside: Inside, tmp_path: Path, people: list[dict[str, Any]], form: str
    ) -> None:
        text = {
            "json": json.dumps(people),
            "wrapped": json.dumps({"customers": people}, indent=2),
            "jsonl": lines_of(people),
        }
        file = tmp_path / f"people.{'jsonl' if form == 'jsonl' else 'json'}"
        file.write_text(text[form])

        progress = await import_customers(file, store.id)

        made = await everyone(inside, store)
        assert (progress.made, progress.known, progress.refused) == (3, 0, 0)
        assert made[0].steam_id == people[0]["steam_id"]
        assert (made[0].email, made[0].metadata) == ("anna@example.com", {"rang": "größe"})
        assert made[1].minecraft_name == "jeb_"
        assert made[2].name == "Two\nlines"
        assert not refusals_of(file).exists()

    async def test_reads_csv_as_spreadsheets_write_it(self, store: SeededStore, inside: Inside, tmp_path: Path) -> None:
        file = tmp_path / "people.csv"
        first, second = steam_id(), steam_id()
        text = f'steam_id,name,metadata\r\n{first},"Anna, ""A""","{{""rank"":""vip""}}"\r\n{second},,\r\n'
        file.write_bytes(b"\xef\xbb\xbf" + text.encode())

        await import_customers(file, store.id)

        made = await everyone(inside, store)
        assert [(one.steam_id, one.name, one.metadata) for one in made] == [
            (first, 'Anna, "A"', {"rank": "vip"}), (second, None, {}),
        ]  # fmt: skip

    async def test_says_which_lines_were_refused_and_why(self, store: SeededStore, inside: Inside, tmp_path: Path) -> None:
        file = tmp_path / "people.jsonl"
        good = {"steam_id": steam_id()}
        bad: list[Any] = [{"steam_id": "12"}, {"name": ""}, {"nmae": "x"}, 7, {"name": "\ud800"}, {"name": "\0"}]
        file.write_text(lines_of([good, *bad]) + "{broken\n")

        progress = await import_customers(file, store.id)

        assert (progress.made, progress.refused) == (1, 7)
        told = refused(file)
        assert [one["line"] for one in told] == [2, 3, 4, 5, 6, 7, 8]
        assert "nmae" in told[2]["reason"]
        assert "not JSON" in told[6]["reason"]
        assert told[0]["record"] == bad[0]
        assert len(await everyone(inside, store)) == 1

    async def test_refuses_what_no_customer_may_be_with_the_rules_of_the_api(
        self, store: SeededStore, tmp_path: Path
    ) -> None:
        file = tmp_path / "people.csv"
        file.write_text("steam_id,email\n12,a@example.com\n,no-address\n1,2,3\n")

        progress = await import_customers(file, store.id)

        assert progress.refused == 3
        assert [one["line"] for one in refused(file)] == [2, 3, 4]
        assert "email" in refused(file)[1]["reason"]

    async def test_names_the_customer_who_is_there_already(self, store: SeededStore, inside: Inside, tmp_path: Path) -> None:
        file, again = tmp_path / "people.jsonl", tmp_path / "more.jsonl"
        first, second = {"steam_id": steam_id()}, {"xbox_xuid": "2535428197086766"}
        file.write_text(lines_of([first, second, first]))
        again.write_text(lines_of([second, first | second]))

        progress = await import_customers(file, store.id)
        later = await import_customers(again, store.id)

        made = await everyone(inside, store)
        assert (progress.made, progress.known, progress.refused) == (2, 1, 0)
        assert refused(file)[0]["customer_id"] == made[0].id
        assert (later.made, later.known, later.refused) == (0, 1, 1)
        assert "different customers" in refused(again)[1]["reason"]

    async def test_does_a_file_once(self, store: SeededStore, inside: Inside, tmp_path: Path) -> None:
        file = tmp_path / "people.jsonl"
        file.write_text(lines_of([{"name": "Nobody in particular"}]))

        await import_customers(file, store.id)
        progress = await import_customers(file, store.id)
        twice = await import_customers(file, store.id, again=True)

        assert (progress.made, twice.made) == (1, 1)
        assert len(await everyone(inside, store)) == 2

    async def test_goes_on_where_it_was_interrupted(
        self, store: SeededStore, inside: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 3)
        file = tmp_path / "people.jsonl"
        people = [{"name": f"Number {number}" if number % 4 else ""} for number in range(20)]
        file.write_text(lines_of(people))
        counting, batches = transferring.Refusals.write, iter(range(100))

        def dying(self: transferring.Refusals, unmade: Any) -> None:
            counting(self, unmade)
            if next(batches) == 4:
                message = "the power went out"
                raise RuntimeError(message)

        with monkeypatch.context() as patched:
            patched.setattr(transferring.Refusals, "write", dying)
            with pytest.raises(RuntimeError):
                await import_customers(file, store.id)
        halfway = len(await everyone(inside, store))
        progress = await import_customers(file, store.id)

        assert 0 < halfway < 15
        assert [one.name for one in await everyone(inside, store)] == [one["name"] for one in people if one["name"]]
        assert (progress.records, progress.made, progress.refused) == (20, 15, 5)
        assert [one["line"] for one in refused(file)] == [1, 5, 9, 13, 17]

    @pytest.mark.parametrize(
        ("name", "text", "said"),
        [
            ("people.txt", "", "its form is not known"),
            ("people.csv", "steamid\n1\n", "names its columns"),
            ("people.json", '{"people": []}', "an array of objects"),
            ("people.json", '[{"name": "A"}, {"name"', "never ends"),
        ],
    )
    async def test_refuses_a_file_that_it_cannot_read(
        self, store: SeededStore, tmp_path: Path, name: str, text: str, said: str
    ) -> None:
        file = tmp_path / name
        file.write_text(text)

        with pytest.raises(Refusal, match=said):
            await import_customers(file, store.id)


class TestExport:
    @pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
    async def test_writes_what_an_import_brings_back(
        self, store: SeededStore, other: SeededStore, inside: Inside, tmp_path: Path, people: list[dict[str, Any]], form: str
    ) -> None:
        source, file, again = tmp_path / "source.jsonl", tmp_path / f"all.{form}", tmp_path / f"again.{form}"
        source.write_text(lines_of(people))
        await import_customers(source, store.id)

        assert await export_customers(file, store.id) == 3
        progress = await import_customers(file, other.id)
        await export_customers(again, other.id)

        assert (progress.made, progress.refused) == (3, 0)
        assert again.read_bytes() == file.read_bytes()
        kept = [(c.steam_id, c.minecraft_uuid, c.minecraft_name, c.name, c.email) for c in await everyone(inside, store)]
        assert kept == [
            (c.steam_id, c.minecraft_uuid, c.minecraft_name, c.name, c.email) for c in await everyone(inside, other)
        ]

    async def test_replaces_no_file_unasked(self, store: SeededStore, tmp_path: Path) -> None:
        file = tmp_path / "all.json"
        file.write_text("mine")

        with pytest.raises(Refusal, match="--force"):
            await export_customers(file, store.id)

        assert file.read_text() == "mine"
        assert await export_customers(file, store.id, force=True) == 0
        assert json.loads(file.read_text()) == []
