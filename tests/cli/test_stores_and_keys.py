"""`sutler store` and `sutler key`."""

import re

import httpx2
import pytest
from msgspec import structs

from sutler.commands.refusal import Refusal
from sutler.commands.stores import NewStore, store_from
from tests.cli.conftest import Installation
from tests.processes import started, wait_until

SECONDS = 5.0  # how long a revoked key may be remembered
TOKEN = re.compile(r"pnapi_v1_[1-9A-Za-z]{44}")


class TestStores:
    def test_are_made_listed_and_shown(self, place: Installation) -> None:
        id = place.says("store", "create", "My Shöp", "--platform", "minecraft", "--game", "minecraft", "--currency", "EUR")

        line = place.says("store", "list").splitlines()[1]
        shown = place.says("store", "show", "my-shop")
        assert line.split(maxsplit=5) == [id.strip(), "my-shop", "minecraft", "eur", "test", "My Shöp"]
        assert all(part in shown for part in ("My Shöp", id.strip(), "minecraft", "eur", "test"))

    def test_take_real_money_only_if_told_to(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Real", "--live", "--slug", "money")

        assert place.says("store", "list").splitlines()[1].split()[1:] == ["money", "steam", "usd", "live", "Real"]

    def test_have_slugs_of_their_own(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "First")

        assert place.refuses("store", "create", "First") == "Another store already uses this slug."

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"name": " "}, "1 to 50 characters"),
            ({"name": "x" * 51, "slug": "long"}, "1 to 50 characters"),
            ({"name": "!"}, "A store's slug has 3 to 36 letters"),
            ({"slug": "x" * 37}, "A store's slug has 3 to 36 letters"),
            ({"platform": "nokia"}, "There is no platform 'nokia'. There are: steam, "),
            ({"currency": "euro"}, "'euro' is no currency"),
        ],
    )
    def test_are_refused_with_what_is_wrong_about_them(self, changes: dict[str, str], words: str) -> None:
        right = NewStore(name="Shop", slug=None, platform="steam", game="rust", currency="usd", live=False)

        with pytest.raises(Refusal) as refused:
            store_from(structs.replace(right, **changes))

        assert words in str(refused.value)

    def test_are_the_first_thing_that_a_new_installation_can_be_asked_for(self, empty_place: Installation) -> None:
        assert "sutler migrate" in empty_place.refuses("store", "list")
        assert empty_place.says("store", "create", "First").strip().isdigit()


class TestKeys:
    def test_work_until_they_are_revoked(self, place: Installation) -> None:
        store_id = place.says("store", "create", "Shop").strip()
        token = place.says("key", "create", "--name", "Site", "--permission", "store_read", "--permission", "order_read")
        head, line = place.says("key", "list").splitlines()
        id, hint, state, *permissions, name = line.split()
        assert TOKEN.fullmatch(token.strip())
        assert head.split() == ["id", "token", "state", "permissions", "name"]
        assert (hint, state, permissions, name) == (f"{token[:13]}…", "valid", ["order_read", "store_read"], "Site")

        server = place.server("serve")
        with started(server):
            bearer, path = {"Authorization": f"APIKey {token.strip()}"}, f"{server.url}/v1/stores/{store_id}"
            before = [httpx2.get(url, headers=bearer).status_code for url in (path, f"{path}/customers")]
            place.says("key", "revoke", id)
            wait_until(lambda: httpx2.get(path, headers=bearer).status_code == 401, "the key still works", SECONDS)

        assert before == [200, 403]
        assert place.says("key", "list").splitlines()[1].split()[2] == "revoked"
        recorded = place.says("audit", "list")
        assert all(command in recorded for command in ("store create", "key create", "key revoke"))
        assert f"no API key {id}" in place.refuses("key", "revoke", id)

    def test_permit_what_they_are_told_to_or_everything(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Shop")
        place.says("key", "create")

        assert place.says("key", "list").splitlines()[1].split()[3] == "*"
        assert "Name the key's permissions" in place.refuses("key", "create", "--permission", "Everything!")

    def test_belong_to_the_store_that_is_named(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        assert place.refuses("key", "create").startswith("There is no store yet.")
        ids = [place.says("store", "create", name).strip() for name in ("First", "Second")]
        place.says("key", "create", "--store", ids[0])

        assert place.refuses("key", "list") == "There are 2 stores, so name one with --store: first, second."
        assert place.refuses("key", "list", "--store", "third") == "There is no store 'third'. There are: first, second."
        assert [len(place.says("key", "list", "--store", slug).splitlines()) for slug in ("first", "second")] == [2, 1]
