"""What functions ask of the record engine 跨表函数: other forms through the asker's gate, counts, an address.

A fact is looked up once for the same question. What who asks may not see is not there for him, in sums as in lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from builder.definition import Measure
from builder.expression.coerce import from_json, is_blank, kind, to_json
from builder.expression.values import NUM, REF, VALUE, Context, Failure, Fault, Shape, Value
from builder.filter import EVERYTHING
from builder.problem import Refusal, invalid, missing
from runtime import asking, reading
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Query

MOST_QUESTIONS = 2000
MOST_RECORDS = 10_000_000
MEASURES = {"sum": "sum", "average": "average", "avg": "average", "min": "min", "max": "max", "count": "count"}
ENDS = {"first": False, "last": True}


@dataclass
class Facts:
    """The answers of one request."""

    gate: Gate
    live: LiveForm
    keeping: bool = False
    """Whether what is worked out of them will be stored, and is to follow them."""
    known: dict[tuple[str, ...], Value] = field(default_factory=dict)
    asked: int = 0
    """How much the present record has asked that was not known yet."""

    def __call__(self, name: str, arguments: tuple[Value, ...]) -> Value:
        """The fact; raises `Fault`."""
        key = (name, *map(repr, arguments))
        if key not in self.known:
            self.asked += 1
            if self.asked > MOST_QUESTIONS:
                raise Fault(NUM, "too_much_work", limit=MOST_QUESTIONS)
            self.known[key] = self._found(name, arguments)
        return self.known[key]

    def _found(self, name: str, arguments: tuple[Value, ...]) -> Value:
        if name == "MAPX":
            return self._mapped(*arguments)  # type: ignore[arg-type]
        if name == "RECNO":
            return _number(self.gate.world.records.count(Query(self.live.key, {}, EVERYTHING), MOST_RECORDS) + 1)
        return self.gate.address or None

    def _mapped(self, how: str, value: Value, form: str, match: str, result: str | None) -> Value:
        target = self._form(form)
        own, read = self._field(target, match), self._field(target, result) if result else ""
        which = how.strip().lower()
        if which not in MEASURES and which not in ENDS:
            raise Fault(VALUE, "no_such_lookup", how=how[:40])
        if not read and which != "count":
            raise Fault(VALUE, "no_such_lookup", how=how[:40])
        if is_blank(value):
            return _number(0) if which == "count" else None
        where = {"field": own, "op": "eq", "value": to_json(value)}
        if self.keeping and self.live.app.dependants.reached(self.live.form.id, target.form.id):
            self.gate.world.records.announce(f"{target.key}/{own}", [str(where["value"])])
        try:
            found = (
                self._measured(target, MEASURES[which], read, where)
                if which in MEASURES
                else (self._end(target, read, where, ENDS[which]))
            )
        except Refusal:
            raise Fault(REF, "no_such_field_there", form=form[:40], field=match[:40]) from None
        return found

    def _form(self, name: str) -> LiveForm:
        forms: Mapping[str, LiveForm] = self.live.app.forms
        called = [one for id, one in forms.items() if id == name] or [f for f in forms.values() if f.form.name == name]
        if not called or not self.gate.grant(called[0], "read").allowed:
            raise Fault(REF, "no_such_form_here", form=name[:40])
        return called[0]

    def _field(self, target: LiveForm, name: str) -> str:
        """The id of a field of the other form that who asks may read in some of its records."""
        grant = self.gate.grant(target, "read")
        called = (
            name if name in target.scope else next((id for id, one in target.fields.items() if one.label == name), "")
        )
        if not called or not grant.covers((called,)):
            raise Fault(REF, "no_such_field_there", form=target.form.name, field=name[:40])
        return called

    def _measured(self, target: LiveForm, operation: Any, read: str, where: Mapping[str, Any]) -> Value:
        measure = Measure(operation=operation, field=read)
        cells = reading.group(self.gate, target, [], [measure], dict(where))
        found = cells[0][1][0] if cells else None
        kind = "number" if operation in ("count", "sum", "average") else target.scope[read].type
        return self._typed(found, Shape(kind))

    def _end(self, target: LiveForm, read: str, where: Mapping[str, Any], last: bool) -> Value:
        asked = {"filter": dict(where), "sort": [{"field": "created_at", "descending": last}], "limit": 1}
        page = self.gate.world.records.find(asking.ask(self.gate, target, asked))
        if not page.records:
            return None
        record = page.records[0]
        seen = self.gate.masked(target, record.values, self.gate.as_reader(target, record))
        return self._typed(seen.get(read) if read in target.fields else record.seen().get(read), target.scope[read])

    def _typed(self, raw: Any, shape: Shape) -> Value:
        found = from_json(raw, shape.type, self._at(), shape.item)
        if isinstance(found, Failure):
            raise Fault(found.code, found.reason, **found.params)
        return found

    def _at(self) -> Context:
        return Context(self.gate.now, self.gate.timezone)


def _number(count: int) -> Value:
    return Decimal(count)


def ask(gate: Gate, app: str, form: str, name: str, arguments: list[Any]) -> dict[str, Any]:
    """A fact for the browser, which computes as a courtesy: its type and its value as a record would hold it."""
    live = gate.form(app, form)
    if not (gate.grant(live, "read").allowed or gate.grant(live, "create").allowed):
        raise missing("no_such_form", form=form)
    at = Context(gate.now, gate.timezone)
    given = [from_json(one, "any", at) for one in arguments]
    if name not in NAMES or len(given) != NAMES[name] or any(isinstance(one, Failure) for one in given):
        raise invalid("no_such_fact", "name", name=name[:40])
    try:
        found = Facts(gate, live)(name, tuple(given))  # type: ignore[arg-type]
    except Fault as fault:
        return {"type": "any", "value": None, "error": fault.failure.code}
    return {"type": kind(found), "value": to_json(found)}


NAMES = {"MAPX": 5, "RECNO": 0, "IP": 0}
