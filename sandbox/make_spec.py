"""Make spec.json out of a full description of the Bot API: names and types, without the prose.

A development step, run when the Bot API gets a new version:
`python -m sandbox.make_spec bot-api-10.1.json`. The description is MIT-licensed; its notice is kept in
LICENSE.bot-api-spec beside the result.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).with_name("spec.json")


def compact(full: dict[str, Any]) -> dict[str, Any]:
    """Return the names and types of *full*; a required field's type begins with `!`."""
    return {
        "version": full["version"],
        "methods": {name: _fields(method) for name, method in full["methods"].items()},
        "types": {
            name: kind["subtypes"] if kind.get("subtypes") else _fields(kind)
            for name, kind in full["types"].items()
        },
    }


def _fields(thing: dict[str, Any]) -> dict[str, str]:
    return {
        field["name"]: ("!" if field["required"] else "") + "|".join(field["types"])
        for field in thing.get("fields", [])
    }


def main() -> None:
    full = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = json.dumps(compact(full), indent=0, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
