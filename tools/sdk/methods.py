"""Operations as methods, once blocking and once awaited, both from the same description."""

from collections.abc import Iterator

from tools.sdk import names
from tools.sdk.facts import Operation, Parameter
from tools.sdk.shapes import Shapes, unit, with_none

STORE = "{store_id}"


class Writer:
    """Writes the classes of one tag."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes

    def answer(self, one: Operation) -> str:
        """What a method answers."""
        return "None" if one.answer is None else self._shapes.annotation(one.answer, sent=False)

    def constant(self, one: Operation) -> str:
        """The description of an operation that both classes share."""
        kind = "type(None)" if one.answer is None else self.answer(one)
        repeatable = ", repeatable=True" if one.repeatable else ""
        return f'{one.constant} = Operation("{one.verb}", "{one.path}", {kind}{repeatable})'

    def classes(self, tag: str, operations: list[Operation]) -> str:
        """The two classes of a tag."""
        return "\n\n\n".join("\n".join(self._class(tag, operations, awaited=awaited)) for awaited in (False, True))

    def _class(self, tag: str, operations: list[Operation], *, awaited: bool) -> Iterator[str]:
        yield f"class {'Async' if awaited else ''}{names.pascal(tag)}:"
        yield f'    """Operations of `{tag}`{", awaited" if awaited else ""}."""'
        yield ""
        yield f"    def __init__(self, transport: {'Async' if awaited else ''}Transport) -> None:"
        yield "        self._transport = transport"
        for one in operations:
            yield ""
            yield from self._method(one, awaited=awaited)
            if one.iterator:
                yield ""
                yield from self._iterator(one, awaited=awaited)

    def _method(self, one: Operation, *, awaited: bool) -> Iterator[str]:
        if one.deprecated:
            yield f'    @deprecated("{why_deprecated(one)}")'
        yield f"    {'async ' if awaited else ''}def {one.name}("
        yield from self._signature(one)
        yield f"    ) -> {self.answer(one)}:"
        yield from _docstring(f"{names.words(one.name)}: `{one.verb} {one.path}`.", _notes(one))
        yield f"        return {'await ' if awaited else ''}self._transport.call("
        yield f"            {one.constant},"
        yield from (f"            {line}," for line in _given(one))
        yield "        )"

    def _iterator(self, one: Operation, *, awaited: bool) -> Iterator[str]:
        entry = self.answer(one).removeprefix("list[").removesuffix("]")
        yield f"    def {one.iterator}("
        yield from (line.replace("asc: bool | None = None", "asc: bool = True") for line in self._signature(one))
        yield f"    ) -> {'Async' if awaited else ''}Iterator[{entry}]:"
        notes = ["`limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end."]
        yield from _docstring(f"Every entry of `{one.name}`, page by page, oldest first unless `asc` is False.", notes)
        yield f"        return {'awalk' if awaited else 'walk'}("
        yield "            self._transport,"
        yield f"            {one.constant},"
        yield from (f"            {line}," for line in _given(one))
        yield "        )"

    def _signature(self, one: Operation) -> Iterator[str]:
        yield "        self,"
        yield from (f"        {place.name}: str," for place in one.places)
        if one.items is not None:
            yield f"        items: Sequence[{self._shapes.annotation(one.items, sent=True)}],"
        named = [*self._body(one), *self._query([*one.query, *one.headers])]
        if one.writes:
            named.append("idempotency_key: str | None = None")
        if named:
            yield "        *,"
        yield from (f"        {line}," for line in named)

    def _body(self, one: Operation) -> Iterator[str]:
        """What must be given first. What is not given is not sent; None is sent."""
        for parameter in sorted(one.body or (), key=lambda parameter: not parameter.required):
            kind = self._shapes.annotation(parameter.schema, sent=True)
            yield f"{parameter.name}: " + (kind if parameter.required else f"{with_none(kind, 'UnsetType')} = UNSET")

    def _query(self, parameters: list[Parameter]) -> Iterator[str]:
        for parameter in sorted(parameters, key=lambda parameter: not parameter.required):
            kind = self._shapes.annotation(parameter.schema, sent=True)
            yield f"{parameter.name}: " + (kind if parameter.required else f"{with_none(kind)} = None")


def why_deprecated(one: Operation) -> str:
    """What to say to those who call a deprecated method."""
    return "The contract calls this deprecated." + (f" Use {one.instead}." if one.instead else "")


def _given(one: Operation) -> Iterator[str]:
    """The arguments of a call, by where they go."""
    for where, parameters in (("path", one.places), ("query", one.query), ("headers", one.headers)):
        if parameters:
            yield f"{where}={_dictionary(parameters)}"
    if one.body is not None:
        yield f"body={_dictionary(one.body)}"
    if one.items is not None:
        yield "body=items"
    if one.writes:
        yield "idempotency_key=idempotency_key"


def _dictionary(parameters: list[Parameter]) -> str:
    """Members by their names on the wire; in a path by those of the template."""
    pairs = (f'"{one.name if "{" in one.wire or _is_place(one) else one.wire}": {one.name}' for one in parameters)
    return "{" + ", ".join(pairs) + "}"


def _is_place(one: Parameter) -> bool:
    """Whether a parameter is named as only those of paths are, by capitals between small letters."""
    return one.wire != one.wire.lower()


def _notes(one: Operation) -> list[str]:
    """What is known of single arguments beyond their types."""
    found = []
    siblings = [parameter.wire for parameter in one.body or ()]
    for parameter in [*(one.body or ()), *one.query]:
        if says := unit(parameter.wire, parameter.schema, siblings):
            found.append(f"`{parameter.name}`: {says[0].lower()}{says[1:]}")
        low, high = parameter.schema.get("minimum"), parameter.schema.get("maximum")
        if low is not None and high is not None:
            found.append(f"`{parameter.name}`: from {low} to {high}.")
        elif "maxLength" in parameter.schema:
            found.append(f"`{parameter.name}`: at most {parameter.schema['maxLength']} characters.")
    return found


def _docstring(first: str, notes: list[str]) -> Iterator[str]:
    if not notes:
        yield f'        """{first}"""'
        return
    yield f'        """{first}'
    yield ""
    yield from (f"        {note}" for note in notes)
    yield '        """'
