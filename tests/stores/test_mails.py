"""Mails: written once, handed over until a mail server takes them, and shown to those who run the store."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sutler import settings
from sutler.commands.mailing import try_out
from sutler.commands.refusal import Refusal
from sutler.doctor.jobs import CHECKS
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import set_clock, stands_at
from sutler.kernel.edge.asgi import Application
from sutler.kernel.ids import first_id_at, new_id
from sutler.kernel.outside.mail import Letter, MailFailed, MailRefused, message, send
from sutler.kernel.outside.mail_server import BadMailServer, is_address, mail_server
from sutler.kernel.work.runner import Worker
from sutler.stores.mails import service
from sutler.stores.mails.jobs import send_mail
from sutler.stores.mails.models import Envelope, Mail, MailIsOff, Text
from sutler.stores.mails.queries import forget_old_mails
from sutler.stores.stores.models import Store
from tests.conftest import INTERNAL, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.kernel.stand_ins import self_signed
from tests.make.mail import SENDER, FakeMailServer, mail_server_at_home

BUYER = "alex@example.com"
BEGINNING = clock.real_now().replace(microsecond=0)
SAID = Text(
    subject="Your order", paragraphs=["Thank you, <b>Alex</b>."], facts=[("Total", "$5.00")], codes=[("Code", "ABCD-1234")],
    link=("See it", "https://shop.example/?a=1&b=2"), ending=["Bye."],
)  # fmt: skip


@pytest.fixture
async def server(app: Application) -> AsyncIterator[FakeMailServer]:
    """A mail server, to which the settings lead."""
    async with mail_server_at_home() as fake:
        yield fake


@pytest.fixture
async def live(inside: Inside, store: SeededStore) -> None:
    """The store takes real money, and mails its buyers."""
    async with inside(store.id) as context:
        await context.change(await context.get(Store, store.id), {"live_mode": True, "support_email": "help@example.com"})


async def written(inside: Inside, store: SeededStore, cause: str = "1", text: Text = SAID, to: str | None = BUYER) -> Any:
    """A mail that was written in the time of the store, or None."""
    async with inside(store.id) as context:
        with clock.standing_at(await stands_at(context.connection, store.id)):
            at = await service.desk(context, "order_receipt")
            envelope = Envelope(kind="order_receipt", cause=cause, recipient=to)
            return await service.write(context, at, envelope, text) if at else None


async def kept(inside: Inside, store: SeededStore) -> Mail:
    """The only mail of the store, as it is now."""
    async with inside(store.id) as context:
        (mail,) = await context.all(context.rows(Mail))
        return mail


class TestSending:
    async def test_hands_a_mail_over_once_however_often_it_is_written_and_tried(
        self, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, worker: Worker, database: Database
    ) -> None:
        first, again = await written(inside, store), await written(inside, store)
        await worker.drain()
        for _ in range(2):
            await send_mail.function(Shop(database, store.id, INTERNAL), mail_id=first.id, resend=0)

        (mail,) = server.mails
        html, text = mail.get_body(("html",)), mail.get_body(("plain",))
        assert html is not None
        assert text is not None
        assert again is None
        assert server.recipients == [BUYER]
        assert (mail["From"], mail["To"], mail["Reply-To"]) == (f"Store <{SENDER}>", BUYER, "help@example.com")
        assert (mail["Subject"], mail["Message-ID"]) == ("Your order", f"<{first.id}.0@example.com>")
        assert "Thank you, <b>Alex</b>." in text.get_content()
        assert "Thank you, &lt;b&gt;Alex&lt;/b&gt;." in html.get_content()
        for part in (text, html):
            assert all(word in part.get_content() for word in ("$5.00", "ABCD-1234", "Bye.", "help@example.com"))
        assert (await kept(inside, store)).state == "sent"

    async def test_of_two_that_try_at_the_same_moment_leaves_it_to_one(
        self, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, database: Database
    ) -> None:
        mail, shop = await written(inside, store), Shop(database, store.id, INTERNAL)

        await asyncio.gather(*[send_mail.function(shop, mail_id=mail.id, resend=0) for _ in range(3)])

        assert len(server.mails) == 1

    @pytest.mark.parametrize("trouble", ["busy", "away", "goes", "unset"])
    async def test_tries_again_until_it_works(
        self, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, worker: Worker, trouble: str
    ) -> None:
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING)
        works = settings.settings()
        wrong = None if trouble == "unset" else mail_server(f"smtp://127.0.0.1:9?from={SENDER}&starttls=never")
        server.answers, server.forgets = ["451 later"] if trouble == "busy" else [], trouble == "goes"
        await written(inside, store)
        settings.install(replace(works, mail_server=wrong) if trouble in ("away", "unset") else works)
        await worker.drain()
        waiting, server.forgets = await kept(inside, store), False
        settings.install(works)
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING + timedelta(minutes=1))
        await worker.drain()

        sent = await kept(inside, store)
        assert (waiting.state, waiting.attempts, bool(waiting.last_error)) == ("waiting", 1, True)
        assert (sent.state, sent.attempts, sent.last_error) == ("sent", 2, None)
        assert len({mail["Message-ID"] for mail in server.mails}) == 1

    async def test_gives_up_after_five_days_and_can_be_asked_again(
        self, api: ContractClient, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, worker: Worker
    ) -> None:
        server.answers = ["451 later"] * 100
        async with inside(store.id) as context:
            await set_clock(context, BEGINNING)
        await written(inside, store)
        for day in range(7):
            async with inside(store.id) as context:
                await set_clock(context, BEGINNING + timedelta(days=day, minutes=1))
            await worker.drain()
        failed, tried = await kept(inside, store), server.tried
        server.answers = []

        answer = await api.post(f"/v1/stores/{store.id}/mails/{failed.id}/resend")
        early = await api.post(f"/v1/stores/{store.id}/mails/{failed.id}/resend")
        await worker.drain()

        assert (failed.state, failed.last_error) == ("failed", "451 later")
        assert tried == failed.attempts
        assert (answer.status_code, early.status_code) == (200, 409)
        assert ((await kept(inside, store)).state, len(server.mails)) == ("sent", 1)

    async def test_gives_up_at_once_where_the_server_refuses_the_recipient(
        self, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, worker: Worker, database: Database
    ) -> None:
        server.answers = ["550 nobody here"]
        await written(inside, store)

        await worker.drain()

        mail = await kept(inside, store)
        assert (mail.state, mail.last_error, server.tried) == ("failed", "550 nobody here", 1)
        async with database.reading() as connection:
            assert (await CHECKS["mails"](connection)).notes
            assert not (await CHECKS["mails_sent"](connection)).problems

    async def test_lets_no_name_add_headers(
        self, inside: Inside, store: SeededStore, live: None, server: FakeMailServer, worker: Worker
    ) -> None:
        evil = "Alex\r\nBcc: everybody@example.com\r\n\r\nHello"
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"name": evil, "support_email": f"a@b.de\n{evil}"})
        await written(inside, store, text=Text(subject=evil, paragraphs=[evil]))
        assert await written(inside, store, "2", to=f"{BUYER}\r\nBcc: x@example.com") is None

        await worker.drain()

        (mail,) = server.mails
        assert mail["Bcc"] is None
        assert mail["Reply-To"] is None
        assert mail["Subject"] == "Alex Bcc: everybody@example.com Hello"
        assert server.recipients == [BUYER]


class TestWriting:
    async def test_is_not_done_where_no_mail_can_be_sent(self, inside: Inside, store: SeededStore, live: None) -> None:
        assert await written(inside, store) is None
        async with inside(store.id) as context:
            with pytest.raises(MailIsOff):
                await service.send_code(context, code_for("1"), "123456", "change your rank")

    async def test_in_test_mode_is_kept_and_sent_to_nobody_but_whom_the_owner_names(
        self, api: ContractClient, inside: Inside, store: SeededStore, server: FakeMailServer, worker: Worker
    ) -> None:
        before = await written(inside, store)
        changed = await api.patch(f"/v1/stores/{store.id}/mail-settings", json={"test_recipient": "me@example.com"})
        await written(inside, store, "2")
        await worker.drain()

        assert (before.state, changed.json()["test_recipient"]) == ("withheld", "me@example.com")
        assert server.recipients == ["me@example.com"]
        assert server.mails[0]["Subject"] == "[Test] Your order"

    async def test_of_a_code_is_done_once_for_a_cause(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sent = [await service.send_code(context, code_for(cause), "123456", "change your rank") for cause in "112"]

        assert [mail is not None for mail in sent] == [True, False, True]


def code_for(cause: str) -> Envelope:
    """The envelope of a code."""
    return Envelope(kind="verification_code", cause=cause, recipient=BUYER)


class TestApi:
    async def test_shows_what_was_written_and_codes_only_in_test_mode(
        self, api: ContractClient, inside: Inside, store: SeededStore, other: SeededStore, server: FakeMailServer
    ) -> None:
        mail = await written(inside, store)
        path = f"/v1/stores/{store.id}/mails"
        in_test = (await api.get(f"{path}/{mail.id}")).json()
        resent = await api.post(f"{path}/{mail.id}/resend")
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})

        (listed,) = (await api.get(path, params={"state": "withheld", "kind": "order_receipt"})).json()
        none = [(await api.get(path, params=one)).json() for one in ({"state": "sent"}, {"customer_id": new_id()})]
        in_live = (await api.get(f"{path}/{mail.id}")).json()

        assert (listed["id"], listed["recipient"], "text" in listed, none) == (mail.id, BUYER, False, [[], []])
        assert "ABCD-1234" in in_test["text"]
        assert "ABCD-1234" not in in_live["text"]
        assert resent.json()["state"] == "withheld"
        assert (await api.get(f"/v1/stores/{store.id}/mails/{new_id()}")).status_code == 404

    async def test_switches_kinds_off(
        self, api: ContractClient, inside: Inside, store: SeededStore, server: FakeMailServer
    ) -> None:
        path = f"/v1/stores/{store.id}/mail-settings"
        before = (await api.get(path)).json()

        after = await api.patch(path, json={"off": ["order_receipt", "order_receipt"]})
        bad = [await api.patch(path, json=one) for one in ({"off": ["gossip"]}, {"test_recipient": "a@b.de, c@d.de"})]

        assert (before["enabled"], before["off"], before["is_possible"]) == (True, [], True)
        assert (after.status_code, after.json()["off"]) == (200, ["order_receipt"])
        assert [one.status_code for one in bad] == [400, 400]
        assert await written(inside, store) is None


class TestForgetting:
    async def test_drops_mails_of_three_months_ago_but_none_that_waits(
        self, inside: Inside, store: SeededStore, server: FakeMailServer, database: Database
    ) -> None:
        mail = await written(inside, store)
        old = first_id_at(clock.real_now() - timedelta(days=91))
        async with inside(store.id) as context:
            for cause, state in (("2", "sent"), ("3", "waiting")):
                await context.add(msgspec.structs.replace(mail, id=str(int(old) + int(cause)), cause=cause, state=state))

        await forget_old_mails(database)

        async with inside(store.id) as context:
            assert sorted(one.cause for one in await context.all(context.rows(Mail))) == ["1", "3"]


class TestAddresses:
    @pytest.mark.parametrize(
        "text",
        ["", "a", "a@", "@b.de", "a@b@c.de", "a b@c.de", "a@b..de", "a@b.de\n", "A <a@b.de>", "a@b.de,c@d.de", "a@b_c"],
    )
    def test_that_are_none_are_refused(self, text: str) -> None:
        assert not is_address(text)

    def test_that_only_look_like_one_are_refused_when_the_mail_is_made(self) -> None:
        odd = Letter("1", ".a@b.de", "Shop", None, "Hi", "Hi", "Hi", BEGINNING)

        with pytest.raises(MailRefused):
            message(mail_server(f"smtp://h?from={SENDER}"), odd)


async def handed_over(fake: FakeMailServer) -> str:
    """Why a mail was not taken; nothing when it was."""
    try:
        await send(mail_server(fake.url), Letter("1", BUYER, "Shop", None, "Hi", "Hi", "Hi", BEGINNING))
    except MailFailed as error:
        return str(error)
    return ""


class TestServer:
    @pytest.mark.parametrize("scheme", ["smtp", "smtps"])
    @pytest.mark.parametrize("is_trusted", [True, False])
    async def test_is_told_nothing_in_confidence_before_it_is_known_and_the_line_is_safe(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, is_trusted: bool
    ) -> None:
        context = self_signed(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem") if is_trusted else "")
        async with mail_server_at_home(context, scheme, "u%40x:p%3Aw@", "") as fake:
            sent = await handed_over(fake)

        clear = ["EHLO", "STAR"] if scheme == "smtp" else []
        assert fake.said == clear
        assert (sent, fake.logins) == (("", ["\0u@x\0p:w"]) if is_trusted else (sent, []))
        assert is_trusted or "certificate verify failed" in sent

    async def test_that_cannot_encrypt_gets_nothing_unless_it_need_not(self, app: Application) -> None:
        async with mail_server_at_home(who="u:p@", options="") as fake:
            refused = await handed_over(fake)
        async with mail_server_at_home(who="u:p@") as open_one:
            taken = await handed_over(open_one)

        assert "STARTTLS" in refused
        assert (fake.said, fake.mails) == (["EHLO"], [])
        assert (taken, open_one.logins, len(open_one.mails)) == ("", ["\0u\0p"], 1)

    def test_is_read_from_one_address(self) -> None:
        found = mail_server("smtp://u%40x:p%3Aw@mail.example:2525?from=shop@example.com")

        assert (found.host, found.port, found.user, found.password, found.sender, found.security) == (
            "mail.example", 2525, "u@x", "p:w", "shop@example.com", "starttls",
        )  # fmt: skip
        assert (mail_server("smtps://h?from=a@b.de").port, mail_server("smtps://h?from=a@b.de").security) == (465, "tls")
        assert "p:w" not in repr(found)

    @pytest.mark.parametrize(
        "url", ["http://h?from=a@b.de", "smtp://h", "smtp://h?from=a", "smtp://h?from=a@b.de&tls=1", "smtp://[?from=a@b.de",
                "smtp://h:x?from=a@b.de", "smtp://h?from=a@b.de&starttls=maybe"],
    )  # fmt: skip
    def test_that_makes_no_sense_is_refused(self, url: str) -> None:
        with pytest.raises(BadMailServer):
            mail_server(url)
        with pytest.raises(settings.BadSetting, match="SUTLER_SMTP_URL"):
            settings.read({"SUTLER_SMTP_URL": url})


class TestTryingOut:
    async def test_sends_one_mail_or_says_why_not(self, app: Application) -> None:
        async with mail_server_at_home() as fake:
            await try_out(BUYER)
            fake.answers = ["550 nobody here"]
            with pytest.raises(Refusal, match="550 nobody here"):
                await try_out(BUYER)
        settings.install(replace(settings.settings(), mail_server=None))
        with pytest.raises(Refusal, match="SUTLER_SMTP_URL"):
            await try_out(BUYER)

        assert (fake.recipients, fake.mails[0]["Subject"]) == ([BUYER], "Mail from Sutler works")
