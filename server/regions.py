"""Provinces, cities and districts 行政区划: a table that comes with the house and that a workspace may make its own."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from builder.problem import forbidden, invalid
from server.asker import Asker

SHIPPED = Path(__file__).parent / "data" / "regions.json"
KEY = "regions"
MOST = 20_000
LONGEST = 40

Regions = list[Any]
"""`["广东省", [["深圳市", ["南山区", …]], …]]`: a name, and what lies within where something does."""


@cache
def shipped() -> Regions:
    """The table that comes with the house (china-division 2.7, of 2023)."""
    found: Regions = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def regions(asker: Asker) -> Regions:
    """The workspace's own table, else the shipped one."""
    kept = asker.world.preferences.get(KEY)
    return kept["regions"] if kept else shipped()


def lines(asker: Asker) -> list[str]:
    """The table as lines such as `广东省/深圳市/南山区`, for who edits it."""
    return [
        "/".join(path)
        for province in regions(asker)
        for path in _paths(province if isinstance(province, list) else [province])
    ]


def _paths(region: list[Any]) -> list[list[str]]:
    name, inner = region[0], region[1] if len(region) > 1 else []
    below = [path for one in inner for path in _paths(one if isinstance(one, list) else [one])]
    return [[name, *path] for path in below] or [[name]]


def replace(asker: Asker, given: list[str]) -> int:
    """Make these lines the workspace's table (none: the shipped one again); answers how many there are."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    if len(given) > MOST:
        raise invalid("too_many_regions", "lines", limit=MOST)
    tree: dict[str, dict[str, dict[str, None]]] = {}
    for number, line in enumerate(given, start=1):
        parts = [part.strip() for part in line.replace("\t", "/").split("/")]
        if not any(parts):
            continue
        if len(parts) > 3 or not all(parts) or max(map(len, parts)) > LONGEST:
            raise invalid("region_not_a_path", "lines", number - 1, line=number)
        province, city, district = [*parts, "", ""][:3]
        inner = tree.setdefault(province, {})
        if city:
            inner.setdefault(city, {}).update({district: None} if district else {})
    found = [[name, [[city, list(inner)] if inner else [city] for city, inner in cities.items()]] if cities else [name]
             for name, cities in tree.items()]  # fmt: skip
    asker.world.preferences.put(KEY, {"regions": found} if found else None)
    return len(given) if found else 0
