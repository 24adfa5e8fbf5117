"""What changed between two apps, in words 版本差异: a typed list, each entry with a code that has a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from builder.problem import sentence

Json = Any
Parts = Mapping[str, Json]

LISTS = {
    "fields": "field", "rules": "rule", "checks": "check", "uniques": "unique", "groups": "group", "views": "view",
    "sections": "section",
    "actions": "action", "widgets": "widget", "options": "option", "roles": "role", "menu": "menu",
    "cases": "case", "events": "event", "recognitions": "recognition",
}  # fmt: skip
KINDS = ("forms", "workflows", "dashboards", "aggregates")
COLUMNS = {"groups": "dimension", "measures": "measure"}
"""What the lists of an aggregate are called."""
WORDS = ("label", "name", "title", "message")
SILENT = ("drawing", "notes", "x", "y", "w", "h")


@dataclass(frozen=True)
class Difference:
    """One change: in which part, what kind of change, of what, named how, and which settings."""

    part: str
    kind: str
    what: str
    name: str
    inside: str
    details: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """The change as a sentence."""
        what = sentence(f"diff_{self.what}", language, {})
        names = [sentence(f"setting_{key}", language, {}) for key in self.details]
        words = [name.removeprefix("setting_") for name in names]
        glue = ", " if language == "en" else "、"
        params = {"what": what, "name": self.name, "inside": self.inside, "details": glue.join(words)}
        code = f"diff_{self.kind}" if self.inside else f"diff_{self.kind}_part"
        return sentence(code, language, params)


def compare(before: Parts, after: Parts) -> list[Difference]:
    """Every change from one set of parts to another, in the order of the parts."""
    found: list[Difference] = []
    for part in sorted({*before, *after}):
        old, new = before.get(part), after.get(part)
        if old == new:
            continue
        room = part.partition("/")[0]
        if room == "locales" or part == "readme":
            found.append(Difference(part, "changed", room, part.partition("/")[2], ""))
        elif old is None or new is None:
            kind = "added" if old is None else "removed"
            found.append(Difference(part, kind, _room(room), _called(part, new or old or {}, after, before), ""))
        else:
            found.extend(_inside(part, room, old, new, _called(part, new, after, before)))
    return found


def _called(part: str, thing: Mapping[str, Json], *versions: Parts) -> str:
    """A part's own name; cases are called after their workflow."""
    room, _, id = part.partition("/")
    flows = [version[f"workflows/{id}"] for version in versions if room == "checks" and f"workflows/{id}" in version]
    return _word(flows[0] if flows else thing)


def _room(room: str) -> str:
    return "cases" if room == "checks" else room.removesuffix("s") if room in KINDS else room


def _word(thing: Mapping[str, Json]) -> str:
    return next((str(thing[key]) for key in WORDS if isinstance(thing.get(key), str)), str(thing.get("id", "")))


def _inside(part: str, room: str, old: Json, new: Json, name: str) -> Iterator[Difference]:
    lists = {**LISTS, **COLUMNS} if room == "aggregates" else LISTS
    plain = [key for key in sorted({*old, *new}) if key not in lists and key != "nodes" and key not in SILENT]
    changed = tuple(key for key in plain if old.get(key) != new.get(key))
    if changed:
        yield Difference(part, "changed", _room(room), name, "", changed)
    for key, what in lists.items():
        yield from _listed(part, what, name, old.get(key) or [], new.get(key) or [])
    yield from _keyed(part, name, old.get("nodes") or {}, new.get("nodes") or {})


def _listed(part: str, what: str, inside: str, old: Sequence[Json], new: Sequence[Json]) -> Iterator[Difference]:
    before = {str(entry.get("id")): entry for entry in old if isinstance(entry, dict)}
    after = {str(entry.get("id")): entry for entry in new if isinstance(entry, dict)}
    yield from _pairs(part, what, inside, before, after)
    kept = [id for id in before if id in after]
    if kept != [id for id in after if id in before]:
        yield Difference(part, "moved", what, "", inside)
    for id in kept:
        for key, inner in (("fields", "field"), ("options", "option")):
            old_list, new_list = before[id].get(key), after[id].get(key)
            if isinstance(old_list, list) and isinstance(new_list, list) and _are_things([old_list, new_list]):
                yield from _listed(part, inner, _word(after[id]), old_list, new_list)


def _are_things(lists: Sequence[Json]) -> bool:
    return all(isinstance(entry, dict) for part in lists for entry in part)


def _keyed(part: str, inside: str, old: Mapping[str, Json], new: Mapping[str, Json]) -> Iterator[Difference]:
    yield from _pairs(part, "node", inside, old, new)


def _pairs(
    part: str, what: str, inside: str, before: Mapping[str, Json], after: Mapping[str, Json]
) -> Iterator[Difference]:
    for id, thing in after.items():
        if id not in before:
            yield Difference(part, "added", what, _word(thing) or id, inside)
    for id, thing in before.items():
        if id not in after:
            yield Difference(part, "removed", what, _word(thing) or id, inside)
        elif thing != after[id]:
            keys = sorted({*thing, *after[id]} - set(SILENT))
            lists = ("fields", "options") if what in ("field", "section") else ()
            details = [k for k in keys if thing.get(k) != after[id].get(k) and not (k in lists and what == "field")]
            retyped = what == "field" and "type" in details  # its settings are another type's then
            told = ("type",) if retyped else tuple(details)
            if told:
                yield Difference(part, "changed", what, _word(after[id]) or id, inside, told)
