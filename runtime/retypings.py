"""Changes of types as administrators see them 改类型记录: how far, what did not convert, and taken back."""

from collections.abc import Iterator, Mapping
from typing import Any

from builder.field import Json
from builder.parts import digest
from builder.problem import Conflict, Problem, conflict, missing, sentence
from runtime import designing, impacts
from runtime.gate import Gate
from runtime.ports_retyping import RetypedValue, Retyping

MOST_TOLD = 50
PAGE = 100
MOST_ROWS = 100_000


def listed(gate: Gate, app: str, form: str = "") -> list[dict[str, Any]]:
    """The app's changes of types, or those of one form, newest first; raises `Forbidden`, `Missing`."""
    designing.head_for_design(gate, app)
    found = [one for one in gate.world.retypings.of(app) if form in ("", one.form.partition(".")[2])]
    latest: set[str] = set()
    return [_told(gate, one, latest) for one in found[:MOST_TOLD]]


def _told(gate: Gate, one: Retyping, latest: set[str]) -> dict[str, Any]:
    """One of them; only the latest of a form may be undone."""
    undone = one.form in latest or one.state == "stopped"
    latest.add(one.form)
    author = gate.world.directory.members().get(one.by)
    return {
        "id": one.id, "form": one.form.partition(".")[2], "number": one.number, "at": one.at,
        "by_name": author.name if author else one.by, "state": one.state, "undoable": not undone,
        "seen": int(one.progress["seen"]), "total": int(one.progress["total"]),
        "fields": [_field(pair, one.progress["fields"], labels_of(gate, one)) for pair in one.fields],
    }  # fmt: skip


def _field(
    pair: Mapping[str, Json], counts: Mapping[str, Mapping[str, int]], labels: Mapping[str, str]
) -> dict[str, Any]:
    id = str(pair["before"]["id"])
    known = {"converted": 0, "emptied": 0, "refused": 0, "computed": 0}
    told = {"id": id, "label": labels[id], "before": pair["before"]["type"], "after": pair["after"]["type"]}
    return {**told, **known, **counts.get(id, {})}


def labels_of(gate: Gate, one: Retyping) -> dict[str, str]:
    """What its fields are called now, in the asker's language; as they were called when they are gone."""
    live = gate.app(one.app).forms.get(one.form.partition(".")[2])
    now = {id: field.label for id, field in live.fields.items()} if live is not None else {}
    return {str(pair["after"]["id"]): str(pair["after"]["label"]) for pair in one.fields} | {
        id: label for id, label in now.items() if id in {pair["after"]["id"] for pair in one.fields}
    }


def of_app(gate: Gate, app: str, id: str) -> Retyping:
    """One of the app's; raises `Missing`, `Forbidden`."""
    designing.head_for_design(gate, app)
    found = gate.world.retypings.get(id)
    if found is None or found.app != app:
        raise missing("no_such_retyping")
    return found


def lost(gate: Gate, app: str, id: str, after: str = "") -> dict[str, Any]:
    """A page of the values that did not convert, with the records that held them."""
    found = of_app(gate, app, id)
    rows = gate.world.retypings.lost(found.id, PAGE + 1, after)
    page = whole_records(rows[:PAGE]) if len(rows) > PAGE else rows
    return {"values": list(_lines(gate, found, page)), "next": page[-1].record if len(rows) > PAGE else ""}


def whole_records(rows: list[RetypedValue]) -> list[RetypedValue]:
    """A page that ends with all the values of its last record."""
    if len({row.record for row in rows}) == 1:
        return rows
    return [row for row in rows if row.record != rows[-1].record]


def _lines(gate: Gate, found: Retyping, rows: list[RetypedValue]) -> Iterator[dict[str, Any]]:
    labels = labels_of(gate, found)
    records = gate.world.records.many(found.form, list(dict.fromkeys(row.record for row in rows)))
    for row in rows:
        record = records.get(row.record)
        for one in row.lost:
            yield {
                "record": row.record if record is not None else "", "title": record.title if record else "",
                "field": row.field, "within": one["path"] != row.field,
                "label": labels.get(row.field, row.field), "words": one["words"],
                "why": sentence(str(one["code"]), gate.language, one["params"]),
                "edited": record is not None and record.values.get(row.field) != row.after,
            }  # fmt: skip


def table(gate: Gate, app: str, id: str) -> tuple[list[str], list[list[str]]]:
    """Everything that did not convert, as a table: headings and rows."""
    rows, after = list[list[str]](), ""
    while len(rows) < MOST_ROWS:
        page = lost(gate, app, id, after)
        rows += [[one["record"], one["title"], one["label"], one["words"], one["why"]] for one in page["values"]]
        after = page["next"]
        if not after:
            break
    heads = ("record", "title", "field", "value", "why")
    return [sentence(f"retype_head_{head}", gate.language, {}) for head in heads], rows


def undo(gate: Gate, app: str, id: str) -> dict[str, Any]:
    """Publish the fields as they were before; every value that nobody edited since comes back as it was.

    Raises `Conflict` when a later change of type stands on it, or when the app would not be sound."""
    head = designing.head_for_design(gate, app, lock=True)
    found = of_app(gate, app, id)
    name = f"forms/{found.form.partition('.')[2]}"
    newer = [one for one in gate.world.retypings.of(app) if one.form == found.form and one.id > found.id]
    if newer or name not in head.live:
        raise conflict("retyping_overtaken")
    if designing.changed_parts(head):
        raise conflict("draft_in_the_way")
    live = designing.parts_of(gate, head.live)
    part = {**live[name], "fields": [_before(one, found) for one in live[name].get("fields", [])]}
    wanted = {**live, name: part}
    problems = designing.problems_of(gate, wanted)
    blocking = [one for one in impacts.of(gate, head, live, wanted) if one["blocking"]]
    if problems or blocking:
        first = Problem("draft_has_problems", (), {"count": len(problems) + len(blocking)})
        raise Conflict([first, *problems], impacts=blocking)
    gate.world.definitions.keep({digest(part): part})
    labels = "、".join(labels_of(gate, found).values())
    message = sentence("retyping_undone", gate.language, {"labels": labels})
    return designing.make_live(gate, head, {**head.live, name: digest(part)}, message)


def _before(field: Json, found: Retyping) -> Json:
    """The field as it was, under the name that it has now."""
    was = next((pair["before"] for pair in found.fields if pair["before"]["id"] == field["id"]), None)
    return field if was is None else {**was, "label": field["label"]}
