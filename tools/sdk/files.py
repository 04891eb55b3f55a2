"""The generated files of one API: enums, inputs, models and operations by tag, and the attributes of its clients."""

from collections.abc import Iterable, Iterator

from tools.sdk import names
from tools.sdk.facts import Api, references
from tools.sdk.methods import Writer
from tools.sdk.shapes import Shapes, homes, inputs

MADE = "Made by `make sdk`; changes are lost."
PACKAGE = "sutler_sdk._generated"


class Files:
    """Writes one API."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._shapes = Shapes(api.schemas)
        self._homes = homes(api, self._shapes)
        self._inputs = inputs(api.operations, self._shapes)
        answered = self._shapes.reached(one.answer for one in api.operations)
        sent = self._shapes.reached(
            part for one in api.operations for part in (one.items, *(p.schema for p in (*(one.body or ()), *one.query)))
        )
        self._enums = sorted(name for name in answered | sent if self._shapes.is_enum(name))
        self._package = f"{PACKAGE}.{api.name}"

    def all(self) -> Iterator[tuple[str, str]]:
        """Every file by its path inside of the package."""
        folder, title = f"_generated/{self._api.name}", f"the {self._api.name} API"
        for path, what in (("", ""), ("models/", "Models of "), ("operations/", "Operations of ")):
            text = f"{what}{title}" if what else title[0].upper() + title[1:]
            yield f"{folder}/{path}__init__.py", f'"""{text}. {MADE}"""\n'
        yield f"{folder}/enums.py", self._enum_file()
        yield f"{folder}/inputs.py", self._input_file()
        for module in sorted(set(self._homes.values())):
            yield f"{folder}/models/{module}.py", self._model_file(module)
        for tag in self._api.tags:
            yield f"{folder}/operations/{names.snake(tag)}.py", self._operation_file(tag)
        yield f"{folder}/tags.py", self._tag_file()
        yield f"types/{self._api.name}.py", self._type_file()

    def _enum_file(self) -> str:
        aliases = "\n".join(self._shapes.enum(name) for name in self._enums)
        return f'"""Texts that the {self._api.name} API knows. {MADE}"""\n\nfrom typing import Literal\n\n{aliases}\n'

    def _input_file(self) -> str:
        classes = "\n\n\n".join(self._shapes.input(name) for name in self._inputs)
        return f'''"""Dictionaries that are sent inside of arguments. {MADE}"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

{self._import("enums", self._enums, indent="    ")}

{classes}
'''

    def _model_file(self, module: str) -> str:
        mine = [name for name, home in self._homes.items() if home == module]
        mentioned = {other for name in mine for other in references(self._shapes.schemas[name])}
        shared = [] if module == "shared" else [name for name in mentioned if self._homes.get(name) == "shared"]
        known = sorted(mentioned & set(self._enums))
        models = "\n\n\n".join(self._shapes.model(name) for name in mine)
        return f'''"""What operations of `{module}` answer. {MADE}"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import field

from sutler_sdk._wire import Model
{self._import("models.shared", shared)}
{open_enums(self._package, known)}

{models}
'''

    def _operation_file(self, tag: str) -> str:
        operations, writer = self._api.tags[tag], Writer(self._shapes)
        constants = "\n".join(writer.constant(one) for one in operations)
        return f'''"""Operations of `{tag}`. {MADE}"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._deprecation import deprecated
from sutler_sdk.paging import awalk, walk
{"".join(self._models_by_home())}
if TYPE_CHECKING:
{self._import("enums", self._enums, indent="    ")}
{self._import("inputs", map(names.input_name, self._inputs), indent="    ")}
    from sutler_sdk.transport import AsyncTransport, Transport

{constants}


{writer.classes(tag, operations)}
'''

    def _models_by_home(self) -> Iterator[str]:
        for module in sorted(set(self._homes.values())):
            yield self._import(f"models.{module}", [name for name, home in self._homes.items() if home == module])

    def _tag_file(self) -> str:
        tags = [(names.snake(tag), names.pascal(tag), tag) for tag in self._api.tags]
        prefix = names.pascal(self._api.name)
        return f'''"""The attributes of a client, one for each tag, loaded when they are used first. {MADE}"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
{"".join(self._import(f"operations.{module}", [name, f"Async{name}"], indent="    ") for module, name, _ in tags)}
    from sutler_sdk.transport import AsyncTransport, Transport


{self._tag_class(f"{prefix}Tags", tags, "")}


{self._tag_class(f"Async{prefix}Tags", tags, "Async")}
'''

    def _tag_class(self, name: str, tags: list[tuple[str, str, str]], kind: str) -> str:
        lines = [f"class {name}:", f'    """Operations of the {self._api.name} API by their tags."""', ""]
        lines += [f"    _transport: {kind}Transport"]
        for module, tag_class, tag in tags:
            lines += [
                "",
                "    @cached_property",
                f"    def {module}(self) -> {kind}{tag_class}:",
                f'        """Operations of `{tag}`."""',
                f"        from {self._package}.operations.{module} import {kind}{tag_class}",
                "",
                f"        return {kind}{tag_class}(self._transport)",
            ]
        return "\n".join(lines)

    def _type_file(self) -> str:
        given = [*self._enums, *map(names.input_name, self._inputs), *self._homes]
        imports = self._import("enums", self._enums)
        imports += self._import("inputs", map(names.input_name, self._inputs)) + "".join(self._models_by_home())
        return f'"""Every type of the {self._api.name} API, for annotations. {MADE}"""\n\n{imports}\n{exports(given)}\n'

    def _import(self, module: str, wanted: Iterable[str], indent: str = "") -> str:
        """An import, which the linter shortens to what is used."""
        listed = ", ".join(sorted(set(wanted)))
        return f"{indent}from {self._package}.{module} import ({listed})\n" if listed else ""


def exports(given: Iterable[str]) -> str:
    """`__all__`, so that type checkers let others import from there."""
    listed = ", ".join(f'"{name}"' for name in sorted(set(given)))
    return f"__all__ = [{listed}]"


def open_enums(package: str, known: list[str]) -> str:
    """Enums as type checkers see them; when answers are read they are any text, so that a new one breaks no client."""
    if not known:
        return ""
    return f"""
if TYPE_CHECKING:
    from {package}.enums import ({", ".join(known)})
else:  # a text that is new must not break a client
    {" = ".join(known)} = str
"""
