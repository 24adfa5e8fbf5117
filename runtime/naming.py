"""From ids to words and back, for an asker 名称: titles of records are told only to who may read them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from builder.field import Field
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record


class Naming:
    """The `Names` of field types: members, departments, and the titles of the records asked for beforehand."""

    def __init__(self, gate: Gate, titles: Mapping[str, str] | None = None) -> None:
        self.gate = gate
        self.language = gate.language
        self.timezone = gate.timezone
        self.titles = titles or {}

    def member(self, id: str) -> str:
        """A member's name."""
        found = self.gate.world.directory.members().get(id)
        return found.name if found else id

    def department(self, id: str) -> str:
        """A department's name."""
        found = self.gate.world.directory.departments().get(id)
        return found.name if found else id

    def title(self, form: str, id: str) -> str:
        """A record's title, "" when the asker may not know it."""
        return self.titles.get(id, "")


def pointers(entry: Field, value: Any) -> Iterable[tuple[str, str, str]]:
    """(path, target form, target id) for every record that a field's value names."""
    if entry.points is not None:
        for target in entry.points.targets(value):
            yield entry.id, entry.points.form, target
    for column in entry.nested:
        if column.points is not None:
            for row in value or ():
                for target in column.points.targets(row.get(column.id)):
                    yield f"{entry.id}.{column.id}", column.points.form, target


def titles(gate: Gate, live: LiveForm, records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Titles of the readable records that the given values name, by id."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for values in records:
        for entry in live.pointing:
            if values.get(entry.id) is not None:
                for _, form, target in pointers(entry, values[entry.id]):
                    wanted[form].add(target)
    found: dict[str, str] = {}
    for form, ids in wanted.items():
        if form in live.app.forms:
            other = live.app.form(form)
            found.update(title_map(gate, other, gate.world.records.many(other.key, sorted(ids)).values()))
    return found


def title_map(gate: Gate, live: LiveForm, records: Iterable[Record]) -> dict[str, str]:
    """The titles that the actor may read, of the records that he may read."""
    grant = gate.grant(live, "read")
    named = live.form.title_field
    return {
        record.id: record.title
        for record in records
        if grant.over(record.seen(), live.kinds).covers((named,) if named else ())
    }
