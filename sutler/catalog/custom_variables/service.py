"""Making and changing custom variables; and reading them for other slices."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from sutler.catalog.custom_variables.models import CustomVariable, Option
from sutler.catalog.custom_variables.schemas import CustomVariableOptionRequestDto, UpsertCustomVariableRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given

IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_-]+")
RESERVED: Final = ("quantity",)  # placeholders of commands that an identifier would hide; all others have a dot
BLANK: Final = {"identifier": "", "name": "", "description": None, "type": None, "value_regex": None, "options": ()}
CLEARED_BY_NULL: Final = ("description", "value_regex")
LARGEST_PATTERN: Final = 4 << 20  # bytes that RE2 may use for one pattern; it refuses what needs more


async def custom_variables(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, CustomVariable]:
    """Those of these variables that exist in the store, by id; nothing is locked."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found = await store.all(store.rows(CustomVariable).where(one_of_ids(CustomVariable.c.id, wanted)))
    return {variable.id: variable for variable in found}


async def create(store: StoreContext, new: UpsertCustomVariableRequestDto) -> CustomVariable:
    """A new variable. InvalidInput names everything that does not pass; CustomVariableIdentifierTaken what it says."""
    return await store.add(CustomVariable(**checked(BLANK | _asked(new))))


async def update(store: StoreContext, id: FlakeId, changes: UpsertCustomVariableRequestDto) -> CustomVariable:
    """Change what is given. Options are replaced as a whole; those whose id is given again keep it."""
    variable = await store.get(CustomVariable, id)
    before = {name: getattr(variable, name) for name in BLANK}
    return await store.change(variable, checked(before | _asked(changes), variable.options))


def _asked(said: UpsertCustomVariableRequestDto) -> dict[str, Any]:
    return {name: value for name, value in given(said).items() if value is not None or name in CLEARED_BY_NULL}


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Delete a variable with its options. Products go on without it; orders keep what was answered."""
    await store.remove(await store.get(CustomVariable, id))


def checked(values: dict[str, Any], before: Sequence[Option] = ()) -> dict[str, Any]:
    """The values in the form in which they are kept; InvalidInput names every one that cannot be."""
    is_dropdown = values["type"] == "dropdown"
    kept = values | {
        "name": values["name"].strip(),
        "description": values["description"] or "",
        "value_regex": None if is_dropdown else values["value_regex"] or None,
        "options": _options(values["options"], before) if is_dropdown else [],
    }
    problems = list(_problems(kept))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return kept


def _options(asked: Sequence[CustomVariableOptionRequestDto | Option], before: Sequence[Option]) -> list[Option]:
    """The options in their order. An id that is no option's own, or is given twice, means a new option."""
    free = {option.id for option in before}
    options = []
    for one in asked:
        fields = structs.asdict(one) | {"name": one.name.strip(), "value": one.value.strip()}
        if one.id not in free:
            del fields["id"]
        free.discard(one.id or "")
        options.append(Option(**fields))
    return options


def _problems(kept: dict[str, Any]) -> Iterator[FieldError]:
    if kept["type"] is None:
        yield FieldError("Required", "Give the variable a `type`: dropdown, text or number.", "type", "required")
    if not IDENTIFIER.fullmatch(kept["identifier"]):
        text = "An identifier has letters a to z, digits, underscores and dashes only."
        yield FieldError("Invalid", text, "identifier", "identifier")
    if kept["identifier"] in RESERVED:
        text = f"Commands have a placeholder {{{kept['identifier']}}} already; give the variable another identifier."
        yield FieldError("Reserved", text, "identifier", "reserved")
    if not kept["name"]:
        yield FieldError("Required", "Give the variable a `name`.", "name", "required")
    if kept["value_regex"] is not None and (why := pattern_problem(kept["value_regex"])):
        yield FieldError("Invalid", f"`value_regex` is no pattern that RE2 knows: {why}.", "value_regex", "pattern")
    if kept["type"] == "dropdown":
        yield from _option_problems(kept["options"])


def _option_problems(options: Sequence[Option]) -> Iterator[FieldError]:
    if not options:
        yield FieldError("Required", "A dropdown needs at least one option.", "options", "required")
    seen: set[str] = set()
    for number, option in enumerate(options):
        path = f"options[{number}]"
        if not option.name:
            yield FieldError("Required", "Give the option a `name`.", f"{path}.name", "required")
        if not option.value or not option.value.isprintable():
            text = "Give the option a `value` without control characters: it is what commands get."
            yield FieldError("Required", text, f"{path}.value", "required")
        if option.value in seen:
            yield FieldError("Duplicate", f"Two options have the value {option.value}.", f"{path}.value", "unique")
        seen.add(option.value)
    defaults = [number for number, option in enumerate(options) if option.is_default]
    for number in defaults[1:]:
        yield FieldError("Duplicate", "Only one option can be the default.", f"options[{number}].is_default", "unique")


def pattern_problem(pattern: str) -> str | None:
    """What is wrong with a pattern, if anything."""
    import re2  # noqa: PLC0415 - most processes never see a pattern, and all of them start

    try:
        compiled(pattern)
    except re2.error as error:
        why = error.args[0] if error.args else ""
        return why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
    return None


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Any:
    """A pattern ready for use. It takes time in proportion to the text, whatever the pattern."""
    import re2  # noqa: PLC0415 - see `pattern_problem`

    options = re2.Options()
    options.log_errors = False
    options.max_mem = LARGEST_PATTERN
    return re2.compile(pattern, options)
