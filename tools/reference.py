"""Writes docs/reference/{settings,cli,events,errors,limits}.md from the program itself.

python -m tools.reference
"""

import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
import typer.main

import sutler.app  # noqa: F401 - importing it declares every event and every error
from sutler.cli import app
from sutler.kernel.edge.limits import RATES, VISITS, Rate
from sutler.kernel.errors import ShopError
from sutler.kernel.work.events import Event
from sutler.promotions.guesses.service import RATES as GUESSES
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
LIMITS_HEAD = f"""\
# Rate limits

{NOTE}
Whoever asks more often is answered with 429, `TooManyRequests`, and a `Retry-After` that says how many seconds to wait;
nothing was done. An allowance refills evenly, and all of it may be spent at once. `SUTLER_RATE_LIMITS=0` switches the
limits off, all but the one on wrong codes. Several processes count apart.

An address is that of whoever connects, or the one that a proxy names; all IPv6
addresses of one /64 are one. Behind a proxy that `SUTLER_TRUSTED_PROXIES` does
not name, all visitors have one address, and one allowance. What machines look at (`/healthz`, `/readyz`, `/metrics`)
has no limit: keep it inside.

Notifications that are refused are lost neither by Stripe nor by PayPal: both send them again later. Meanwhile Sutler
asks by itself what became of payments.
"""
LIMITED: dict[str, tuple[str, str]] = {
    "anonymous": ("calls without credentials, or with credentials that nobody has", "address"),
    "api_key": ("calls with an API key", "key"),
    "user": ("calls of somebody who works in stores", "user"),
    "customer": ("calls of a customer", "customer"),
    "game_server": ("calls of a game server", "game server"),
    "page": ("pages, and the OpenAPI documents", "address"),
    "form": ("forms of the checkout page, one of which begins a payment", "address"),
    "file": ("images of products and tags", "address"),
    "upload": ("uploads of images", "address"),
    "document": ("invoices, credit notes and evidence as PDF", "address"),
    "notification": ("notifications of gateways, to all stores together", "address"),
    "asking": ("those of them about which PayPal is asked, to one store", "address"),
    "asking_store": ("the same, from all addresses together", "store"),
}
"""What is counted, and for whom."""


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


def limits_page() -> str:
    """How often anybody may ask for anything."""
    rows = [(*LIMITED[kind], a_minute(rate)) for kind, rate in [*RATES.items(), *VISITS.items()]]
    rows += [("codes that nobody has, in one store", kind, a_minute(rate)) for kind, rate in GUESSES.items()]
    return "\n".join((LIMITS_HEAD, table(("what is counted", "for each", "a minute"), rows)))


def a_minute(rate: Rate) -> str:
    """How often something may be done."""
    return f"{rate.requests * 60 / rate.seconds:g}"


def below(parent: type[Any]) -> set[type[Any]]:
    """All subclasses of a class in the program, however deep."""
    found = {part for child in parent.__subclasses__() for part in (child, *below(child))}
    return {part for part in found if part.__module__.startswith("sutler.")}


def sentence(described: type[Any]) -> str:
    """A docstring in one line."""
    return " ".join((described.__doc__ or "").split())


PAGES = {"settings": settings_page, "cli": cli_page, "events": events_page, "errors": errors_page, "limits": limits_page}


def main() -> None:
    """Writes the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / f"{name}.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
