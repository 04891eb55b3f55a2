"""Custom variables on the way from a checkout through the order to commands."""

from typing import Any

import pytest

from sutler.catalog.products.models import ProductCommand
from sutler.checkout.checkouts.queries import lines_of
from sutler.customers.customers.models import Customer
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_product, add_server, checkout, dropdown, line, made_variable, open_checkout, text

SIZE = dropdown()
MOTTO = text(value_regex='[A-Za-z ;@"]{0,20}')
LEVEL = text("level", type="number")


async def product_with(
    api: ContractClient, inside: Inside, store: SeededStore, *bodies: dict[str, Any], **changes: Any
) -> FlakeId:
    """A product that asks its buyers for these variables."""
    ids = [(await made_variable(api, store.id, body))["id"] for body in bodies]
    async with inside(store.id) as context:
        return (await add_product(context, custom_variable_ids=ids, **changes)).id


class TestAnswers:
    async def test_are_kept_and_priced_with_the_line(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, SIZE, LEVEL)
        answers = {"size": "xl", "level": " 7.5 "}

        opened = await open_checkout(
            api, store.id, checkout(customer.id, line(product_id, quantity=2, custom_variables=answers))
        )
        order = await paid(api, store.id, opened["token"])

        async with inside(store.id) as context:
            (kept,) = await lines_of(context, opened["id"])
        assert (kept.price, [(one.identifier, one.value) for one in kept.custom_variables]) == (
            1499, [("size", "xl"), ("level", "7.5")],
        )  # fmt: skip
        (sold,) = order["lines"]
        assert (sold["price"], sold["subtotal_amount"], order["total_amount"]) == (2249, 4498, 4498)
        chosen = sold["custom_variables"]
        assert {name: (one["name"], one["value"], one["price"]) for name, one in chosen.items()} == {
            "size": ("Size", "xl", 750), "level": ("Level", "7.5", 0),
        }  # fmt: skip

    async def test_go_by_identifier_or_id_and_by_value_or_option_with_the_default_last(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, SIZE)
        (variable,) = (await api.get(f"/v1/stores/{store.id}/custom-variables")).json()
        large = variable["options"][1]["id"]
        given = [{"size": "l"}, {variable["id"]: "l"}, {"size": large}, {}, {"size": ""}, None]

        lines = [line(product_id, custom_variables=answers) for answers in given]
        opened = await open_checkout(api, store.id, checkout(customer.id, *lines))

        async with inside(store.id) as context:
            kept = [one.custom_variables[0].value for one in await lines_of(context, opened["id"])]
        assert kept == ["l", "l", "l", "s", "s", "s"]

    @pytest.mark.parametrize(
        ("body", "answer"),
        [
            (SIZE, "medium"),
            (text(), ""),
            (text(), "   "),
            (text(value_regex="[a-z]{3}"), "abcd"),
            (text(value_regex="[a-z]{3}"), None),
            (LEVEL, "seven"),
            (LEVEL, "٣"),
            (LEVEL, "1e3"),
            (LEVEL, 1e300),
            (text("level", type="number", value_regex="[1-9]"), "0"),
            (dropdown(options=[{"name": "A", "value": "a"}]), None),
        ],
    )
    async def test_that_will_not_do_are_refused_by_name(
        self,
        api: ContractClient,
        store: SeededStore,
        customer: Customer,
        inside: Inside,
        body: Any,
        answer: Any,
    ) -> None:
        product_id = await product_with(api, inside, store, body)
        answers = None if answer is None else {body["identifier"]: answer}

        refused = await api.post(
            f"/v1/stores/{store.id}/checkouts", json=checkout(customer.id, line(product_id, custom_variables=answers))
        )

        assert (refused.status_code, refused.json()["code"]) == (400, "InvalidInput")
        assert [error["path"] for error in refused.json()["errors"]] == [f"lines[0].custom_variables.{body['identifier']}"]

    async def test_lose_what_hides_or_turns_text_and_keep_what_joins_letters(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, text())
        answers = {"motto": "\u202ePar\u0007is\n \u2066می\u200cخواهم\u2069 👨\u200d👩"}

        opened = await open_checkout(api, store.id, checkout(customer.id, line(product_id, custom_variables=answers)))

        async with inside(store.id) as context:
            (kept,) = (await lines_of(context, opened["id"]))[0].custom_variables
        assert kept.value == "Paris می\u200cخواهم 👨\u200d👩"

    async def test_may_be_numbers(self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside) -> None:
        product_id = await product_with(api, inside, store, LEVEL, dropdown(options=[{"name": "A", "value": "7"}]))
        given = [7, 7.5, -3.0, 76561198000000001]

        lines = [line(product_id, custom_variables={"level": level, "size": 7}) for level in given]
        opened = await open_checkout(api, store.id, checkout(customer.id, *lines))

        async with inside(store.id) as context:
            kept = [[one.value for one in row.custom_variables] for row in await lines_of(context, opened["id"])]
        assert kept == [["7", "7"], ["7.5", "7"], ["-3", "7"], ["76561198000000001", "7"]]

    async def test_may_be_left_out_where_the_pattern_fits_no_text(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, MOTTO, text("level", type="number", value_regex="[0-9]*"))

        opened = await open_checkout(api, store.id, checkout(customer.id, line(product_id)))

        async with inside(store.id) as context:
            assert [one.value for one in (await lines_of(context, opened["id"]))[0].custom_variables] == ["", ""]

    async def test_of_a_variable_that_was_deleted_are_not_asked_for(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, text())
        (variable,) = (await api.get(f"/v1/stores/{store.id}/custom-variables")).json()

        await api.delete(f"/v1/stores/{store.id}/custom-variables/{variable['id']}")

        assert (await open_checkout(api, store.id, checkout(customer.id, line(product_id))))["id"]

    async def test_keep_the_price_of_their_moment(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, SIZE)
        (variable,) = (await api.get(f"/v1/stores/{store.id}/custom-variables")).json()
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product_id, custom_variables={"size": "l"})))

        await api.patch(
            f"/v1/stores/{store.id}/custom-variables/{variable['id']}",
            json={"options": [{"name": "L", "value": "l", "price": 100_000}]},
        )

        assert (await paid(api, store.id, opened["token"]))["total_amount"] == 1999


class TestCommands:
    async def test_get_the_answers_as_plain_text(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside, worker: Worker
    ) -> None:
        options = [{"name": "Odd", "value": 'a "b" {motto}'}]
        command = ProductCommand(stage="on_purchase", content="set {size} {motto} {quantity} {other}", online_only=False)
        async with inside(store.id) as context:
            await add_server(context)
        product_id = await product_with(api, inside, store, dropdown(options=options), MOTTO, commands=[command])
        answers = {"size": 'a "b" {motto}', "motto": '@a"; op me'}

        opened = await open_checkout(api, store.id, checkout(customer.id, line(product_id, custom_variables=answers)))
        await paid(api, store.id, opened["token"])
        await worker.drain()

        (item,) = (await api.get(f"/v1/stores/{store.id}/customers/{customer.id}/delivery/items")).json()
        assert [attempt["command"] for attempt in item["command_attempts"]] == ['set a "b" {motto} a op me 1 {other}']
        assert item["custom_variables"] == answers


class TestPage:
    async def test_shows_what_was_chosen_and_what_a_unit_costs_with_it(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        product_id = await product_with(api, inside, store, SIZE, MOTTO)
        answers = {"size": "xl", "motto": "To arms"}
        wanted = line(product_id, quantity=2, custom_variables=answers)
        opened = await open_checkout(api, store.id, checkout(customer.id, wanted))

        shown = (await api.get("/checkout/", params={"t": opened["token"]})).text

        assert all(part in shown for part in ("Size: Huge, Motto: To arms", "2 × $22.49", "$44.98"))


class TestItemsGivenByHand:
    async def test_take_answers_too_but_need_none(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        command = ProductCommand(stage="on_purchase", content="set {size} {motto}", online_only=False)
        async with inside(store.id) as context:
            await add_server(context)
        product_id = await product_with(api, inside, store, SIZE, text(), commands=[command])
        path = f"/v1/stores/{store.id}/customers/{customer.id}/delivery/items"

        bare = (await api.post(path, json={"product_id": product_id})).json()
        full = (await api.post(path, json={"product_id": product_id, "custom_variables": {"motto": "Ho"}})).json()
        bad = await api.post(path, json={"product_id": product_id, "custom_variables": {"size": "?", "other": "1"}})

        kept = [item["custom_variables"] for item in bare + full]
        assert kept == [{"size": "s", "motto": ""}, {"size": "s", "motto": "Ho"}]
        commands = [item["command_attempts"][0]["command"] for item in bare + full]
        assert commands == ["set s ", "set s Ho"]
        assert [error["path"] for error in bad.json()["errors"]] == ["custom_variables.other", "custom_variables.size"]
