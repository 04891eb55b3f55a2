"""Whether a complaint of schemathesis is right: what it complains of, held against the allowances."""

import json
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from typing import Any

from schemathesis import Case, Response
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.openapi.checks import RejectedPositiveData

from tests.contract.allowances import ACCEPTED, REFUSED, Allowance


def allowed(failure: Failure, case: Case[Any], response: Response) -> list[Allowance]:
    """Why a complaint is wrong; nothing when it is right."""
    operation = str(case.operation.definition.raw.get("operationId"))
    if isinstance(failure, RejectedPositiveData):
        return fitting(REFUSED, operation, set(errors(response.content)))
    if isinstance(failure, AcceptedNegativeData):
        return fitting(ACCEPTED, operation, {failure.message})
    return []


def fitting(table: Sequence[Allowance], operation: str, complaints: set[str]) -> list[Allowance]:
    """The allowances, when there is one for each complaint."""
    mine = [one for one in table if fnmatch(operation, one.operations)]
    found = {next((one for one in mine if re.search(one.complaint, text, re.IGNORECASE)), None) for text in complaints}
    known = [one for one in mine if one in found]
    return known if len(known) == len(found) else []


def errors(answer: bytes) -> Iterator[str]:
    """What an answer says is wrong, as `path: message`."""
    said = json.loads(answer)
    for error in said.get("errors") or [{"path": "", "message": said["message"]}]:
        yield f"{error['path']}: {error['message']}"
