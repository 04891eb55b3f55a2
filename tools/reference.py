"""Writes docs/reference/{settings,cli,events,errors}.md from the program itself.

python -m tools.reference
"""

import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
import typer.main

import sutler.app  # noqa: F401 - importing it declares every event and every error
from sutler.cli import app
from sutler.kernel.errors import ShopError
from sutler.kernel.work.events import Event
from sutler.settings import SETTINGS
from sutler.webhooks.payloads.events import EVENTS
from tools.markdown import table
from tools.sources import ROOT

FOLDER = ROOT / "docs" / "reference"
NOTE = "Written by `make docs` from the program; do not edit.\n"
EVENTS_HEAD = f"""\
# Events

{NOTE}
An event is a fact, written in the transaction that makes it true, and acted upon after that is committed.
"""
WEBHOOKS_HEAD = """\
## Webhooks

What a webhook subscription of type `json_v1` may receive as `event_type`.
"""
ERRORS_HEAD = f"""\
# Errors

{NOTE}
Every failure is answered with an object of `status`, `code`, `message` and `trace_id`. The message may say more than
the one here; programs should look at the code only.
"""


def settings_page() -> str:
    """Every environment variable."""
    rows = [(f"`{setting.name}`", f"`{setting.default}`" if setting.default else "", setting.text) for setting in SETTINGS]
    return f"# Settings\n\nAll settings are environment variables. {NOTE}\n" + table(
        ("name", "default", "what it does"), rows
    )


def cli_page() -> str:
    """Every command with its arguments and options."""
    parts = [f"# Command line\n\n{NOTE}"]
    for name, command in commands("sutler", typer.main.get_command(app)):
        usage = " ".join([name, *(argument.name.upper() for argument in command.params if not is_option(argument))])
        parts.append(f"## {name}\n\n{inspect.cleandoc(command.help or '')}\n\n```\n{usage}\n```\n")
        rows = [parameter_row(parameter) for parameter in command.params if not parameter.hidden]
        if rows:
            parts.append(table(("parameter", "default", "what it does"), rows))
    return "\n".join(parts)


def commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command that does something, by the words that call it."""
    inner = getattr(command, "commands", {})
    if not inner:
        yield name, command
    for word, part in inner.items():
        if not part.hidden:
            yield from commands(f"{name} {word}", part)


def is_option(parameter: Any) -> bool:
    """Whether a parameter is given by name."""
    return bool(parameter.opts[0].startswith("-"))


def parameter_row(parameter: Any) -> tuple[str, str, str]:
    """One argument or option."""
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    default = "" if parameter.default in (None, "") or callable(parameter.default) else f"`{parameter.default}`"
    default = {"`True`": "on", "`False`": "off"}.get(default, default)
    shown = names if is_option(parameter) else f"`{parameter.name.upper()}`"
    return shown, "required" if parameter.required else default, parameter.help or ""


def events_page() -> str:
    """Every event inside, and every webhook that leaves."""
    inside = [
        (f"`{event.kind}`", members(event), sentence(event)) for event in sorted(below(Event), key=lambda event: event.kind)
    ]
    outside = [(f"`{name}`", sentence(body)) for name, body in EVENTS.items()]
    parts = (EVENTS_HEAD, table(("event", "members", "what happened"), inside), WEBHOOKS_HEAD)
    return "\n".join((*parts, table(("webhook", "what is sent"), outside)))


def members(event: type[Event]) -> str:
    """The names of an event's fields."""
    return ", ".join(f"`{field.encode_name}`" for field in msgspec.structs.fields(event))


def errors_page() -> str:
    """Every code that a client can receive."""
    known = sorted(below(ShopError), key=lambda error: (error.status, error.__name__))
    rows = [(str(error.status), f"`{error.__name__}`", sentence(error)) for error in known]
    return "\n".join((ERRORS_HEAD, table(("status", "code", "message"), rows)))


def below(parent: type[Any]) -> set[type[Any]]:
    """All subclasses of a class in the program, however deep."""
    found = {part for child in parent.__subclasses__() for part in (child, *below(child))}
    return {part for part in found if part.__module__.startswith("sutler.")}


def sentence(described: type[Any]) -> str:
    """A docstring in one line."""
    return " ".join((described.__doc__ or "").split())


PAGES = {"settings": settings_page, "cli": cli_page, "events": events_page, "errors": errors_page}


def main() -> None:
    """Writes the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
