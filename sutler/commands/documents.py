"""`sutler openapi`: writing the four OpenAPI documents to files."""

import json
from pathlib import Path

from sutler.app import documents
from sutler.commands.refusal import Refusal
from sutler.kernel.edge.published import as_yaml


def write(folder: Path) -> list[Path]:
    """Write each document as JSON and as YAML, and return the files; Refusal when the folder cannot be written to."""
    files: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for api, document in documents().items():
            files += [folder / f"{api}.json", folder / f"{api}.yaml"]
            files[-2].write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            files[-1].write_bytes(as_yaml(document))
    except OSError as error:
        raise Refusal(str(error)) from error
    return files
