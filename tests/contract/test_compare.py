"""The comparison finds each way in which a document can fall short of the contract, and nothing else."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.contract.compare import Verdict, compare, counts, own_operations
from tests.contract.reference import APIS, WEBHOOKS, Json, document

CUSTOMER = "/v1/stores/{storeId}/customers/{customerId}"
LIST = "/v1/stores/{storeId}/customers"
Change = Callable[[Json], Any]


def judged(change: Change, operation_id: str, api: str = "management-api") -> Verdict:
    """The verdict on an operation after a change of a document that is the contract's own."""
    ours = deepcopy(document(api).raw)
    change(ours)
    return next(verdict for verdict in compare(api, ours) if verdict.operation_id == operation_id)


def schema(ours: Json, name: str) -> Json:
    """A named schema of a document."""
    found: Json = ours["components"]["schemas"][name]
    return found


def properties(ours: Json, name: str) -> Json:
    """The properties of a named schema."""
    found: Json = schema(ours, name)["properties"]
    return found


class TestOperation:
    @pytest.mark.parametrize("api", APIS)
    def test_conforms_when_it_is_the_same(self, api: str) -> None:
        verdicts = compare(api, document(api).raw)

        assert counts(verdicts) == {"conforms": len(verdicts), "differs": 0, "missing": 0}
        assert not [addition for verdict in verdicts for addition in verdict.additions]
        assert not own_operations(api, document(api).raw)

    def test_is_missing_without_its_path_or_method(self) -> None:
        assert judged(lambda ours: ours["paths"].pop(CUSTOMER), "Customers_GetCustomerById").state == "missing"
        assert judged(lambda ours: ours["paths"][CUSTOMER].pop("get"), "Customers_GetCustomerById").state == "missing"

    def test_is_not_missing_when_another_method_is(self) -> None:
        assert judged(lambda ours: ours["paths"][CUSTOMER].pop("patch"), "Customers_GetCustomerById").state == "conforms"

    def test_may_be_our_own(self) -> None:
        ours = deepcopy(document("management-api").raw)
        ours["paths"]["/v1/stores/{storeId}/simulator"] = {"post": {"operationId": "Simulator_Pay"}}

        assert [operation.operation_id for operation in own_operations("management-api", ours)] == ["Simulator_Pay"]

    @pytest.mark.parametrize(
        ("change", "difference"),
        [
            (lambda op: op.update(operationId="getCustomer"), "operation id: getCustomer, the contract says"),
            (lambda op: op.update(tags=["people"]), "tag: people, the contract says customers"),
            (lambda op: op["parameters"].pop(), "path parameter customerId: missing"),
            (
                lambda op: op["parameters"].append({"in": "query", "name": "x", "required": True}),
                "query parameter x: required, but",
            ),
            (lambda op: op["parameters"][0].update(required=False), "path parameter storeId: optional here"),
            (lambda op: op["parameters"][0].update(schema={"type": "integer"}), "path parameter storeId: takes integer"),
            (lambda op: op.update(requestBody={"required": True}), "request: demands a body"),
            (lambda op: op["responses"].pop("200"), "response: status 200 is missing"),
            (lambda op: op["responses"].pop("default"), "response: status default is missing"),
            (lambda op: op["responses"].update({"200": {}}), "response 200: no JSON body"),
        ],
    )
    def test_differs_in_its_head(self, change: Change, difference: str) -> None:
        verdict = judged(lambda ours: change(ours["paths"][CUSTOMER]["get"]), "Customers_GetCustomerById")

        assert verdict.state == "differs"
        assert len(verdict.differences) == 1
        assert verdict.differences[0].startswith(difference)

    def test_may_have_optional_parameters_of_our_own(self) -> None:
        extra = {"in": "query", "name": "x", "schema": {"type": "string"}}

        verdict = judged(
            lambda ours: ours["paths"][CUSTOMER]["get"]["parameters"].append(extra), "Customers_GetCustomerById"
        )

        assert verdict.state == "conforms"

    def test_may_share_parameters_at_its_path(self) -> None:
        def move(ours: Json) -> None:
            ours["paths"][CUSTOMER]["parameters"] = ours["paths"][CUSTOMER]["get"].pop("parameters")

        assert judged(move, "Customers_GetCustomerById").state == "conforms"


class TestAnswer:
    @pytest.mark.parametrize(
        ("change", "difference"),
        [
            (lambda own: own.pop("name"), "[].name: missing"),
            (lambda own: own.update(name={"type": "integer"}), "[].name: integer, the contract says string"),
            (lambda own: own.update(name={}), "[].name: has no type, the contract says string"),
            (
                lambda own: own.update(id={"type": ["null", "string"]}),
                "[].id: may be null, which the contract does not allow",
            ),
            (lambda own: own.update(metadata={"type": "object"}), "[].metadata: a map in the contract"),
            (
                lambda own: own.update(metadata={"type": "object", "additionalProperties": {"type": "integer"}}),
                "[].metadata{}: integer, the contract says string",
            ),
            (
                lambda own: own.update(minecraft_platform={"enum": ["java", "bedrock", "pi"]}),
                "[].minecraft_platform: enum lacks unknown, adds pi",
            ),
            (lambda own: own.update(minecraft_platform={"type": "string"}), "[].minecraft_platform: enum lacks bedrock or"),
        ],
    )
    def test_differs_in_a_property(self, change: Change, difference: str) -> None:
        verdict = judged(lambda ours: change(properties(ours, "CustomerDto")), "Customers_GetCustomers")

        assert verdict.state == "differs"
        assert len(verdict.differences) == 1
        assert verdict.differences[0].startswith(difference)

    def test_differs_when_it_does_not_promise_what_is_required(self) -> None:
        verdict = judged(lambda ours: schema(ours, "CustomerDto")["required"].remove("id"), "Customers_GetCustomerById")

        assert verdict.differences == ("id: not promised, but required by the contract",)

    def test_differs_when_a_list_says_nothing_of_its_items(self) -> None:
        def forget(ours: Json) -> None:
            ours["paths"][LIST]["get"]["responses"]["200"]["content"]["application/json"]["schema"].pop("items")

        assert judged(forget, "Customers_GetCustomers").differences == ("response: items have no type",)

    def test_differs_in_the_error_object(self) -> None:
        verdict = judged(lambda ours: properties(ours, "PayNowError").pop("code"), "Customers_GetCustomerById")

        assert verdict.differences == ("error.code: missing",)

    def test_may_be_written_in_another_way(self) -> None:
        def rewrite(ours: Json) -> None:
            own = properties(ours, "CustomerDto")
            own["name"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
            own["xbox_xuid"] = {"type": "string", "nullable": True}
            own["steam"] = {"allOf": [own["steam"]]}
            own["minecraft_platform"] = {"enum": ["bedrock", "java", "unknown"]}

        assert judged(rewrite, "Customers_GetCustomerById").state == "conforms"

    def test_lists_what_is_our_own(self) -> None:
        def add(ours: Json) -> None:
            properties(ours, "CustomerDto")["loyalty"] = {"type": "integer"}

        verdict = judged(add, "Customers_GetCustomers")

        assert (verdict.state, verdict.additions) == ("conforms", ("[].loyalty",))

    def test_ends_where_a_schema_contains_itself(self) -> None:
        def loosen(ours: Json) -> None:
            schema(ours, "StorefrontNavLinkDto")["required"].remove("name")

        verdict = judged(loosen, "StorefrontNavLinks_GetStorefrontNavLinks", "storefront-api")

        assert verdict.differences == ("[].name: not promised, but required by the contract",)


class TestRequest:
    REQUEST = "UpsertCustomerRequestDto"

    @pytest.mark.parametrize(
        ("change", "difference"),
        [
            (lambda own: own.pop("name"), "request.name: missing"),
            (lambda own: own.update(name={"type": "integer"}), "request.name: takes integer, the contract sends string"),
            (lambda own: own.update(name={"type": "string"}), "request.name: must take null"),
            (lambda own: own.update(name={}), "request.name: has no type, the contract says string"),
        ],
    )
    def test_differs_when_it_takes_less(self, change: Change, difference: str) -> None:
        verdict = judged(lambda ours: change(properties(ours, self.REQUEST)), "Customers_CreateCustomer")

        assert difference in verdict.differences

    def test_differs_when_it_demands_more(self) -> None:
        verdict = judged(lambda ours: schema(ours, self.REQUEST).update(required=["name"]), "Customers_CreateCustomer")

        assert verdict.differences == ("request.name: demanded, but optional in the contract",)

    def test_differs_without_a_body(self) -> None:
        verdict = judged(lambda ours: ours["paths"][LIST]["post"].pop("requestBody"), "Customers_CreateCustomer")

        assert verdict.differences == ("request: takes no JSON body",)

    def test_differs_when_an_enum_is_narrower(self) -> None:
        verdict = judged(lambda ours: schema(ours, "BanType")["enum"].remove("ip"), "Bans_CreateBan")

        assert any("enum does not take ip" in difference for difference in verdict.differences)

    def test_may_take_more(self) -> None:
        def widen(ours: Json) -> None:
            own = properties(ours, self.REQUEST)
            own["name"] = {"type": ["string", "integer", "null"]}
            own["nickname"] = {"type": "string"}

        assert judged(widen, "Customers_CreateCustomer").state == "conforms"


class TestWebhook:
    def test_is_missing_without_its_event(self) -> None:
        verdict = judged(lambda ours: ours["webhooks"].pop("ON_REFUND"), "ON_REFUND", WEBHOOKS)

        assert (verdict.state, verdict.path) == ("missing", "ON_REFUND")

    def test_differs_when_its_body_does(self) -> None:
        verdict = judged(lambda ours: properties(ours, "ProductDTO").pop("slug"), "ON_DELIVERY_ITEM_ADDED", WEBHOOKS)

        assert verdict.differences == ("body.body.product.slug: missing",)

    def test_differs_without_a_body(self) -> None:
        verdict = judged(lambda ours: ours["webhooks"]["ON_REFUND"]["post"].pop("requestBody"), "ON_REFUND", WEBHOOKS)

        assert verdict.differences == ("body: no JSON schema",)
