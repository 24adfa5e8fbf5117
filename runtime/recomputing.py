"""Records computed again 重算: what they gather and compute, many at once, each for who wrote it last.

Records of one portion are locked, looked up, computed and kept together: what costs a statement is said once for all.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from builder.definition import Measure
from builder.expression.values import Context
from builder.filter import All, Condition, both, names
from runtime import asking, compute
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.personas import on_behalf_of
from runtime.ports import MANY, By, Cell, Grouping, Json, Record, Sum
from runtime.writing import Entry, Revised

RECOMPUTED = "recomputed"
ALL = "*"
"""In place of fields: everything the record computes."""
Found = Mapping[str, Collection[str]]
"""Record → the fields that changed, or that are to be computed."""
Keep = Callable[[LiveForm, Sequence[Revised], str], object]
"""How settled entries replace their records: the record engine's `keep_changes`."""


def again(gate: Gate, live: LiveForm, found: Found, keep: Keep) -> int:
    """Compute these records again, each locked; answers how many changed."""
    there = gate.world.records.many(live.key, sorted(found), keep="values")
    moved = afresh(gate, live, there, found)
    if moved:
        keep(live, moved, RECOMPUTED)
    return len(moved)


def stale(gate: Gate, live: LiveForm, records: Iterable[Record]) -> list[Revised]:
    """Those of the records that hold something else than a computation from scratch comes to.

    What comes out otherwise at another moment, though no record has changed, is taken as it stands."""
    there = {record.id: record for record in records}
    return afresh(gate, live, there, dict.fromkeys(there, (ALL,)), live.formulas.unsteady)


def afresh(
    gate: Gate, live: LiveForm, there: Mapping[str, Record], found: Found, besides: Collection[str] | None = None
) -> list[Revised]:
    """Those of the records whose values come out otherwise than they are stored, with what they come to.

    With `besides`, which are left as they are, nothing gathered yet is as good as nothing there to gather."""
    told: dict[str, dict[str, Json]] = {id: {} for id in there}
    for name in (name for name, entry in live.fields.items() if entry.gathers is not None):
        wanted = [id for id in there if {name, ALL} & set(found[id])]
        for id, number in gathered(gate, live, name, wanted).items():
            if besides is None or number != "0" or there[id].values.get(name) is not None:
                told[id][name] = number
    authors = Authors(gate, live)
    authors.prepare(there.values())
    revised = [_settled(authors, live, record, found[id], told[id], besides or ()) for id, record in there.items()]
    return [one for one in revised if _differs(one.record.values, one.entry.values)]


def _differs(before: Mapping[str, Json], after: Mapping[str, Json]) -> bool:
    return any(before.get(name) != after.get(name) for name in {*before, *after})


@dataclass
class Authors:
    """Who wrote records last, each with what formulas may know for him: asked once for all of his records."""

    gate: Gate
    live: LiveForm
    known: dict[str, tuple[Gate, Context]] = field(default_factory=dict)

    def of(self, member: str) -> tuple[Gate, Context]:
        """The gate and the context of a member."""
        if member not in self.known:
            author = on_behalf_of(self.gate, member)
            self.known[member] = author, compute.context(author, self.live, keeping=True)
        return self.known[member]

    def prepare(self, records: Iterable[Record]) -> None:
        """Look up at once what formulas reach from all of the records."""
        mine: dict[str, list[Mapping[str, Json]]] = {}
        for record in records:
            mine.setdefault(record.updated_by, []).append(record.values)
        for member, values in mine.items():
            compute.prepare(self.live, values, self.of(member)[1])


def _settled(
    authors: Authors,
    live: LiveForm,
    record: Record,
    fields: Collection[str],
    numbers: Mapping[str, Json],
    besides: Collection[str],
) -> Revised:
    """The record with its new numbers and formulas for who wrote it last.

    One that was not computed by the form as it is now is computed whole."""
    author, at = authors.of(record.updated_by)
    entry = Entry(record.id, {}, record, deepcopy(dict(record.values)))
    entry.values.update(numbers)
    whole = ALL in fields or record.version != live.hash
    compute.formulas(live, entry.values, compute.anew(at), None if whole else set(fields), True, besides)
    return Revised(author, entry, record)


def gathered(gate: Gate, live: LiveForm, name: str, ids: Sequence[str]) -> dict[str, Json]:
    """What the field `name` gathers for each of the records, by the machine, over all that point to them."""
    entry = live.fields[name]
    gathers = entry.gathers
    if gathers is None or gathers.form not in live.app.forms or not ids:
        return {}
    source = live.app.form(gathers.form)
    machine = gate.as_system("gathering")
    here = Condition(field=gathers.by, op="in", value=list(ids))
    where = both(All(all=(here,)), asking.concrete(machine, source, gathers.filter))
    used = {gathers.by, *names(where), *([gathers.field] if gathers.field else [])}
    columns = asking.columns_for(machine, source, used, machine.grant(source, "read"))
    measure = Measure(operation=gathers.operation, field=gathers.field if gathers.operation != "count" else "")
    sums = (Sum(measure.operation, measure.field),)
    by = (By(gathers.by),)
    several = source.fields[gathers.by].lists is not None  # then those who name one of these may name others beside it
    limit = MANY if several else len(ids) + 1
    cells: Iterable[Cell] = gate.world.records.group(
        Grouping(source.key, columns, where, by, sums, gate.timezone, limit)
    )
    nothing: Json = "0" if gathers.operation in ("count", "sum") else None
    told = {str(keys[0]): values[0] for keys, values in cells}
    return {id: _number(told.get(id, nothing), nothing) for id in ids}


def _number(value: Json, nothing: Json) -> Json:
    return nothing if value is None else str(value)
