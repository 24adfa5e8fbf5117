"""Public holidays as governments have announced them 放假安排: shipped where they are known, to be taken over."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from runtime.gate import Gate

SHIPPED = Path(__file__).parent / "data" / "holidays.json"
Json = Any


@cache
def shipped() -> list[dict[str, Json]]:
    """What comes with the house: each arrangement with its source, its spans off and the days worked instead."""
    found: list[dict[str, Json]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def listed(gate: Gate) -> list[dict[str, Json]]:
    """The arrangements, day by day, in the asker's language."""
    return [
        {
            "id": one["id"],
            "name": one["name"][gate.language],
            "source": one["source"],
            "days": sorted(
                (day for span in one["spans"] for day in _days(span, span[gate.language])), key=lambda day: day["day"]
            ),
        }
        for one in shipped()
    ]


def _days(span: Mapping[str, Json], name: str) -> Iterator[dict[str, Json]]:
    first, last = date.fromisoformat(span["first"]), date.fromisoformat(span["last"])
    for place in range((last - first).days + 1):
        yield {"day": (first + timedelta(days=place)).isoformat(), "works": False, "name": name}
    for day in span["worked"]:
        yield {"day": day, "works": True, "name": name}
