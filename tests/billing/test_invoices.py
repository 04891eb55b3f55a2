"""Invoices and credit notes: numbers without gaps, documents that stay as they are, and links that expire."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sutler import settings
from sutler.billing.invoice_files.service import make_waiting, produce
from sutler.billing.invoice_papers.service import printed, typeset
from sutler.billing.invoices.models import Invoice
from sutler.billing.invoices.service import issue_invoice
from sutler.billing.orders.events import OrderCompleted
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from sutler.privacy.erasure import erase
from sutler.stores.document_links.service import LASTS
from sutler.stores.files.models import File
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_product, checkout, line, open_checkout
from tests.make.refunds import add_paid_order, refund

MANY = 64
BERLIN = {"country": "DE", "city": "Berlin", "postal_code": "10115", "line_1": "Hauptstr. 1"}
ZOE = {"billing_name": "Zoë #panic() *b*", "billing_email": "Zoe@example.org", "billing_address": BERLIN}
Buy = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def buy(api: ContractClient, store: SeededStore, worker: Worker, customer: Customer, product: Product) -> Buy:
    """Buys two units, and lets whatever follows happen."""

    async def purchase(**details: Any) -> dict[str, Any]:
        body = checkout(customer.id, line(product.id, quantity=2), customer_details=ZOE | details)
        order = await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])
        await worker.drain()
        return order

    return purchase


async def listed(api: ContractClient, store: SeededStore, **query: str) -> list[dict[str, Any]]:
    """What the list shows, oldest first."""
    answer = await api.get(f"/v1/stores/{store.id}/invoices", params={"asc": "true"} | query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def papers(inside: Inside, store: SeededStore) -> list[Invoice]:
    """The documents as they are kept, oldest first."""
    async with inside(store.id) as context:
        return await context.all(context.rows(Invoice))


async def address(api: ContractClient, store: SeededStore, id: FlakeId) -> str:
    """Where a document can be fetched."""
    answer = await api.get(f"/v1/stores/{store.id}/invoices/{id}/download")
    assert answer.status_code == 200, answer.text
    url: str = answer.json()["download_url"]
    return url.removeprefix("http://test")


class TestInvoice:
    async def test_says_what_was_sold_to_whom(
        self, api: ContractClient, store: SeededStore, inside: Inside, buy: Buy
    ) -> None:
        await api.patch(f"/v1/stores/{store.id}/tax-settings", json={"enabled": True, "countries": ["DE"]})
        said = {"legal_name": "Shop B.V.", "address": ["Street 1"], "tax_id": "NL1", "color": "#7a2cbf"}
        await api.patch(f"/v1/stores/{store.id}/invoice-settings", json=said)

        order = await buy()

        (told,) = await listed(api, store)
        year = order["completed_at"][:4]
        assert (told["number"], told["reference"], told["type"]) == (1, f"INV-{year}-000001", "invoice")
        amounts = ("subtotal_amount", "discount_amount", "tax_amount", "giftcard_usage_amount", "total_amount")
        assert [told[name] for name in amounts] == [order[name] for name in amounts] == [2998, 0, 570, 0, 3568]
        assert (told["status"], told["order_id"], told["customer_id"]) == ("pending", order["id"], order["customer_id"])
        (kept,) = await papers(inside, store)
        paper = kept.paper
        assert (paper.seller.legal_name, paper.seller.address, paper.color) == ("Shop B.V.", ["Street 1"], "#7a2cbf")
        assert (paper.buyer.name, paper.buyer.country, paper.paid_by) == (ZOE["billing_name"], "DE", "Card ending in 4242")
        assert printed(paper).buyer.country == "Germany"
        assert [(one.quantity, one.price, one.total) for one in paper.lines] == [(2, "$14.99", "$35.68")]
        assert [(one.rate, one.taxable, one.tax) for one in paper.taxes] == [("19 %", "$29.98", "$5.70")]
        assert (paper.sums, paper.total) == ([("Subtotal", "$29.98"), ("Tax", "$5.70")], "$35.68")

    async def test_adds_up_where_tax_is_in_the_price_of_one_product_and_on_top_of_another(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, customer: Customer, product: Product
    ) -> None:
        await api.patch(f"/v1/stores/{store.id}/tax-settings", json={"enabled": True, "countries": ["DE"]})
        async with inside(store.id) as context:
            other = await add_product(context, price=1000)
        region = f"/v1/stores/{store.id}/products/{product.id}/pricing/regions/western_europe"
        await api.patch(region, json={"enabled": True, "tax_inclusive": True})
        body = checkout(customer.id, line(product.id), line(other.id), customer_details=ZOE)
        order = await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])

        for number in (1, 0):
            await refund(api, store.id, order["id"], {"order_line_id": order["lines"][number]["id"]})
            await worker.drain()

        paper, *notes = [one.paper for one in await papers(inside, store)]
        assert (paper.sums, paper.total) == ([("Subtotal", "$27.84"), ("Tax", "$1.90")], "$29.74")
        assert [one.sums for one in notes] == [[("Net", "$10.00"), ("Tax", "$1.90")], []]
        assert [one.tax_included for one in (paper, *notes)] == ["$2.85", None, "$2.85"]
        assert [(await typeset(one))[:5] for one in notes] == [b"%PDF-"] * 2
        assert [one["subtotal_amount"] for one in await listed(api, store)] == [2784, 1000, 1784]

    async def test_is_issued_once_per_order_with_the_next_number_however_many_at_once(
        self, api: ContractClient, store: SeededStore, other: SeededStore, inside: Inside, customer: Customer
    ) -> None:
        async with inside(store.id) as context:
            orders = [(await add_paid_order(context, customer.id, [(500, 0)])).order_id for _ in range(MANY)]

        async def complete(order_id: FlakeId, *, fails: bool) -> None:
            with suppress(LookupError):
                async with inside(store.id) as context:
                    await issue_invoice(context, OrderCompleted(order_id=order_id), "1")
                    if fails:
                        raise LookupError

        await asyncio.gather(*(complete(id, fails=fails) for id in orders for fails in (True, False, False)))

        kept = await papers(inside, store)
        assert sorted(one.number for one in kept) == list(range(1, MANY + 1))
        assert {one.order_id for one in kept} == set(orders)
        assert await papers(inside, other) == []

    async def test_is_left_out_where_the_store_makes_none_and_where_nothing_was_for_sale(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, customer: Customer, buy: Buy
    ) -> None:
        async with inside(store.id) as context:
            free = (await add_paid_order(context, customer.id, [(0, 0)])).order_id
            await issue_invoice(context, OrderCompleted(order_id=free), "1")
        await api.patch(f"/v1/stores/{store.id}/invoice-settings", json={"enabled": False})

        later = await buy()
        await refund(api, store.id, later["id"])
        await worker.drain()

        assert await listed(api, store) == []


class TestCreditNote:
    async def test_follows_each_refund_with_its_amounts(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, buy: Buy
    ) -> None:
        await api.patch(f"/v1/stores/{store.id}/tax-settings", json={"enabled": True, "countries": ["DE"]})
        order = await buy()
        first = (await refund(api, store.id, order["id"], {"amount": 1000})).json()
        await worker.drain()  # what one worker does of two at once has no order

        await refund(api, store.id, order["id"])
        await worker.drain()

        invoice, *notes = await listed(api, store)
        assert [one["reference"][:2] + one["reference"][-2:] for one in notes] == ["CN02", "CN03"]
        assert {(one["type"], one["parent_invoice_id"]) for one in notes} == {("credit_note", invoice["id"])}
        assert [one["total_amount"] for one in notes] == [1000, 2568]
        assert sum(one["tax_amount"] for one in notes) == invoice["tax_amount"]
        assert {one["refund_id"] for one in notes} >= {first["id"]}
        part, rest = [one.paper for one in await papers(inside, store)][1:]
        assert (part.corrects, part.lines[0].quantity, part.total) == (invoice["reference"], None, "$10.00")
        assert [(one.taxable, one.tax) for one in part.taxes] == [("$8.40", "$1.60")]
        assert rest.sums == [("Net", "$21.58"), ("Tax", "$4.10")]


class TestListInvoices:
    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ({"type": "credit_note"}, [2]),
            ({"type": "invalid"}, []),
            ({"order_id": "{order}"}, [1, 2]),
            ({"order_id": "1"}, []),
            ({"customer_id": "{customer}", "type": "invoice"}, [1, 3]),
            ({"reference": "{reference}"}, [3]),
            ({"billing_email": "zoe@EXAMPLE.org"}, [1, 2]),
            ({"limit": "1"}, [1]),
        ],
    )
    async def test_narrows_the_list_by_every_filter(
        self, api: ContractClient, store: SeededStore, worker: Worker, buy: Buy, query: Any, numbers: list[int]
    ) -> None:
        order = await buy()
        await refund(api, store.id, order["id"])
        await worker.drain()
        await buy(billing_email="else@example.org")
        known = {
            "order": order["id"], "customer": order["customer_id"],
            "reference": f"INV-{order['completed_at'][:4]}-000003",
        }  # fmt: skip

        found = await listed(api, store, **{name: value.format(**known) for name, value in query.items()})

        assert [one["number"] for one in found] == numbers


class TestDownloadInvoice:
    async def test_leads_to_the_pdf_without_credentials(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, buy: Buy
    ) -> None:
        await buy()
        (invoice,) = await listed(api, store)

        path = await address(api, store, invoice["id"])
        answer = await client().get(path)

        assert (answer.status_code, answer.content[:5], answer.headers["content-type"]) == (200, b"%PDF-", "application/pdf")
        assert answer.headers["content-disposition"] == f'attachment; filename="{invoice["reference"]}.pdf"'
        assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")

    async def test_makes_the_file_once_if_nobody_has_yet(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, buy: Buy
    ) -> None:
        await buy()
        (invoice,) = await listed(api, store)
        path = await address(api, store, invoice["id"])

        answers = await asyncio.gather(*(client().get(path) for _ in range(3)))

        (made,) = await listed(api, store)
        assert len({one.content for one in answers}) == 1
        assert (made["status"], made["file_size"]) == ("generated", len(answers[0].content))

    async def test_refuses_links_that_are_over_made_up_or_changed(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, buy: Buy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await buy()
        (invoice,) = await listed(api, store)
        path = await address(api, store, invoice["id"])
        swapped = path[:-9] + ("A" if path[-9] != "A" else "B") + path[-8:]
        soon = clock.real_now() + LASTS + timedelta(seconds=1)

        made_up = [(await client().get(one)).status_code for one in (swapped, "/documents/x", "/documents/" + "A" * 200)]
        monkeypatch.setattr(clock, "real_now", lambda: soon)
        late = await client().get(path)

        assert made_up == [403] * 3
        assert (late.status_code, late.json()["code"]) == (403, "LinkExpired")

    async def test_opens_nothing_in_another_store(
        self, api: ContractClient, store: SeededStore, other: SeededStore, client: ClientFactory, buy: Buy
    ) -> None:
        await buy()
        (invoice,) = await listed(api, store)
        stranger = client(f"APIKey {other.api_key}")

        answer = await stranger.get(f"/v1/stores/{other.id}/invoices/{invoice['id']}/download")

        assert answer.status_code == 404


class TestFile:
    async def test_is_made_without_being_asked_for_in_every_store_that_can_be_typeset(
        self, api: ContractClient, store: SeededStore, inside: Inside, database: Database, buy: Buy
    ) -> None:
        for _ in range(2):
            await buy()
        broken, good = await papers(inside, store)
        async with inside(store.id) as context:
            await context.change(broken, {"paper": replace(broken.paper, color="no colour")})

        await make_waiting(database)

        found = [(one["status"], one["file_key"]) for one in await listed(api, store)]
        assert found == [("failed", None), ("generated", f"{store.id}/{good.id}.pdf")]

    async def test_is_never_made_anew_once_it_is_there(
        self, api: ContractClient, store: SeededStore, inside: Inside, database: Database, buy: Buy
    ) -> None:
        await buy()
        (kept,) = await papers(inside, store)
        shop = Shop(database, store.id, Actor("internal"))
        before = await produce(shop, kept.id)
        async with inside(store.id) as context:
            await context.change(kept, {"paper": replace(kept.paper, total="$0.00")})

        after = await produce(shop, kept.id)

        assert after == before

    async def test_is_made_again_to_the_byte_when_it_was_lost(
        self, store: SeededStore, inside: Inside, database: Database, buy: Buy
    ) -> None:
        await buy()
        (kept,) = await papers(inside, store)
        await produce(Shop(database, store.id, Actor("internal")), kept.id)
        (kept,) = await papers(inside, store)
        path = Path(settings.settings().files_url.removeprefix("file:")) / str(kept.file_key)
        before = path.read_bytes()
        path.unlink()

        after = await produce(Shop(database, store.id, Actor("internal")), kept.id)

        assert after == before == path.read_bytes()
        async with inside(store.id) as context:
            assert (await context.get(File, kept.id)).size == len(after)


class TestReissueInvoice:
    async def test_credits_the_old_one_and_says_what_is_right(
        self, api: ContractClient, store: SeededStore, inside: Inside, client: ClientFactory, worker: Worker, buy: Buy
    ) -> None:
        order = await buy()
        (old,) = await listed(api, store)
        right = {"billing_name": "Zoë GmbH", "billing_tax_id": "DE1", "billing_address": {"country": "at", "city": "Wien"}}

        new = (await api.post(f"/v1/stores/{store.id}/invoices/{old['id']}/reissue", json=right)).json()
        await refund(api, store.id, order["id"])
        await worker.drain()

        first, note, second, credited = await papers(inside, store)
        assert [one.number for one in (first, note, second, credited)] == [1, 2, 3, 4]
        assert (new["id"], new["type"], new["parent_invoice_id"]) == (second.id, "invoice", old["id"])
        assert (note.type, note.parent_invoice_id, note.total_amount) == ("credit_note", old["id"], old["total_amount"])
        assert (note.paper.buyer, note.paper.corrects) == (first.paper.buyer, first.reference)
        assert (second.paper.buyer.name, second.paper.buyer.country, second.paper.buyer.email) == (
            "Zoë GmbH", "AT", "Zoe@example.org",
        )  # fmt: skip
        assert (credited.parent_invoice_id, credited.paper.buyer.name) == (second.id, "Zoë GmbH")
        fetched = await client().get(await address(api, store, second.id))
        assert fetched.content.startswith(b"%PDF-")

    async def test_refuses_what_does_not_hold_any_more(
        self, api: ContractClient, store: SeededStore, worker: Worker, buy: Buy
    ) -> None:
        credited = await buy()
        await refund(api, store.id, credited["id"])
        await worker.drain()
        await buy()
        first, note, third = [one["id"] for one in await listed(api, store)]

        async def again(id: str, body: Any) -> Any:
            return (await api.post(f"/v1/stores/{store.id}/invoices/{id}/reissue", json=body)).json()

        body = {"billing_name": "Else"}
        nothing = await again(third, {"billing_name": ZOE["billing_name"]})
        many = await asyncio.gather(*(again(third, body) for _ in range(4)))

        assert [(await again(id, body))["code"] for id in (first, note)] == ["InvoiceCredited", "NoInvoice"]
        assert nothing["errors"][0]["path"] == "billing_name"
        assert [one.get("code") for one in many].count("InvoiceReissued") == 3
        assert [one["number"] for one in await listed(api, store)] == [1, 2, 3, 4, 5]


class TestSettings:
    async def test_are_shown_and_changed_in_part(self, api: ContractClient, store: SeededStore) -> None:
        path = f"/v1/stores/{store.id}/invoice-settings"

        changed = (await api.patch(path, json={"invoice_prefix": "F", "footer": "Hi"})).json()

        assert (await api.get(path)).json() == changed
        assert (changed["invoice_prefix"], changed["credit_note_prefix"], changed["enabled"]) == ("F", "CN", True)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("color", "red"), ("color", "#12345"), ("color", "#123456\n"), ("invoice_prefix", "A/B"), ("invoice_prefix", "")],
    )
    async def test_refuse_what_they_cannot_be(self, api: ContractClient, store: SeededStore, name: str, value: str) -> None:
        path = f"/v1/stores/{store.id}/invoice-settings"
        before = (await api.get(path)).json()

        answer = await api.patch(path, json={name: value})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, name)
        assert (await api.get(path)).json() == before


class TestPrivacy:
    async def test_keeps_invoices_as_the_law_wants_it(
        self, store: SeededStore, inside: Inside, database: Database, customer: Customer, buy: Buy
    ) -> None:
        await buy()
        before = await papers(inside, store)

        await erase(database, store.id, customer.id)

        assert await papers(inside, store) == before
