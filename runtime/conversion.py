"""What becomes of a record when an action has added another from it 转换: it is set in the same transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from builder.access import system
from builder.definition import NEW_RECORD, Action
from builder.problem import conflict, forbidden, missing
from runtime import compute, records
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record
from runtime.writing import Writing


@dataclass(frozen=True)
class Source:
    """The record and the action of its form that a new record comes from."""

    form: str
    record: str
    action: str


@dataclass
class Conversion:
    """A source in hand, locked, that the asker may convert."""

    gate: Gate
    live: LiveForm
    record: Record
    action: Action

    def conclude(self, made: Record) -> None:
        """Set on the source what the action says; judged as any edit of the asker's."""
        if not self.action.then_set:
            return
        values = {id: made.id if value == NEW_RECORD else value for id, value in self.action.then_set.items()}
        grant = self.gate.grant(self.live, "update").over(self.record.seen(), self.live.kinds)
        if not grant.allowed:
            raise forbidden("not_allowed", operation="update")
        writing = Writing(self.gate, self.live, grant, draft=self.record.status == "draft")
        changed = records.change(self.gate, self.live, self.record, values, {}, writing)
        if not records.grant_after(self.gate, self.live, changed):
            raise forbidden("rows_not_yours", operation="update")


def begin(gate: Gate, app: str, target: str, source: Source) -> Conversion:
    """Take the source in hand; raises `Missing` for none, `Conflict` when the action is not offered any more."""
    live = gate.form(app, source.form)
    action = next((one for one in live.form.actions if one.id == source.action and one.target == target), None)
    record, _ = gate.record(live, source.record, lock=True)
    if action is None:
        raise missing("no_such_action", action=source.action)
    if action.then_set and record.status == "running" and not gate.actor.admin:
        raise conflict("record_in_workflow")
    if action.when and not _holds(gate, live, record, action.when):
        raise conflict("action_over", label=action.label)
    return Conversion(gate, live, record, action)


def _holds(gate: Gate, live: LiveForm, record: Record, text: str) -> bool:
    machine = Gate(gate.world, system("condition of an action"), gate.language, gate.library)
    return value_of(live, text, record.seen(), compute.context(machine, live)) is True


def concluding(gate: Gate, app: str, target: str, source: Mapping[str, str] | None) -> Callable[[Record], None] | None:
    """What is to be done with the source of a new record once that is kept; None without a source."""
    return begin(gate, app, target, Source(**source)).conclude if source else None
