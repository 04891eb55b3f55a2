"""Reads the project's own source: its files, their syntax trees, imports, functions and comments."""

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules(*folders: str) -> list[Path]:
    """The Python files of some folders, as far as they are there."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@cache
def text(file: Path) -> str:
    """What a file says."""
    return file.read_text(encoding="utf-8")


@cache
def tree(file: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(text(file), str(file))


def lines(file: Path) -> int:
    """How long a file is."""
    return len(text(file).splitlines())


def place(file: Path, line: int = 1) -> str:
    """Where something is, for whoever reads of it."""
    return f"{file.relative_to(ROOT)}:{line}"


def calls(file: Path) -> Iterator[ast.Call]:
    """All calls in a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, ast.Call))


def functions(file: Path) -> Iterator[Function]:
    """All functions and methods of a file."""
    return (node for node in ast.walk(tree(file)) if isinstance(node, Function))


def length(function: Function) -> int:
    """A function's lines, from `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imported(file: Path) -> Iterator[tuple[str, int]]:
    """What a file imports, and in which line: `package.module`, and `module.name` for a name of a module."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            prefix = "." * node.level + (node.module or "")
            yield from ((f"{prefix}.{alias.name}", node.lineno) for alias in node.names)


def comments(file: Path) -> Iterator[tuple[int, str]]:
    """The comments of a file with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(text(file)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
