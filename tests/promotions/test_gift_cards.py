"""Gift cards over the management API, and their place in the books."""

import re
from datetime import timedelta
from typing import Any

import pytest

from sutler.kernel import clock, secrets
from sutler.promotions.gift_card_books.models import GiftCardMovement
from sutler.promotions.gift_card_codes.service import ALPHABET, digests, generated
from sutler.promotions.gift_cards.models import GiftCard
from tests.conftest import SECRET_KEY, ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.gift_cards import gift_card, in_books, made_gift_card


class TestCreate:
    async def test_answers_the_card_with_its_code_as_it_was_given(self, api: ContractClient, store: SeededStore) -> None:
        card = await made_gift_card(api, store.id, code=" Spring 24-a ", note="For Ann", expires_at="2099-01-01T00:00:00Z")

        assert (card["code"], card["note"], card["enabled"], card["expires_at"]) == (
            "Spring 24-a", "For Ann", True, "2099-01-01T00:00:00Z",
        )  # fmt: skip
        assert (card["balance"], card["starting_balance"], card["usable_at"]) == (5000, 5000, "2020-01-01T00:00:00Z")
        assert card["created_by"]["type"] == "api_key"
        assert card["canceled_at"] is None

    async def test_makes_up_a_code_where_only_a_starting_balance_is_given(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        body = {"starting_balance": 5000, "expires_at": "2025-12-31T23:59:59Z"}  # over already, as it may be with a coupon

        card = (await api.post(f"/v1/stores/{store.id}/giftcards", json=body)).json()

        assert re.fullmatch(f"([{ALPHABET}]{{4}}-){{4}}[{ALPHABET}]{{4}}", card["code"])
        assert (card["balance"], card["starting_balance"], card["enabled"]) == (5000, 5000, True)
        assert card["usable_at"] <= card["created_at"]
        noted = await api.patch(f"/v1/stores/{store.id}/giftcards/{card['id']}", json={"note": "For the race"})
        assert (noted.status_code, noted.json()["expires_at"]) == (200, body["expires_at"])

    async def test_puts_it_into_the_books(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        await made_gift_card(api, store.id)

        async with inside(store.id) as context:
            assert await in_books(context) == {"giftcard": -5000, "giftcards_issued": 5000}

    @pytest.mark.parametrize("code", ["spring-24", "SPRING 24", "SPRING24"])
    async def test_refuses_a_code_in_use_whatever_its_case_and_spaces(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore, code: str
    ) -> None:
        await made_gift_card(api, store.id)

        answer = await api.post(f"/v1/stores/{store.id}/giftcards", json=gift_card(code=code))

        assert (answer.status_code, answer.json()["code"]) == (409, "GiftCardCodeTaken")
        await made_gift_card(client(f"APIKey {other.api_key}"), other.id, code=code)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"code": "Ä-1234"}, "code"), ({"code": "abc"}, "code"), ({"code": " - -- "}, "code"), ({"code": "a_b"}, "code"),
            ({"code": "A" * 65}, "code"), ({"balance": -1}, "balance"), ({"balance": 2**31}, "balance"),
            ({"balance": ...}, "balance"),
            ({"starting_balance": 1}, "starting_balance"), ({"expires_at": "2019-06-01T00:00:00Z"}, "expires_at"),
            ({"usable_at": "2099-01-02T00:00:00Z", "expires_at": "2099-01-01T00:00:00Z"}, "expires_at"),
        ],
    )  # fmt: skip
    async def test_refuses_what_no_card_can_be(
        self, api: ContractClient, store: SeededStore, inside: Inside, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/giftcards", json=gift_card(**changes))

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert [error["path"] for error in answer.json()["errors"]] == [path]
        async with inside(store.id) as context:
            assert await context.count(context.rows(GiftCard)) == 0


class TestCodes:
    def test_have_a_hundred_random_bits_and_no_look_alikes(self) -> None:
        made = {generated() for _ in range(1000)}

        assert len(ALPHABET) == 32
        assert not set("IO01") & set(ALPHABET)
        assert len(made) == 1000
        assert set("".join(made)) == {*ALPHABET, "-"}

    async def test_are_nowhere_in_the_database(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        made = await made_gift_card(api, store.id, code="OPEN-SESAME")

        async with inside(store.id) as context:
            card = await context.get(GiftCard, made["id"])
        assert not [part for part in (card.code_sealed, card.code_digest) if b"SESAME" in part.upper()]

    async def test_are_found_after_a_change_of_the_key(self, api: ContractClient, store: SeededStore) -> None:
        card = await made_gift_card(api, store.id)
        secrets.install(secrets.Sealer([b"n" * 32, SECRET_KEY]))

        found = (await api.get(f"/v1/stores/{store.id}/giftcards", params={"code": "spring24"})).json()
        again = await api.post(f"/v1/stores/{store.id}/giftcards", json=gift_card(code="spring24"))

        assert found == [card]
        assert again.json()["code"] == "GiftCardCodeTaken"

    def test_stand_for_nothing_without_the_key(self) -> None:
        before = digests("SPRING-24")
        secrets.install(secrets.Sealer([b"n" * 32]))

        assert digests("SPRING-24") != before


class TestList:
    async def test_shows_the_newest_first_and_canceled_ones_when_asked(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        first, second, third = [await made_gift_card(api, store.id, code=f"CARD-{number}") for number in (1, 2, 3)]
        await api.delete(f"/v1/stores/{store.id}/giftcards/{second['id']}")
        path = f"/v1/stores/{store.id}/giftcards"

        assert (await api.get(path)).json() == [third, first]
        everything = (await api.get(path, params={"include_canceled": "true", "asc": "true"})).json()
        assert [card["id"] for card in everything] == [first["id"], second["id"], third["id"]]

    @pytest.mark.parametrize(
        ("code", "found"), [("card-1", 1), ("CARD1", 1), (" card 1", 1), ("CARD-9", 0), ("CARD", 0), ("--", 0), ("ß", 0)]
    )
    async def test_finds_a_card_by_its_code(self, api: ContractClient, store: SeededStore, code: str, found: int) -> None:
        await made_gift_card(api, store.id, code="CARD-1")
        await made_gift_card(api, store.id, code="CARD-2")

        asked: dict[str, str | int] = {"code": code, "limit": 1, "include_canceled": "false"}
        cards = (await api.get(f"/v1/stores/{store.id}/giftcards", params=asked)).json()

        assert [card["code"] for card in cards] == ["CARD-1"] * found


class TestUpdate:
    async def test_changes_what_is_given(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        card = await made_gift_card(api, store.id, note="For Ann", expires_at="2099-01-01T00:00:00Z")
        path = f"/v1/stores/{store.id}/giftcards/{card['id']}"

        changed = (await api.patch(path, json={"code": "AUTUMN-24", "balance": 1200, "expires_at": None})).json()
        off = (await api.patch(path, json={"enabled": False, "note": None, "code": "Autumn24"})).json()

        assert (changed["code"], changed["balance"], changed["starting_balance"]) == ("AUTUMN-24", 1200, 5000)
        assert (changed["note"], changed["expires_at"], changed["updated_by"]["type"]) == ("For Ann", None, "api_key")
        assert (off["enabled"], off["note"], off["balance"], off["code"]) == (False, None, 1200, "Autumn24")
        assert (await api.get(path)).json() == off
        async with inside(store.id) as context:
            assert await in_books(context) == {"giftcard": -1200, "giftcards_issued": 5000, "giftcards_adjusted": -3800}
            assert [moved.amount for moved in await context.all(context.rows(GiftCardMovement))] == [5000, -3800]

    @pytest.mark.parametrize(
        ("changes", "status", "path"),
        [
            ({"code": "TAKEN-1"}, 409, None), ({"code": "x"}, 400, "code"), ({"balance": -1}, 400, "balance"),
            ({"expires_at": "2019-01-01T00:00:00Z"}, 400, "expires_at"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], status: int, path: str | None
    ) -> None:
        await made_gift_card(api, store.id, code="TAKEN-1")
        card = await made_gift_card(api, store.id, code="MINE-1")

        answer = await api.patch(f"/v1/stores/{store.id}/giftcards/{card['id']}", json=changes | {"enabled": False})

        assert answer.status_code == status
        assert [error["path"] for error in answer.json().get("errors") or ()] == ([path] if path else [])
        assert (await api.get(f"/v1/stores/{store.id}/giftcards/{card['id']}")).json() == card

    async def test_may_end_a_card_at_once(self, api: ContractClient, store: SeededStore) -> None:
        card = await made_gift_card(api, store.id)
        over = (clock.now() - timedelta(seconds=1)).isoformat()

        answer = await api.patch(f"/v1/stores/{store.id}/giftcards/{card['id']}", json={"expires_at": over})

        assert (answer.status_code, answer.json()["balance"]) == (200, 5000)


class TestCancel:
    async def test_forfeits_the_rest_and_frees_the_code(
        self, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        card = await made_gift_card(api, store.id)
        path = f"/v1/stores/{store.id}/giftcards/{card['id']}"

        canceled = (await api.delete(path)).json()
        again, changed = await api.delete(path), await api.patch(path, json={"enabled": True})
        await made_gift_card(api, store.id)

        assert (canceled["balance"], canceled["starting_balance"], canceled["code"]) == (0, 5000, "SPRING-24")
        assert (canceled["canceled_at"] is not None, canceled["canceled_by"]["type"]) == (True, "api_key")
        assert (again.status_code, changed.json()["code"]) == (404, "GiftCardCanceled")
        async with inside(store.id) as context:
            assert await in_books(context) == {
                "giftcard": -5000, "giftcards_issued": 10000, "giftcards_forfeited": -5000,
            }  # fmt: skip

    async def test_knows_no_card_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_gift_card(client(f"APIKey {other.api_key}"), other.id)

        for call in (api.get, api.delete):
            assert (await call(f"/v1/stores/{store.id}/giftcards/{theirs['id']}")).status_code == 404
        assert (await api.get(f"/v1/stores/{store.id}/giftcards", params={"code": "SPRING-24"})).json() == []


class TestLookup:
    async def test_shows_a_customer_what_is_left(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, buyer: ContractClient
    ) -> None:
        await made_gift_card(api, store.id, expires_at="2099-01-01T00:00:00Z")

        answer = await buyer.get("/v1/store/customer/giftcards/lookup/spring%2024")

        assert (answer.status_code, answer.json()) == (
            200, {"code": "SPRING-24", "balance": 5000, "starting_balance": 5000, "expires_at": "2099-01-01T00:00:00Z"},
        )  # fmt: skip

    async def test_knows_no_card_that_is_off_or_canceled(
        self, api: ContractClient, store: SeededStore, buyer: ContractClient
    ) -> None:
        off = await made_gift_card(api, store.id, code="OFF-1", enabled=False)
        gone = await made_gift_card(api, store.id, code="GONE-1")
        await api.delete(f"/v1/stores/{store.id}/giftcards/{gone['id']}")

        for code in (off["code"], gone["code"], "NOBODYS"):
            answer = await buyer.get(f"/v1/store/customer/giftcards/lookup/{code}")
            assert (answer.status_code, answer.json()["code"]) == (404, "UnknownGiftCard")

    async def test_lets_nobody_try_code_after_code(
        self, api: ContractClient, store: SeededStore, buyer: ContractClient
    ) -> None:
        card = await made_gift_card(api, store.id)
        right, wrong = (f"/v1/store/customer/giftcards/lookup/{code}" for code in (card["code"], "WRONG-1"))

        hits = [(await buyer.get(right)).status_code for _ in range(20)]
        misses = [(await buyer.get(wrong)).status_code for _ in range(11)]
        late = await buyer.get(right)

        assert hits == [200] * 20
        assert misses == [404] * 10 + [429]
        assert (late.status_code, late.json()["code"]) == (429, "TooManyRequests")
        assert 0 < int(late.headers["retry-after"]) <= 7
