"""From what somebody outside answered to values for fields 建议值: read as an import reads, never trusted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from builder.field import Field, Kind
from builder.form_event import Filling
from builder.json_path import found_at
from builder.problem import FieldError, Problem, Refusal
from runtime.gate import Gate
from runtime.importing import Finding, read_cell
from runtime.live import LiveForm

Json = Any
MOST_ROWS = 500
BROKEN = (ValueError, TypeError, ArithmeticError, LookupError, AttributeError)


@dataclass
class Suggested:
    """Values by field; `blank`: only where nothing is filled in; `append`: rows behind those that are there."""

    values: dict[str, Json] = field(default_factory=dict)
    blank: list[str] = field(default_factory=list)
    append: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, later: "Suggested") -> None:
        """What a later answer suggests besides, or instead."""
        self.values |= later.values
        self.blank = [id for id in self.blank if id not in later.values] + later.blank
        self.append = [id for id in self.append if id not in later.values] + later.append
        self.problems += later.problems


def suggested(
    gate: Gate,
    live: LiveForm,
    fills: Iterable[Filling],
    answer: Json,
    may: Callable[[str], bool],
    rows: Field | None = None,
    row: int = 0,
) -> Suggested:
    """What the answer holds for the fields that may be written; a field that it says nothing of is left alone.

    With `rows` the fields are columns of that subform, in its row `row`."""
    found, finding = Suggested(), Finding(gate, live)
    fields = live.fields if rows is None else {column.id: column for column in rows.nested}
    place: tuple[str | int, ...] = () if rows is None else (rows.id, row)
    for fill in fills:
        entry = fields.get(fill.into)
        if entry is None or entry.computed or not may(fill.into):
            continue
        raw = found_at(answer, fill.path)
        reading = _Reading(gate, live, finding, found)
        value = reading.rows(entry, fill, raw, may) if entry.nested else reading.cell(entry, raw, (*place, fill.into))
        if value is None:
            continue
        found.values[fill.into] = value
        found.blank += [fill.into] if fill.only_blank else []
        found.append += [fill.into] if fill.append and entry.nested else []
    return found


@dataclass
class _Reading:
    gate: Gate
    live: LiveForm
    finding: Finding
    found: Suggested

    def cell(self, entry: Field, raw: Json, path: tuple[str | int, ...]) -> Json:
        """The value that is meant; None for nothing, or for what does not fit, which is told."""
        if raw is None or raw in ("", []):
            return None
        try:
            return entry.coerce(self._meant(entry, raw))
        except FieldError as error:
            self.found.problems.append(error.problem.under(*path))
        except Refusal as refusal:
            self.found.problems.extend(one.under(*path) for one in refusal.problems)
        except BROKEN:
            self.found.problems.append(Problem("event_value_odd", path, {"label": entry.label}))
        return None

    def _meant(self, entry: Field, raw: Json) -> Json:
        """Words become ids: of options, of people, of records that who asks may see; files come by no answer."""
        if entry.holds is not None:
            raise FieldError("event_value_odd", label=entry.label)
        if isinstance(raw, list) and entry.kind is Kind.LIST and all(isinstance(one, str) for one in raw):
            raw = "、".join(raw) if entry.reads is not None else raw
        if not isinstance(raw, str):
            return self._known(entry, raw)
        if entry.zoned is not None and (raw.endswith("Z") or "+" in raw):
            return raw
        if entry.points is not None:
            self.finding.prepare(entry.points.form, [raw])
        return read_cell(entry, raw.strip(), self.finding, self.gate.timezone)

    def _known(self, entry: Field, raw: Json) -> Json:
        """Who names people or records in any other way than by their names is not believed."""
        if entry.points is not None or entry.peopled is not None:
            raise FieldError("event_value_odd", label=entry.label)
        return raw

    def rows(self, entry: Field, fill: Filling, raw: Json, may: Callable[[str], bool]) -> Json:
        """The rows that a list of parts stands for; one part alone is one row."""
        parts = raw if isinstance(raw, list) else [raw] if isinstance(raw, dict) else []
        columns = {one.id: one for one in entry.nested if not one.computed and may(f"{entry.id}.{one.id}")}
        rows = []
        for at, part in enumerate(parts[:MOST_ROWS]):
            cells = {
                id: self.cell(columns[id], found_at(part, path), (entry.id, at, id))
                for id, path in fill.columns.items()
                if id in columns
            }
            row = {id: value for id, value in cells.items() if value is not None}
            rows += [row] if row else []
        return rows or None
