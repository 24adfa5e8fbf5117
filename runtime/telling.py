"""A notice in words 消息文案: in the receiver's language, naming only what he may read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.problem import sentence
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Notice, Record

Json = Any


def told(gate: Gate, notices: Sequence[Notice]) -> list[dict[str, Json]]:
    """Each notice with its sentence and where it leads."""
    names = titles(gate, notices)
    return [
        {
            "id": one.id, "kind": one.kind, "at": one.at, "sentence": words(gate, one, names), "actor": one.actor,
            "app": one.form.partition(".")[0], "form": one.form.partition(".")[2], "record": one.record,
            "instance": one.instance, "task": one.task, "read": one.read_at is not None,
            "comment": one.text if one.kind != "message" else "",
        }
        for one in notices
    ]  # fmt: skip


def words(gate: Gate, notice: Notice, names: Mapping[tuple[str, str], str], people: str = "") -> str:
    """What happened, as a sentence."""
    known = gate.world.directory.members().get(notice.actor)
    robot = sentence("notice_robot", gate.language, {})
    params = {
        "title": names.get((notice.form, notice.record)) or _form_name(gate, notice.form),
        "form": _form_name(gate, notice.form),
        "node": notice.label,
        "actor": known.name if known else robot,
        "text": notice.text,
        "people": people,
    }
    return sentence(f"notice_{notice.kind}", gate.language, params)


def titles(gate: Gate, notices: Iterable[Notice]) -> dict[tuple[str, str], str]:
    """The titles of the records, as far as the asker may read them."""
    wanted: dict[str, set[str]] = {}
    for one in notices:
        wanted.setdefault(one.form, set()).add(one.record)
    found: dict[tuple[str, str], str] = {}
    for form, ids in wanted.items():
        app, _, name = form.partition(".")
        head = gate.world.definitions.app(app)
        if head is None or not head.live or name not in gate.app(app).forms:
            continue
        live = gate.form(app, name)
        named = live.form.title_field
        for id, record in gate.world.records.many(form, sorted(ids)).items():
            if _may_read(gate, live, record, named):
                found[form, id] = record.title
    return found


def _may_read(gate: Gate, live: LiveForm, record: Record, named: str) -> bool:
    grant = gate.as_reader(live, record)
    return bool(grant.allowed and grant.covers((named,) if named else ()))


def _form_name(gate: Gate, form: str) -> str:
    app, _, name = form.partition(".")
    head = gate.world.definitions.app(app)
    if head is None or not head.live or name not in gate.app(app).forms:
        return name
    return gate.form(app, name).form.name
