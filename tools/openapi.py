"""Writes the four OpenAPI documents that Sutler serves.

python -m tools.openapi DIR      # DIR/<api>.json
"""

import argparse
import json
from pathlib import Path

from sutler.app import documents


def main() -> None:
    """Writes one file for each document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for api, document in documents().items():
        (folder / f"{api}.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
