"""Signing in with Steam: what is believed, and what is not."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from sutler import settings
from sutler.customers.steam_sign_in.service import (
    NAMESPACE,
    SteamSignInRefused,
    SteamUnreachable,
    begin,
    forget_used,
    verify,
)
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from tests.make.platforms import Platforms, lead_to, platforms

BACK = "https://shop.example/signed-in?state=4711"
STEAM_ID = "76561197960287930"
CONFIRMED = f"ns:{NAMESPACE}\nis_valid:true\n".encode()
SIGNED = "signed,op_endpoint,claimed_id,identity,return_to,response_nonce,assoc_handle"


@pytest.fixture
async def steam(app: Application) -> AsyncIterator[Platforms]:
    """A Steam that confirms whatever it is asked about."""
    async with platforms() as said:
        said.answer = lambda _: (200, CONFIRMED)
        yield said


def answer(**changes: str) -> dict[str, str]:
    """The fields of a good answer of Steam, without their prefix."""
    moment = clock.real_now().strftime("%Y-%m-%dT%H:%M:%SZ")
    person = f"https://steamcommunity.com/openid/id/{STEAM_ID}"
    return {
        "ns": NAMESPACE, "mode": "id_res", "op_endpoint": settings.settings().steam_openid_url, "claimed_id": person,
        "identity": person, "return_to": BACK, "response_nonce": f"{moment}salt", "assoc_handle": "1234567890",
        "signed": SIGNED, "sig": "W0u5DRbtHE1GG0ZKXjerUZDUGmc=",
    } | changes  # fmt: skip


def pairs(fields: dict[str, str]) -> list[tuple[str, str]]:
    """The parameters with which the browser comes back."""
    return [("state", "4711"), *((f"openid.{name}", value) for name, value in fields.items())]


class TestBegin:
    def test_sends_the_browser_to_steam(self) -> None:
        address = urlsplit(begin(BACK, "https://shop.example"))

        assert f"{address.scheme}://{address.netloc}{address.path}" == "https://steamcommunity.com/openid/login"
        fields = {name: value for name, (value,) in parse_qs(address.query).items()}
        anyone = "http://specs.openid.net/auth/2.0/identifier_select"
        assert fields == {
            "openid.ns": NAMESPACE, "openid.mode": "checkid_setup", "openid.return_to": BACK, "openid.identity": anyone,
            "openid.realm": "https://shop.example", "openid.claimed_id": anyone,
        }  # fmt: skip

    def test_refuses_a_page_outside_the_realm(self) -> None:
        with pytest.raises(ValueError, match="below realm"):
            begin("https://shop.example.evil.example/", "https://shop.example")


class TestVerify:
    async def test_names_the_account_that_steam_confirms(self, database: Database, steam: Platforms) -> None:
        fields = answer()

        assert await verify(database, pairs(fields), BACK) == STEAM_ID

        (question,) = steam.asked
        expected = {f"openid.{name}": value for name, value in fields.items()} | {"openid.mode": "check_authentication"}
        assert dict(parse_qsl(question)) == expected

    async def test_believes_an_answer_once(self, database: Database, steam: Platforms) -> None:
        fields = pairs(answer())

        answers = await asyncio.gather(*(verify(database, fields, BACK) for _ in range(8)), return_exceptions=True)

        assert [one for one in answers if isinstance(one, str)] == [STEAM_ID]
        assert [str(one) for one in answers if not isinstance(one, str)] == [
            "This answer of Steam has been used already; start again."
        ] * 7

    @pytest.mark.parametrize(
        "changes",
        [
            {"ns": "http://openid.net/signon/1.0"},
            {"mode": "cancel"},
            {"mode": "checkid_setup"},
            {"op_endpoint": "https://steamcommunity.com.evil.example/openid/login"},
            {"return_to": BACK + "5"},
            {"claimed_id": "https://steamcommunity.com/openid/id/76561197960287931"},
            {"identity": "https://steamcommunity.com/openid/id/76561197960287931"},
            {"signed": SIGNED.replace(",claimed_id", "")},
            {"signed": SIGNED.replace(",response_nonce", "")},
            {"signed": SIGNED + ",missing"},
            {"signed": ""},
            {"sig": ""},
            {"response_nonce": "salt"},
            {"response_nonce": "2026-13-41T00:00:00Zsalt"},
            {"response_nonce": "2020-01-01T00:00:00Zsalt"},
        ],
    )
    async def test_refuses_without_asking(self, database: Database, steam: Platforms, changes: dict[str, str]) -> None:
        with pytest.raises(SteamSignInRefused):
            await verify(database, pairs(answer(**changes)), BACK)

        assert steam.asked == []

    @pytest.mark.parametrize(
        "person",
        [
            f"http://steamcommunity.com/openid/id/{STEAM_ID}",
            f"https://steamcommunity.com/openid/id/{STEAM_ID}/",
            f"https://steamcommunity.com/openid/id/{STEAM_ID}0",
            f"https://evil.example/https://steamcommunity.com/openid/id/{STEAM_ID}",
            f"https://steamcommunityxcom/openid/id/{STEAM_ID}",
            "https://steamcommunity.com/openid/id/00000000000000001",
            "https://steamcommunity.com/openid/id/99999999999999999",
            "https://steamcommunity.com/openid/id/7656119796028793",
            "https://steamcommunity.com/openid/id/7656119796028793\u0660",
        ],
    )
    async def test_refuses_what_is_no_account(self, database: Database, steam: Platforms, person: str) -> None:
        with pytest.raises(SteamSignInRefused):
            await verify(database, pairs(answer(claimed_id=person, identity=person)), BACK)

        assert steam.asked == []

    @pytest.mark.parametrize("name", [*SIGNED.split(",")[1:], "ns", "mode", "signed", "sig"])
    async def test_refuses_an_answer_that_lacks_something(self, database: Database, steam: Platforms, name: str) -> None:
        fields = answer()
        del fields[name]

        with pytest.raises(SteamSignInRefused):
            await verify(database, pairs(fields), BACK)

        assert steam.asked == []

    async def test_refuses_a_field_that_comes_twice(self, database: Database, steam: Platforms) -> None:
        other = ("openid.claimed_id", "https://steamcommunity.com/openid/id/76561197960287931")

        with pytest.raises(SteamSignInRefused):
            await verify(database, [*pairs(answer()), other], BACK)

        assert steam.asked == []

    @pytest.mark.parametrize(
        "reply",
        [
            (200, CONFIRMED.replace(b"true", b"false")),
            (200, CONFIRMED + b"is_valid:false\n"),
            (200, CONFIRMED + b"is_valid:true\n"),
            (200, b"is_valid:true\n"),
            (200, b"<html>is_valid:true</html>"),
            (200, b"x" * 100_000),
            (200, b""),
            (302, CONFIRMED),
            (403, CONFIRMED),
        ],
    )
    async def test_refuses_what_steam_does_not_confirm(
        self, database: Database, steam: Platforms, reply: tuple[int, bytes]
    ) -> None:
        steam.answer = lambda _: reply

        with pytest.raises(SteamSignInRefused):
            await verify(database, pairs(answer()), BACK)

    async def test_takes_the_answer_later_when_steam_was_down(self, database: Database, steam: Platforms) -> None:
        fields = pairs(answer())
        steam.answer = lambda _: (503, b"")
        with pytest.raises(SteamUnreachable):
            await verify(database, fields, BACK)
        steam.answer = lambda _: (200, CONFIRMED)

        assert await verify(database, fields, BACK) == STEAM_ID

    async def test_says_when_steam_cannot_be_reached(self, database: Database, steam: Platforms) -> None:
        lead_to("http://127.0.0.1:9")

        with pytest.raises(SteamUnreachable) as refusal:
            await verify(database, pairs(answer()), BACK)

        assert refusal.value.status == 503

    async def test_is_asked_only_at_the_address_of_the_settings(self, database: Database, steam: Platforms) -> None:
        fields = answer()
        settings.install(replace(settings.settings(), steam_openid_url="https://steamcommunity.com/openid/login"))

        with pytest.raises(SteamSignInRefused):
            await verify(database, pairs(fields), BACK)

        assert steam.asked == []


class TestForgetting:
    async def test_keeps_an_answer_for_as_long_as_it_could_be_believed(
        self, database: Database, steam: Platforms, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await verify(database, pairs(answer()), BACK)
        now = clock.real_now()

        kept = []
        for later in (timedelta(minutes=9), timedelta(minutes=11)):
            monkeypatch.setattr(clock, "real_now", lambda later=later: now + later)
            await forget_used(database)
            async with database.reading() as connection:
                kept.append((await connection.fetch("SELECT count(*) FROM steam_nonces", ()))[0][0])

        assert kept == [1, 0]
