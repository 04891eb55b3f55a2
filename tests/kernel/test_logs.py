"""Structured logs."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from sutler.kernel import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Other tests log as if nothing had been configured."""
    yield
    structlog.reset_defaults()


def fail_with(token: str) -> None:
    """Fail in a function that knows a secret."""
    raise ValueError(len(token))


class TestConfigure:
    def test_writes_one_json_object_a_line_with_the_trace_id(self, capsys: pytest.CaptureFixture[str]) -> None:
        logs.configure("info", "json")
        token = logs.trace.set("ab" * 16)
        structlog.get_logger().warning("late", minutes=3)
        logs.trace.reset(token)

        written = json.loads(capsys.readouterr().err)
        assert written.pop("timestamp").endswith("Z")
        assert written == {"event": "late", "level": "warning", "minutes": 3, "trace_id": "ab" * 16}

    @pytest.mark.parametrize("form", ["json", "console"])
    def test_never_writes_the_values_of_variables(self, capsys: pytest.CaptureFixture[str], form: str) -> None:
        logs.configure("info", form)
        try:
            fail_with("pnapi_" + "v1_secret")
        except ValueError:
            structlog.get_logger().exception("failed")

        written = capsys.readouterr().err
        assert "ValueError" in written
        assert "pnapi_v1_secret" not in written

    def test_leaves_out_what_is_below_its_level(self, capsys: pytest.CaptureFixture[str]) -> None:
        logs.configure("error", "json")
        structlog.get_logger().warning("late")

        assert capsys.readouterr().err == ""

    @pytest.mark.parametrize("form", ["json", "console"])
    def test_never_fails_what_it_tells_of(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str) -> None:
        logs.configure("info", form)
        gone = (tmp_path / "terminal").open("w")
        gone.close()
        monkeypatch.setattr(sys, "stderr", gone)

        structlog.get_logger().warning("late")

        assert gone.closed
