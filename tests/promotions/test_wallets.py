"""What affiliates have earned, and paying it out."""

import asyncio
from typing import Any

import pytest

from sutler.kernel.ids import new_id
from sutler.stores.ledger.service import check
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.promotions import earned, made_link


class TestWallets:
    async def test_show_what_was_earned_and_not_paid_out(
        self, api: ContractClient, client: ClientFactory, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        await made_link(api, store.id)
        await made_link(api, store.id, code="EVE2")
        await made_link(api, store.id, code="BOB", wallet_id="bob & son")
        await made_link(client(f"APIKey {other.api_key}"), other.id)
        await earned(inside, store.id, new_id(), 700)
        await earned(inside, other.id, new_id(), 50)
        payout = await api.post(f"/v1/stores/{store.id}/wallets/eve/payouts", json={"amount": 200, "note": " By bank "})

        wallets = (await api.get(f"/v1/stores/{store.id}/wallets")).json()
        listed = (await api.get(f"/v1/stores/{store.id}/wallets/eve/payouts")).json()

        assert wallets == [
            {"wallet_id": "bob & son", "balance": 0, "balance_str": "$0.00", "currency": "usd"},
            {"wallet_id": "eve", "balance": 500, "balance_str": "$5.00", "currency": "usd"},
        ]
        assert listed == [payout.json()]
        assert payout.json().items() >= {"amount": 200, "amount_str": "$2.00", "note": "By bank"}.items()
        assert (await api.get(f"/v1/stores/{store.id}/wallets/bob%20%26%20son/payouts")).json() == []


class TestCreatePayout:
    @pytest.mark.parametrize(
        ("wallet", "body", "status"),
        [
            ("eve", {"amount": 701}, 409), ("eve", {"amount": 0}, 400), ("eve", {}, 400), ("bob", {"amount": 1}, 404),
            ("eve", {"amount": 700}, 200),
        ],
    )  # fmt: skip
    async def test_pays_no_more_than_the_wallet_holds(
        self, api: ContractClient, inside: Inside, store: SeededStore, wallet: str, body: dict[str, Any], status: int
    ) -> None:
        await made_link(api, store.id)
        await earned(inside, store.id, new_id(), 700)

        answer = await api.post(f"/v1/stores/{store.id}/wallets/{wallet}/payouts", json=body)

        (after,) = (await api.get(f"/v1/stores/{store.id}/wallets")).json()
        assert (answer.status_code, after["balance"]) == (status, 0 if status == 200 else 700)

    async def test_pays_each_cent_once_however_many_pay_at_once(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        await made_link(api, store.id)
        await earned(inside, store.id, new_id(), 700)
        at = f"/v1/stores/{store.id}/wallets/eve/payouts"

        answers = await asyncio.gather(*(api.post(at, json={"amount": 300}) for _ in range(8)))

        assert sorted(answer.status_code for answer in answers) == [200] * 2 + [409] * 6
        assert (await api.get(f"/v1/stores/{store.id}/wallets")).json()[0]["balance"] == 100
        async with inside(store.id) as context:
            assert await check(context) == []

    async def test_pays_a_repeated_request_once(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        await made_link(api, store.id)
        await earned(inside, store.id, new_id(), 700)
        at, once = f"/v1/stores/{store.id}/wallets/eve/payouts", {"Idempotency-Key": "once"}

        answers = [await api.post(at, json={"amount": 300}, headers=once) for _ in range(2)]

        assert answers[0].content == answers[1].content
        assert (await api.get(f"/v1/stores/{store.id}/wallets")).json()[0]["balance"] == 400
