"""Many who want one identity at once: one gets it, and everybody else is told which field is taken."""

import asyncio
from collections import Counter

import pytest

from tests.conftest import SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer

AT_ONCE = 64
IDENTITIES = [
    ("steam_id", "76561197960287930", "SteamIdTaken"),
    ("minecraft_uuid", "069a79f4-44e9-4726-a5be-fca90e38aaf5", "MinecraftUuidTaken"),
    ("xbox_xuid", "2535428504324680", "XboxXuidTaken"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "code"), IDENTITIES)
class TestOneIdentity:
    async def test_of_many_creations_at_once_makes_one_customer(
        self, api: ContractClient, store: SeededStore, field: str, value: str, code: str
    ) -> None:
        path = f"/v1/stores/{store.id}/customers"
        bodies = [{field: value, "name": f"Player {number}"} for number in range(AT_ONCE)]

        answers = await asyncio.gather(*(api.post(path, json=body) for body in bodies))

        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: AT_ONCE - 1}
        refusals = [answer.json() for answer in answers if answer.status_code == 409]
        assert {refusal["code"] for refusal in refusals} == {code}
        assert all(field in refusal["message"] for refusal in refusals)
        (made,) = [answer.json() for answer in answers if answer.status_code == 200]
        assert (await api.get(path)).json() == [made]

    async def test_of_many_changes_at_once_goes_to_one_customer(
        self, api: ContractClient, store: SeededStore, field: str, value: str, code: str
    ) -> None:
        path = f"/v1/stores/{store.id}/customers"
        players = [await made_customer(api, store.id) for _ in range(8)]

        answers = await asyncio.gather(*(api.patch(f"{path}/{player['id']}", json={field: value}) for player in players))

        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {code}
        holders = [player for player in (await api.get(path)).json() if player.get(field) == value]
        assert holders == [answer.json() for answer in answers if answer.status_code == 200]
