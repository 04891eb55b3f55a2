"""The check of answers lets good ones pass and catches every kind of bad one."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.contract.reference import HTTP_APIS, document
from tests.contract.responses import check
from tests.contract.samples import TRACE, answer, customer, error

CUSTOMER = "/v1/stores/1/customers/2"
JSON = {"Content-Type": "application/json"}
TRACED = {**JSON, "X-Trace-Id": TRACE}


def receive(
    body: Any, status: int = 200, headers: Mapping[str, str] = JSON, path: str = CUSTOMER, method: str = "GET"
) -> None:
    """Checks an answer as if it had arrived."""
    check(method, path, status, headers, body if isinstance(body, bytes) else json.dumps(body).encode())


class TestSuccess:
    @pytest.mark.parametrize("api", HTTP_APIS)
    def test_passes_with_whatever_the_contract_declares(self, api: str) -> None:
        for operation in document(api).operations():
            path = re.sub(r"\{[^}]*\}", "12", operation.path)
            for status, response in operation.responses.items():
                if status.startswith("2"):
                    declared = document(api).json_schema(response) is not None
                    body = json.dumps(answer(operation, status)).encode() if declared else b""
                    check(operation.method, path, 200 if declared and status == "204" else int(status), JSON, body)

    def test_passes_with_properties_of_our_own(self) -> None:
        receive({**customer(), "loyalty": 7})

    def test_passes_with_a_charset(self) -> None:
        receive(customer(), headers={"content-type": "application/json; charset=utf-8"})

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"id": 411486491630370816}, "id: 411486491630370816 is not of type 'string'"),
            ({"id": "4114864916303708160000"}, "is not a 'flake-id'"),
            ({"steam_id": None}, "steam_id: None is not of type 'string'"),
            ({"steam_id": "STEAM_0:1:2"}, "is not a 'steam-id'"),
            ({"steam": None}, "steam: None is not of type 'object'"),
            ({"steam": {"id": "1", "name": "Ada"}}, "steam: lacks 'avatar_url'"),
            ({"metadata": None}, "metadata: None is not of type 'object'"),
            ({"metadata": {"rank": 1}}, "metadata.rank: 1 is not of type 'string'"),
            ({"minecraft_platform": "nintendo"}, "minecraft_platform: 'nintendo' is not one of"),
            ({"created_at": "2026-02-03T04:05:06.120Z"}, "created_at: '2026-02-03T04:05:06.120Z' is not a 'date-time'"),
            ({"created_at": "2026-02-03T04:05:06+00:00"}, "is not a 'date-time'"),
            ({"updated_at": "yesterday"}, "updated_at: 'yesterday' is not a 'date-time'"),
        ],
    )
    def test_fails_with_a_wrong_value(self, change: dict[str, Any], complaint: str) -> None:
        with pytest.raises(AssertionError, match=re.escape(complaint)):
            receive({**customer(), **change})

    @pytest.mark.parametrize("name", ["id", "metadata"])
    def test_fails_without_a_required_property(self, name: str) -> None:
        body = {key: value for key, value in customer().items() if key != name}

        with pytest.raises(AssertionError, match=f"body: lacks '{name}'"):
            receive(body)

    def test_fails_when_a_property_is_left_out_that_should_be_null(self) -> None:
        body = {key: value for key, value in customer().items() if key != "updated_at"}

        with pytest.raises(AssertionError, match="body: lacks 'updated_at'"):
            receive(body)

    def test_fails_with_a_whole_number_written_as_a_fraction(self) -> None:
        operation = "/v1/stores/1/affiliate-links/2"
        link = answer_of("management-api", "AffiliateLinks_GetAffiliateLink", operation)

        with pytest.raises(AssertionError, match=r"discount_amount: 5\.0 is not of type 'integer'"):
            receive({**link, "discount_amount": 5.0}, path=operation)

    def test_fails_with_an_integer_that_clients_cannot_hold(self) -> None:
        operation = "/v1/stores/1/affiliate-links/2"
        link = answer_of("management-api", "AffiliateLinks_GetAffiliateLink", operation)

        with pytest.raises(AssertionError, match="tracking_length_days: 2147483648 is not a 'int32'"):
            receive({**link, "tracking_length_days": 2**31}, path=operation)

    def test_names_the_place_in_a_list(self) -> None:
        with pytest.raises(AssertionError, match=re.escape("[1].name: 5 is not of type")):
            receive([customer(), {**customer(), "name": 5}], path="/v1/stores/1/customers")

    @pytest.mark.parametrize(
        ("body", "complaint"),
        [
            (b"", "the body is not JSON"),
            (b"<html>", "the body is not JSON"),
            (b'{"name": NaN}', "NaN is not JSON"),
            (b'{"id": "1", "id": "2"}', "a name twice"),
            (b'{"name": "\xff"}', "the body is not JSON"),
            (b"\xef\xbb\xbf{}", "the body is not JSON"),
        ],
    )
    def test_fails_with_what_is_not_json(self, body: bytes, complaint: str) -> None:
        with pytest.raises(AssertionError, match=complaint):
            receive(body)

    @pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}, {"content-type": "application/problem+json"}])
    def test_fails_with_another_content_type(self, headers: dict[str, str]) -> None:
        with pytest.raises(AssertionError, match="the contract says application/json"):
            receive(customer(), headers=headers)

    @pytest.mark.parametrize("status", [201, 202, 302])
    def test_fails_with_a_status_that_is_not_declared(self, status: int) -> None:
        with pytest.raises(AssertionError, match=f"status {status} is not declared: 200, default"):
            receive(customer(), status=status)

    def test_says_everything_at_once(self) -> None:
        with pytest.raises(AssertionError) as caught:
            receive({**customer(), "id": 1, "metadata": None}, headers={})

        assert str(caught.value).splitlines()[0].endswith("(management-api Customers_GetCustomerById):")
        assert len(str(caught.value).splitlines()) == 4


class TestNoContent:
    TOKENS = "/v1/stores/1/customers/2/tokens"

    def test_passes_without_a_body(self) -> None:
        receive(b"", status=204, headers={}, path=self.TOKENS, method="DELETE")

    def test_fails_with_a_body(self) -> None:
        with pytest.raises(AssertionError, match="204 has no body"):
            receive({}, status=204, path=self.TOKENS, method="DELETE")

    def test_fails_with_a_body_where_none_is_declared(self) -> None:
        with pytest.raises(AssertionError, match="the contract declares no body"):
            receive({}, path="/v1/stores/1", method="DELETE")

    def test_takes_no_body_for_one_that_is_declared(self) -> None:
        with pytest.raises(AssertionError, match="status 204 is not declared"):
            receive(b"", status=204)


class TestError:
    def test_passes_at_any_path(self) -> None:
        for path in (CUSTOMER, "/v1/stores/1/coupons/2", "/v1/nowhere"):
            receive(error(404), status=404, headers=TRACED, path=path)

    def test_passes_with_the_fields_that_failed(self) -> None:
        field = {"code": "invalid", "message": "Write a number.", "path": "amount", "validation": "type"}

        receive({**error(400), "errors": [field]}, status=400, headers=TRACED)

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"status": 400}, "status: 400 in the body of a 404"),
            ({"status": "404"}, "status: '404' is not of type 'integer'"),
            ({"code": None}, "code: None is not of type 'string'"),
            ({"message": 7}, "message: 7 is not of type 'string'"),
            ({"trace_id": None}, "trace_id: None is not 32 lower-case hex digits"),
            ({"trace_id": TRACE.upper()}, "is not 32 lower-case hex digits"),
            ({"trace_id": "0" * 32}, "in the header x-trace-id"),
            ({"errors": [{"code": "x"}]}, "errors[0]: lacks 'message'"),
        ],
    )
    def test_fails_with_another_object(self, change: dict[str, Any], complaint: str) -> None:
        with pytest.raises(AssertionError, match=re.escape(complaint)):
            receive({**error(404), **change}, status=404, headers=TRACED)

    def test_fails_without_the_header(self) -> None:
        with pytest.raises(AssertionError, match="None in the header x-trace-id"):
            receive(error(404), status=404)

    def test_fails_as_plain_text(self) -> None:
        with pytest.raises(AssertionError, match="content type text/plain"):
            receive(b"Not found", status=404, headers={"content-type": "text/plain"})


class TestOwnPaths:
    def test_pass_when_they_are_listed(self) -> None:
        receive(b"ok", headers={"content-type": "text/plain"}, path="/healthz")
        receive({"paid": 1}, path="/v1/stores/1/simulator/payments/2", method="POST")
        check("GET", "/v1/extra/7/more", 200, JSON, b"{}", allow=["/v1/extra/{id}"])

    def test_fail_when_they_are_not(self) -> None:
        for path in ("/v1/stores/1/simulation", "/v1/stores/1", "/healthzz", "/v1/extra"):
            with pytest.raises(AssertionError, match="the contract has no such operation"):
                receive({}, path=path, method="PUT")

    def test_do_not_hide_an_operation_of_the_contract(self) -> None:
        with pytest.raises(AssertionError, match="body: lacks 'id'"):
            check("GET", CUSTOMER, 200, JSON, b"{}", allow=["/v1"])

    def test_answer_errors_like_all_others(self) -> None:
        with pytest.raises(AssertionError, match="body: lacks 'code'"):
            receive({"error": "no"}, status=404, path="/v1/stores/1/simulator/payments/2")

    def test_ping_is_plain_text(self) -> None:
        receive(b"PayNow API", headers={"content-type": "text/html"}, path="/v1/")


class TestHead:
    def test_passes_without_a_body(self) -> None:
        receive(b"", method="HEAD")

    def test_fails_with_a_body(self) -> None:
        with pytest.raises(AssertionError, match="an answer to HEAD has no body"):
            receive(customer(), method="HEAD")


def answer_of(api: str, operation_id: str, path: str) -> Any:
    """A valid answer of an operation, which is the one at the path."""
    operation = next(operation for operation in document(api).operations() if operation.operation_id == operation_id)
    assert len(operation.path.split("/")) == len(path.split("/"))
    return answer(operation, "200")
