"""What a field's values were of once 曾经的类型: old lines of the history are read as they were written."""

from collections.abc import Callable, Mapping
from functools import cached_property

from builder.field import Field, Json
from builder.retyping import changed, said
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming, pointers, title_map
from runtime.ports import Change
from runtime.ports_retyping import Retyping
from runtime.retyped import NOTE, changes_of

Later = Callable[[Retyping], bool | None]
"""Whether a retyping came after a value was written; None to go by the time."""


class Once:
    """The fields of a form as they were at any time."""

    def __init__(self, gate: Gate, live: LiveForm) -> None:
        self.gate, self.live = gate, live

    @cached_property
    def past(self) -> list[tuple[Retyping, dict[str, Field]]]:
        """Every change of types, the earliest first, with the fields as they were before it."""
        own = [one for one in self.gate.world.retypings.of(self.live.app.id) if one.form == self.live.key]
        return [(one, {each.before.id: each.before for each in changes_of(one)}) for one in reversed(own)]

    def words(self, change: Change) -> dict[str, dict[str, str]]:
        """By side, the values of a change that are of another type than their field is now, read aloud."""
        if not self.past:
            return {}
        conversion = change.batch if change.note == NOTE else ""
        before = self._side(change, change.before, lambda one: one.id >= conversion if conversion else None)
        after = self._side(change, change.after, lambda one: one.id > conversion if conversion else None)
        return {side: texts for side, texts in (("before", before), ("after", after)) if texts}

    def _side(self, change: Change, values: Mapping[str, Json], later: Later) -> dict[str, str]:
        return {
            id: self._said(value, held)
            for id, value in values.items()
            if value is not None and (held := self._held(change, id, later)) is not None
        }

    def _held(self, change: Change, id: str, later: Later) -> Field | None:
        """The field as it was when the value was written; None when it is the same still."""
        now = self.live.fields.get(id)
        for one, fields in self.past:
            known = later(one)
            comes = one.at > change.at if known is None else known
            if comes and id in fields:
                return fields[id] if now is not None and changed(fields[id], now) else None
        return None

    def _said(self, value: Json, held: Field) -> str:
        return said(value, held, Naming(self.gate, self._titles(value, held)))

    def _titles(self, value: Json, held: Field) -> dict[str, str]:
        """The titles of the records that it names, as far as the asker may read them."""
        known: dict[str, str] = {}
        for _, form, target in pointers(held, value):
            if form in self.live.app.forms:
                other = self.live.app.form(form)
                known |= title_map(self.gate, other, self.gate.world.records.many(other.key, [target]).values())
        return known
