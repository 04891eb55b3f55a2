"""The contract as the checks read it."""

import json
import re

import pytest

from tests.contract.reference import APIS, HTTP_APIS, document, find, webhook_events

PROSE = {"summary", "example", "examples", "contact", "termsOfService"}


class TestDocuments:
    def test_hold_every_operation_and_webhook(self) -> None:
        counted = {api: sum(1 for _ in document(api).operations()) for api in APIS}

        assert counted == {"management-api": 230, "storefront-api": 24, "gameserver-api": 7, "webhook-definitions": 0}
        assert len(webhook_events()) == 19

    @pytest.mark.parametrize("api", APIS)
    def test_hold_facts_only(self, api: str) -> None:
        raw = document(api).raw

        for operation in document(api).operations():
            assert not {name for name in operation.raw if name in {*PROSE, "description"} or name.startswith("x-")}
        assert "info" not in raw
        assert not re.search(r'"(termsOfService|x-[a-zA-Z-]+)":', json.dumps(raw))

    def test_keep_properties_whose_names_mean_something_elsewhere(self) -> None:
        product = document("management-api").raw["components"]["schemas"]["ProductDto"]["properties"]

        assert product["description"]["type"]


class TestFind:
    @pytest.mark.parametrize("api", HTTP_APIS)
    def test_finds_each_operation_by_its_own_path(self, api: str) -> None:
        for operation in document(api).operations():
            found = find(operation.method.upper(), re.sub(r"\{[^}]*\}", "12", operation.path))

            assert found is not None
            assert (found.api, found.operation_id) == (api, operation.operation_id)

    def test_prefers_a_literal_segment(self) -> None:
        found = find("GET", "/v1/stores/1/customers/lookup")

        assert found is not None
        assert found.operation_id == "Customers_LookupCustomer"

    def test_ignores_a_trailing_slash(self) -> None:
        assert find("POST", "/v1/delivery/command-queue/") == find("POST", "/v1/delivery/command-queue")

    @pytest.mark.parametrize(
        ("method", "path"), [("GET", "/v1/nowhere"), ("PUT", "/v1/store"), ("GET", "/v1/stores/1/customers/2/3")]
    )
    def test_finds_nothing_elsewhere(self, method: str, path: str) -> None:
        assert find(method, path) is None
