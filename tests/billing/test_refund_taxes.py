"""Which taxes a refund gives back, in the tax report and on credit notes."""

from sutler.billing.invoices.models import Invoice
from sutler.customers.customers.models import Customer
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_product, checkout, line, open_checkout
from tests.make.refunds import refund

EVER = {"begin": "2020-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}


class TestRefundOfAnOrderAtTwoRates:
    async def test_gives_the_refund_of_a_line_to_the_rate_of_that_line(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, worker: Worker
    ) -> None:
        path = f"/v1/stores/{store.id}"
        await api.patch(f"{path}/tax-settings", json={"enabled": True, "home_country": "NL", "countries": ["NL"]})
        reduced = {"country": "NL", "name": "VAT (btw)", "basis_points": 900, "tax_code": "saas"}
        assert (await api.post(f"{path}/tax-rates", json=reduced)).status_code == 200
        async with inside(store.id) as context:
            sold = [await add_product(context, price=10000, **code) for code in ({}, {"tax_code": "saas"})]
        body = checkout(customer.id, *(line(one.id) for one in sold))
        order = await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])
        told = []

        for wish in ({"amount": 2300}, {"order_line_id": order["lines"][1]["id"]}, {}):
            assert (await refund(api, store.id, order["id"], wish)).status_code == 200
            await worker.drain()
            rows = (await api.get(f"{path}/tax-report", params=EVER)).json()["rows"]
            told.append([[row[name] for name in ("country", "tax_rate", "tax_amount", "taxable_amount")] for row in rows])

        assert told == [
            [["NL", "21", 2100 - 210, 9000], ["NL", "9", 900 - 90, 9000]],
            [["NL", "21", 1890 - 90, 8571], ["NL", "9", 0, 0]],  # the tenth that was given back of it came to 0.90
            [["NL", "21", 0, 0], ["NL", "9", 0, 0]],
        ]
        notes = (await api.get(f"{path}/invoices", params={"type": "credit_note"})).json()
        async with inside(store.id) as context:
            papers = [(await context.get(Invoice, note["id"])).paper for note in reversed(notes)]
        assert [[(one.rate, one.tax) for one in paper.taxes] for paper in papers] == [
            [("21 %", "$2.10"), ("9 %", "$0.90")], [("21 %", "$0.90"), ("9 %", "$8.10")], [("21 %", "$18.00")],
        ]  # fmt: skip
