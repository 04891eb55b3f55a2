"""The generated part is what the generator writes, and it is complete, the same for both kinds of client."""

import inspect
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sutler_sdk import AsyncManagementClient, ManagementClient
from tests.sdk.server import Answer, Server
from tools.sdk import names
from tools.sdk.__main__ import FOLDERS, PACKAGE, write
from tools.sdk.facts import Api, load
from tools.sources import ROOT

APIS = {name: load(name) for name in ("management", "storefront", "gameserver")}


def files(root: Path) -> dict[str, str]:
    """What the generator has written somewhere."""
    found = [file for name in FOLDERS for file in (root / name).rglob("*.py")]
    return {str(file.relative_to(root)): file.read_text() for file in found}


def classes(api: Api, tag: str) -> tuple[Any, Any]:
    """Both classes of a tag."""
    module = import_module(f"sutler_sdk._generated.{api.name}.operations.{names.snake(tag)}")
    return getattr(module, names.pascal(tag)), getattr(module, f"Async{names.pascal(tag)}")


class TestGenerator:
    def test_writes_what_is_there(self, tmp_path: Path) -> None:
        write(tmp_path)

        assert files(tmp_path) == files(PACKAGE)


class TestOperations:
    def test_are_all_there(self) -> None:
        assert {name: len(api.operations) for name, api in APIS.items()} == {
            "management": 230, "storefront": 24, "gameserver": 7,
        }  # fmt: skip

    @pytest.mark.parametrize("api", APIS.values(), ids=APIS)
    def test_are_the_same_for_both_kinds_of_client(self, api: Api) -> None:
        for tag, operations in api.tags.items():
            blocking, awaited = classes(api, tag)
            for one in operations:
                method, twin = getattr(blocking, one.name), getattr(awaited, one.name)
                assert inspect.signature(method) == inspect.signature(twin)
                assert bool(getattr(method, "__deprecated__", "")) is one.deprecated

    def test_have_names_like_those_of_the_typescript_sdk(self) -> None:
        client, twin = ManagementClient, AsyncManagementClient

        assert {"customers", "delivery", "game_servers", "payment_method_types"} <= set(dir(client)) & set(dir(twin))
        assert {one.name for one in APIS["management"].tags["customers"]} >= {"lookup_customer", "bulk_create_customers"}

    def test_warn_when_the_contract_calls_them_deprecated(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: Answer([])

        with pytest.warns(DeprecationWarning, match="Use assign_delivery_item"):
            management.delivery.assign_delivery_item_legacy("5", product_id="6")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            management.delivery.assign_delivery_item("5", product_id="6")


class TestImport:
    def test_loads_neither_the_http_library_nor_any_operation(self) -> None:
        asked = (
            "import sys; from sutler_sdk import ApiError, GameServerClient, ManagementClient, StorefrontClient; "
            "print(sum(name.startswith(('httpx2', 'asyncio', 'sutler_sdk._generated.management.operations')) "
            "for name in sys.modules))"
        )

        done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT / "sdk", capture_output=True, text=True, check=True)

        assert done.stdout.strip() == "0"
