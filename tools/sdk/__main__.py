"""Writes the generated part of the Python SDK.

python -m tools.sdk [FOLDER]      # instead of sdk/sutler_sdk
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tools.sdk.events import Events
from tools.sdk.facts import load
from tools.sdk.files import MADE, Files

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sdk" / "sutler_sdk"
APIS = ("management", "storefront", "gameserver")
FOLDERS = ("_generated", "types")


def write(target: Path) -> None:
    """Write everything anew below a folder, in the form that the linter wants."""
    for name in FOLDERS:
        shutil.rmtree(target / name, ignore_errors=True)
    files = {f"{name}/__init__.py": f'"""Generated code. {MADE}"""\n' for name in FOLDERS}
    for name in APIS:
        files |= dict(Files(load(name)).all())
    files |= dict(Events().all())
    for path, text in files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    _tidy(target)


def _tidy(target: Path) -> None:
    """Leave out imports that are not used, sort the others, and format."""
    common = ["--config", str(ROOT / "pyproject.toml"), "--target-version", "py310", "--quiet", "--no-cache"]
    folders = [str(target / name) for name in FOLDERS]
    ruff = str(Path(sys.executable).parent / "ruff")
    check = [ruff, "check", *common, "--fix", "--config", "lint.isort.split-on-trailing-comma=false"]
    subprocess.run([*check, "--select", "F401,TC005", *folders], check=True)
    subprocess.run([*check, "--select", "I001", *folders], check=True)
    subprocess.run([ruff, "format", *common, "--config", "format.skip-magic-trailing-comma=true", *folders], check=True)


def main() -> None:
    """Rewrites sdk/sutler_sdk/_generated and sdk/sutler_sdk/types."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=PACKAGE, metavar="FOLDER", help="write it here instead")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
