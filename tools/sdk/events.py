"""The generated files of webhook events."""

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from tools.sdk.facts import CONTRACT, Schema
from tools.sdk.files import MADE, exports
from tools.sdk.names import pascal
from tools.sdk.shapes import Shapes


class Events:
    """The events of the contract, and what their bodies look like."""

    def __init__(self) -> None:
        document = json.loads((CONTRACT / "webhook-definitions.json").read_text(encoding="utf-8"))
        self._shapes = Shapes(document["components"]["schemas"])
        self._bodies = {name: _body(hook) for name, hook in sorted(document["webhooks"].items())}

    def all(self) -> Iterator[tuple[str, str]]:
        """Every file by its path inside of the package."""
        yield "_generated/webhooks/__init__.py", f'"""What webhooks send. {MADE}"""\n'
        yield "_generated/webhooks/models.py", self._model_file()
        yield "_generated/webhooks/events.py", self._event_file()
        yield "types/webhooks.py", self._type_file()

    @property
    def _models(self) -> list[str]:
        return sorted(name for name in self._shapes.schemas if self._shapes.is_model(name))

    def _body_names(self) -> dict[str, str]:
        """The class of each event's body. Events with the same body share one, named after what their names share."""
        found = {}
        for name, body in self._bodies.items():
            alike = [words(other) for other, one in self._bodies.items() if one == body]
            found[name] = pascal("_".join(shared(alike))) + "Body"
        return found

    def _model_file(self) -> str:
        bodies = {name: self._bodies[event] for event, name in self._body_names().items()}
        models = [self._shapes.model(name) for name in self._models]
        models += [self._shapes.model(name, body) for name, body in sorted(bodies.items())]
        classes = "\n\n\n".join(models)
        return f'''"""Objects inside of webhook events. {MADE}"""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


{classes}
'''

    def _event_file(self) -> str:
        bodies = self._body_names()
        classes = "\n\n\n".join(event(name, body) for name, body in bodies.items())
        table = "\n".join(f'    "{name}": {event_class(name)},' for name in bodies)
        union = " | ".join([*map(event_class, bodies), "UnknownEvent"])
        return f'''"""Webhook events. {MADE}"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from sutler_sdk._wire import Model
from sutler_sdk._generated.webhooks.models import ({", ".join(sorted(set(bodies.values())))})


{classes}


class UnknownEvent(Model, frozen=True, kw_only=True):
    """An event that this version has no class for."""

    event_type: str
    event_id: str
    body: Any


Event: TypeAlias = {union}
"""Whatever a webhook may send."""

EVENTS: Final[dict[str, type[Event]]] = {{
{table}
}}
"""The class of each event."""
'''

    def _type_file(self) -> str:
        bodies = self._body_names()
        events = [*map(event_class, bodies), "Event", "UnknownEvent"]
        models = sorted({*self._models, *bodies.values()})
        return f'''"""Every type of webhook events, for annotations. {MADE}"""

from sutler_sdk._generated.webhooks.events import ({", ".join(sorted(events))})
from sutler_sdk._generated.webhooks.models import ({", ".join(models)})

{exports([*events, *models])}
'''


def words(name: str) -> list[str]:
    """`ON_ORDER_COMPLETED` without its first word."""
    return name.lower().split("_")[1:]


def shared(names: list[list[str]]) -> list[str]:
    """The words with which all of some names begin."""
    alike = takewhile(lambda column: len(set(column)) == 1, zip(*names, strict=False))
    return [column[0] for column in alike]


def event_class(name: str) -> str:
    """The class of an event."""
    return pascal("_".join(words(name))) + "Event"


def event(name: str, body: str) -> str:
    """The class of one event."""
    return f'''class {event_class(name)}(Model, frozen=True, kw_only=True):
    """`{name}`. `event_id` stays the same however often it is sent."""

    event_type: Literal["{name}"]
    event_id: str
    body: {body}'''


def _body(hook: dict[str, Any]) -> Schema:
    envelope: Schema = hook["post"]["requestBody"]["content"]["application/json"]["schema"]
    body: Schema = envelope["properties"]["body"]
    return body
