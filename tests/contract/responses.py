"""Holds an answer of ours, or a webhook's body, against the contract; one error says everything that is wrong with it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema import ValidationError
from jsonschema.protocols import Validator

from tests.contract.reference import (
    Operation,
    find,
    fits,
    response_validator,
    segments,
    validator,
    webhook_events,
    webhook_validator,
)

# Paths that are ours and not the contract's; everything below them is ours, too.
OWN_PATHS = (
    "/healthz",
    "/readyz",
    "/metrics",
    "/swagger",
    "/docs",
    "/checkout",
    "/static",
    "/files",
    "/uploads",
    "/documents",
    "/v1/stores/{storeId}/simulator",
    "/v1/stores/{storeId}/audit-log",
    "/v1/stores/{storeId}/tax-settings",
    "/v1/stores/{storeId}/tax-rates",
    "/v1/stores/{storeId}/exchange-rates",
    "/v1/stores/{storeId}/tax-evidence",
    "/v1/stores/{storeId}/tax-report",
    "/v1/stores/{storeId}/recurring-revenue",
    "/v1/stores/{storeId}/pricing",
    "/v1/store/cart/explain",
    "/v1/stores/{storeId}/delivery/commands/{attemptId}/log",
    "/v1/stores/{storeId}/gateways",
    "/v1/webstores/{storeId}/modules",
    "/v1/delivery/command-queue/stream",
    "/v1/stores/{storeId}/payments/{paymentId}/settle",
    "/v1/stores/{storeId}/payments/{paymentId}/disputes",
    "/v1/stores/{storeId}/payments/{paymentId}/refunds",
    "/v1/stores/{storeId}/payments/{paymentId}/evidence",
    "/v1/stores/{storeId}/refunds/{refundId}/settle",
    "/v1/stores/{storeId}/wallets",
    "/v1/stores/{storeId}/mails",
    "/v1/stores/{storeId}/mail-settings",
    "/v1/stores/{storeId}/invoice-settings",
    "/v1/stores/{storeId}/invoices/{invoiceId}/reissue",
)
# The base paths answer a plain text to whoever asks whether the service is there.
PING = {"/", "/v1", "/v1/"}
TRACE_ID = re.compile(r"[0-9a-f]{32}")
SHOWN = 12


@dataclass(frozen=True)
class Answer:
    """What came back for a request. Names of headers are in lower case."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def check(
    method: str,
    path: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    allow: Sequence[str] = OWN_PATHS,
) -> None:
    """Raises an AssertionError that lists what in an answer the contract forbids.

    The path is without its query. Paths that the contract does not know may only fail, unless one of the prefixes
    in `allow` (whose `{…}` segments stand for any value) covers them.
    """
    answer = Answer(method.upper(), path, status, {name.lower(): value for name, value in headers.items()}, body)
    operation = find("GET" if answer.method == "HEAD" else answer.method, path)
    complain(list(problems(answer, operation, allow)), f"{answer.method} {path} answered {status}", operation)


def check_webhook(event: str, body: bytes | Mapping[str, Any]) -> None:
    """Raises an AssertionError that lists what the contract forbids in what is posted for an event.

    That is an object with `event_type`, `event_id` and `body`: the bytes that were sent, or their value.
    """
    assert event in webhook_events(), f"the contract has no webhook {event}"
    problems = list(webhook_problems(event, body if isinstance(body, bytes) else json.dumps(body).encode()))
    complain(problems, f"The webhook {event}", None)


def complain(problems: Sequence[str], subject: str, operation: Operation | None) -> None:
    """Raises when there are problems."""
    if problems:
        shown = "".join(f"\n  {problem}" for problem in problems[:SHOWN])
        more = f"\n  … and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        source = f" ({operation.api} {operation.operation_id})" if operation else ""
        message = f"{subject}, which does not keep the contract{source}:{shown}{more}"
        raise AssertionError(message)


def problems(answer: Answer, operation: Operation | None, allow: Sequence[str]) -> Iterator[str]:
    """Everything that is wrong with an answer."""
    if answer.method == "OPTIONS":
        return
    if answer.method == "HEAD":
        if answer.body:
            yield "an answer to HEAD has no body"
        return
    if operation is None and (answer.path in PING or is_own(answer.path, allow)):
        if answer.status >= 400 and answer.media_type == "application/json":
            yield from error_problems(answer)
    elif answer.status >= 400:
        yield from error_problems(answer)
    elif operation is None:
        yield "the contract has no such operation; if it is ours, list its path in OWN_PATHS"
    else:
        yield from success_problems(answer, operation)


def is_own(path: str, allow: Sequence[str]) -> bool:
    """Whether a listed prefix covers a path."""
    parts = segments(path)
    prefixes = [segments(prefix) for prefix in allow]
    return any(len(prefix) <= len(parts) and fits(prefix, parts[: len(prefix)]) for prefix in prefixes)


def success_problems(answer: Answer, operation: Operation) -> Iterator[str]:
    """What is wrong with an answer that is no error."""
    declared = declared_status(answer.status, operation)
    if declared is None:
        yield f"status {answer.status} is not declared: {', '.join(operation.responses)} (default means an error)"
        return
    if answer.status == 204:
        if answer.body:
            yield "204 has no body"
        return
    expected = response_validator(operation, declared)
    if expected is not None:
        yield from json_problems(answer, expected)
    elif answer.body:
        yield "the contract declares no body"


def declared_status(status: int, operation: Operation) -> str | None:
    """The key under which the contract declares a success.

    Two operations of the contract declare a body under 204, where HTTP allows none. They are answered with 200.
    """
    if str(status) in operation.responses:
        return str(status)
    if status == 200 and "204" in operation.responses and response_validator(operation, "204") is not None:
        return "204"
    return None


def error_problems(answer: Answer) -> Iterator[str]:
    """What is wrong with an error: it carries the contract's error object and a trace id, which is in a header, too."""
    found = list(json_problems(answer, validator("management-api", "/components/schemas/PayNowError")))
    yield from found
    if found:
        return
    error = json.loads(answer.body)
    if error["status"] != answer.status:
        yield f"status: {error['status']} in the body of a {answer.status}"
    trace = error.get("trace_id")
    if not isinstance(trace, str) or not TRACE_ID.fullmatch(trace):
        yield f"trace_id: {trace!r} is not 32 lower-case hex digits"
    elif answer.headers.get("x-trace-id") != trace:
        yield f"trace_id: {trace} in the body, {answer.headers.get('x-trace-id')} in the header x-trace-id"


def json_problems(answer: Answer, expected: Validator) -> Iterator[str]:
    """What is wrong with an answer that must be JSON."""
    if answer.media_type != "application/json":
        yield f"content type {answer.media_type or 'missing'}, the contract says application/json"
    yield from body_problems(answer.body, expected)


def webhook_problems(event: str, body: bytes) -> Iterator[str]:
    """What is wrong with the body of a webhook."""
    found = list(body_problems(body, webhook_validator(event)))
    yield from found
    if not found and (named := json.loads(body)["event_type"]) != event:
        yield f"event_type: {named}"


def body_problems(body: bytes, expected: Validator) -> Iterator[str]:
    """What is wrong with some JSON: its syntax, or how it differs from its schema."""
    try:
        value = strict_json(body)
    except ValueError as error:
        yield f"the body is not JSON: {error} ({body[:80]!r})"
        return
    for difference in expected.iter_errors(value):
        yield from map(described, leaves(difference))


def strict_json(body: bytes) -> Any:
    """The value of some JSON. ValueError for what only lenient readers accept: NaN, a name twice, another encoding."""

    def constant(word: str) -> Any:
        message = f"{word} is not JSON"
        raise ValueError(message)

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            message = f"a name twice: {sorted({name for name in names if names.count(name) > 1})}"
            raise ValueError(message)
        return found

    return json.loads(body.decode("utf-8"), parse_constant=constant, object_pairs_hook=members)


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """An error, or what is wrong inside those of its alternatives that were of the right type (`Coupon or null`)."""
    inside = [part for part in error.context or () if part.relative_path or part.validator != "type"]
    if not inside:
        yield error
    for part in inside:
        yield from leaves(part)


def described(error: ValidationError) -> str:
    """One difference from a schema in one line."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path).lstrip(".")
    message = error.message if len(error.message) <= 200 else f"{error.message[:120]} … {error.message[-60:]}"
    if error.validator == "required":
        message = f"lacks {message.removesuffix(' is a required property')}"
    return f"{place or 'body'}: {message}"
