"""Structured logs: one event a line, JSON for machines or coloured text for people."""

import logging
import sys
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, TextIO, cast

import structlog
from structlog.tracebacks import ExceptionDictTransformer

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
trace: ContextVar[str] = ContextVar("trace", default="")  # the trace id of the request that is being answered


class StandardError:
    """Standard error as it is at the moment. A log that cannot be written must not fail what it tells of."""

    def write(self, text: str) -> None:
        """Write, or not: the terminal may be gone, the disk full, the stream closed."""
        with suppress(OSError, ValueError):
            sys.stderr.write(text)

    def flush(self) -> None:
        """Pass on what was written, if that can be done."""
        with suppress(OSError, ValueError):
            sys.stderr.flush()


def configure(level: str, form: str) -> None:
    """Write logs of at least this level to standard error, in the form `json`, `console` or `auto`.

    Tracebacks are written without the values of variables, which may be tokens.
    """
    console = form == "console" or (form == "auto" and sys.stderr.isatty())
    shared: list[Any] = [with_trace, structlog.processors.add_log_level, structlog.processors.TimeStamper("iso")]
    structlog.configure(
        processors=[*shared, *(for_people() if console else for_machines())],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, StandardError())),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(LEVELS[level], logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )


def for_people() -> list[Any]:
    """Coloured text."""
    return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]


def for_machines() -> list[Any]:
    """JSON, one object a line."""
    tracebacks = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    return [tracebacks, structlog.processors.JSONRenderer()]


def with_trace(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Name the request that an entry belongs to, so that the trace id of an error finds all of its log."""
    if "trace_id" not in event and (trace_id := trace.get()):
        event["trace_id"] = trace_id
    return event
