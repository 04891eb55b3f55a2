"""`sutler migrate`, `sutler openapi`, and how commands meet a database or settings that they cannot use."""

import json
import subprocess
import sys
from pathlib import Path

import apsw
import pytest
import yaml
from typer.testing import CliRunner

from sutler import __version__
from sutler.cli import app
from sutler.commands import ground
from sutler.commands.refusal import Refusal
from sutler.commands.schema import VERSIONS, newest
from sutler.kernel.data.migrate import scripts
from tests.cli.conftest import Installation
from tests.processes import environment, started

FOREIGN = "UPDATE alembic_version SET version_num = '9999'"


class TestMigrate:
    def test_makes_the_tables_once(self, empty_place: Installation) -> None:
        assert empty_place.says("migrate").startswith("Applied 0001")
        assert empty_place.says("migrate") == "The tables are up to date.\n"

    def test_refuses_a_database_of_a_newer_version(self, empty_place: Installation) -> None:
        empty_place.says("migrate")
        apsw.Connection(str(empty_place.folder / "data" / "sutler.db")).execute(FOREIGN)

        assert "revision 9999" in empty_place.refuses("migrate")
        assert "sutler migrate" in empty_place.refuses("key", "list")

    def test_knows_the_newest_revision_without_alembic(self) -> None:
        assert newest() == scripts(VERSIONS).get_current_head()


class TestOpenApi:
    def test_writes_the_four_documents_twice_without_a_database(self, tmp_path: Path) -> None:
        place = Installation(tmp_path, {"SUTLER_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"})

        files = [Path(line) for line in place.says("openapi", str(tmp_path / "documents")).splitlines()]

        assert len(files) == 8
        assert {file.stem for file in files} == {"management-api", "storefront-api", "gameserver-api", "webhook-definitions"}
        for file in files[::2]:
            assert json.loads(file.read_text()) == yaml.safe_load(file.with_suffix(".yaml").read_text())
            assert json.loads(file.read_text())["openapi"].startswith("3.1")

    def test_refuses_a_folder_that_is_none(self, empty_place: Installation) -> None:
        (empty_place.folder / "file").write_text("in the way")

        assert "file" in empty_place.refuses("openapi", "file")


class TestRefusal:
    @pytest.mark.parametrize(
        ("setting", "value", "words"),
        [
            ("port", "all", "SUTLER_PORT must be a port number"),
            ("log_level", "loud", "SUTLER_LOG_LEVEL must be one of"),
            ("secret_key", "secret", "SUTLER_SECRET_KEY must hold 32 random bytes"),
            ("data", "/proc/none", "The data folder /proc/none cannot be used"),
        ],
    )
    def test_names_the_setting_that_is_wrong(self, setting: str, value: str, words: str) -> None:
        with pytest.raises(Refusal, match=words):
            ground.use(**{setting: value})

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("mysql://localhost/shop", "'mysql' is no database"),
            ("postgresql://a:pass@127.0.0.1:1/b", "postgresql://127.0.0.1:1/b cannot be used"),
            ("sqlite:/proc/none/sutler.db", "sqlite:/proc/none/sutler.db cannot be used"),
        ],
    )
    def test_of_a_database_is_one_line_without_its_password(self, empty_place: Installation, url: str, words: str) -> None:
        line = empty_place.refuses("store", "create", "Shop", SUTLER_DATABASE_URL=url)

        assert words in line
        assert "pass" not in line

    def test_of_a_setting_is_one_line_too(self, empty_place: Installation) -> None:
        assert empty_place.refuses("worker", SUTLER_WORKER="maybe").startswith("SUTLER_WORKER must be one of")

    def test_names_the_port_that_is_taken(self, empty_place: Installation) -> None:
        server = empty_place.server("serve")
        with started(server):
            line = empty_place.refuses("serve", "--port", str(server.port))

        assert line == (
            f"Port {server.port} of 127.0.0.1 cannot be listened on: Address already in use. "
            "Choose another with --port or --host."
        )


class TestUsage:
    @pytest.mark.parametrize(
        "arguments", [["sell"], ["serve", "--port", "0"], ["key"], ["simulate", "pay"], ["gameserver", "play"],
                      ["simulate", "pay", "token", "--url", "http://localhost"], ["simulate", "pay", "t", "--outcome", "no"]]
    )  # fmt: skip
    def test_that_is_wrong_ends_with_2(self, arguments: list[str]) -> None:
        assert CliRunner().invoke(app, arguments).exit_code == 2

    def test_is_explained_by_each_command(self) -> None:
        shown = CliRunner().invoke(app, ["--help"]).output

        assert all(command in shown for command in ("serve", "demo", "worker", "migrate", "openapi", "key", "store"))

    def test_tells_the_version(self) -> None:
        assert CliRunner().invoke(app, ["--version"]).output == f"Sutler {__version__}\n"


class TestImports:
    def test_leave_alembic_alone_when_nothing_is_to_be_applied(self, empty_place: Installation) -> None:
        empty_place.says("migrate")
        program = (
            "import sys; from sutler.commands import beginning, ground; ground.use(); "
            "ground.run(ground.upgraded(ground.database())); print('alembic' in sys.modules)"
        )

        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env=environment(**empty_place.settings),
        )

        assert done.stdout == "False\n"

    def test_of_the_help_do_not_include_the_shop(self) -> None:
        program = (
            "import sys, sutler.cli; print([name for name in ('sqlalchemy', 'uvicorn', 'msgspec') if name in sys.modules])"
        )

        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment())

        assert done.stdout == "[]\n"
