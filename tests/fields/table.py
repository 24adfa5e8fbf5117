"""Every field type in one table 字段契约表, tests/cases/fields.json; a type that is not in it fails the contract."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = Any
CASES = json.loads((Path(__file__).parents[1] / "cases" / "fields.json").read_text(encoding="utf-8"))
PEOPLE: dict[str, str] = CASES["people"]
DEPARTMENTS: dict[str, str] = CASES["departments"]
TITLES: dict[str, str] = CASES["titles"]


@dataclass(frozen=True)
class Row:
    """One way to set a type up; `texts` is false where no text in a file can bring the value."""

    settings: dict[str, Json]
    values: tuple[tuple[Json, Json, str], ...]
    bad: tuple[tuple[Json, str], ...]
    texts: bool


def _row(raw: dict[str, Json]) -> Row:
    values = tuple((sent, stored, words) for sent, stored, words in raw.get("values", ()))
    bad = tuple((sent, code) for sent, code in raw.get("bad", ()))
    return Row(raw.get("settings", {}), values, bad, raw.get("texts", True))


TABLE: dict[str, list[Row]] = {name: [_row(raw) for raw in rows] for name, rows in CASES["types"].items()}
SETTINGS_REFUSED: list[tuple[str, dict[str, Json]]] = [(name, settings) for name, settings in CASES["refused"]]
