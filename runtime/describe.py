"""Apps, menus and forms as the asker may see them 描述."""

from collections.abc import Iterator
from typing import Any, get_args

from builder.access import Grant, meant
from builder.definition import Operation
from builder.field import Field
from builder.problem import missing
from builder.record_schema import record_schema
from runtime import events_told
from runtime.gate import Gate
from runtime.live import LiveApp, LiveForm
from runtime.ports import AppHead

OPERATIONS: tuple[Operation, ...] = get_args(Operation)
NEVER_SHOWN = ("groups", "events", "recognitions")


def app_list(gate: Gate) -> list[dict[str, Any]]:
    """The workspace's apps of which the asker may open something."""
    heads = gate.world.definitions.apps()
    return [head_of(head, gate.app(head.id)) for head in heads if any(_groups(gate, gate.app(head.id)))]


def head_of(head: AppHead, live: LiveApp) -> dict[str, Any]:
    """An app in short."""
    app = live.app
    return {
        "id": head.id, "name": app.name, "icon": app.icon, "color": app.color, "number": head.number,
        "template": head.template,
    }  # fmt: skip


def menu(gate: Gate, app: str) -> dict[str, Any]:
    """What of the app the asker may open; raises `Missing` when there is nothing."""
    head = gate.world.definitions.app(app)
    live = gate.app(app)
    groups = list(_groups(gate, live))
    if head is None or (not groups and not gate.actor.admin):
        raise missing("no_such_app", app=app)
    places = [f"{item['kind']}:{item['id']}" for group in groups for item in group["items"]]
    home = next((place for place in places if place.startswith("dashboard:")), places[0] if places else "")
    return {"app": head_of(head, live), "groups": groups, "can_design": gate.actor.admin, "home": home}


def _groups(gate: Gate, live: LiveApp) -> Iterator[dict[str, Any]]:
    listed = {item for group in live.app.menu for item in group.items}
    rest = [f"form:{id}" for id in live.forms if f"form:{id}" not in listed]
    rest += [f"dashboard:{id}" for id in live.app.dashboards if f"dashboard:{id}" not in listed]
    plan = [(group.id, group.label, group.items) for group in live.app.menu] + [("rest", "", tuple(rest))]
    for id, label, items in plan:
        shown = [entry for item in items if (entry := _item(gate, live, item)) is not None]
        if shown:
            yield {"id": id, "label": label, "items": shown}


def _item(gate: Gate, live: LiveApp, item: str) -> dict[str, Any] | None:
    kind, _, id = item.partition(":")
    if kind == "dashboard" and id in live.app.dashboards:
        board = live.app.dashboards[id]
        return (
            {"kind": kind, "id": id, "label": board.name, "icon": board.icon} if meant(board.to, gate.actor) else None
        )
    if kind != "form" or id not in live.forms:
        return None
    form = live.forms[id]
    can_create = gate.grant(form, "create").allowed
    if not can_create and not gate.grant(form, "read").allowed:
        return None
    base = {"kind": kind, "id": id, "label": form.form.name, "icon": form.form.icon}
    return {**base, "can_create": can_create, "workflow": bool(form.form.workflow)}


def form(gate: Gate, app: str, form: str) -> dict[str, Any]:
    """A form's definition cut to what the asker may know, its expressions as trees, and the asker's grant."""
    live = gate.form(app, form)
    operations = [operation for operation in OPERATIONS if gate.grant(live, operation).allowed]
    if not operations:
        _need_part(gate, live)
    known = readable(gate, live)
    writable = {id for operation in ("create", "update") for id in gate.grant(live, operation).writable(live.fields)}
    head = gate.world.definitions.app(app)
    definition = _definition(gate, live, known | writable) | {
        "events": events_told.told(live, known | writable),
        "recognitions": events_told.recognitions(live, known | writable),
    }
    said = set(_texts(definition))
    return {
        "app": app, "form": form, "version": head.number if head else 0, "definition": definition,
        "trees": {text: tree for text, tree in live.trees.items() if text in said}, "operations": operations,
        "readable": sorted(known), "writable": sorted(id for id in writable if not live.fields[id].computed),
        "forms": _targets(gate, live),
    }  # fmt: skip


def schema(gate: Gate, app: str, form: str) -> dict[str, Any]:
    """JSON Schema of the form's records, cut to what the asker may read and write; raises `Missing`."""
    live = gate.form(app, form)
    if not any(gate.grant(live, operation).allowed for operation in OPERATIONS):
        _need_part(gate, live)
    paths = [*live.fields, *(f"{id}.{one.id}" for id, field in live.fields.items() for one in field.nested)]
    read = gate.grant(live, "read")
    known = read.readable(paths) if read.allowed else frozenset(paths)
    create, update = (gate.grant(live, operation).writable(paths) for operation in ("create", "update"))
    return record_schema(live.form, f"/api/apps/{app}/forms/{form}/schema", known, create, update)


def _need_part(gate: Gate, live: LiveForm) -> None:
    """Who takes part in a workflow over the form may know its shape."""
    tasks = [task for box in ("todo", "handled", "copied") for task in gate.world.instances.box(gate.actor.id, box)[0]]
    if not any(task.form == live.key for task in tasks):
        raise missing("no_such_form", form=live.form.id)


def readable(gate: Gate, live: LiveForm) -> set[str]:
    """The fields that the asker may read in some record; all of them for who only takes part in its workflow."""
    grant = gate.grant(live, "read")
    return set(grant.readable(live.fields)) if grant.allowed else set(live.fields)


def _definition(gate: Gate, live: LiveForm, known: set[str]) -> dict[str, Any]:
    raw = {key: value for key, value in live.form.dump().items() if key not in NEVER_SHOWN}
    raw["fields"] = [
        _without_closed(gate, live, field) for field in raw.get("fields", []) if _known(live, field, known)
    ]
    raw["title"] = live.form.title_field
    return raw


def _known(live: LiveForm, field: dict[str, Any], known: set[str]) -> bool:
    """What holds no value, such as a divider, is a secret of nobody."""
    return field["id"] in known or field["id"] not in live.fields


def _without_closed(gate: Gate, live: LiveForm, field: dict[str, Any]) -> dict[str, Any]:
    """The field without the columns that the asker may neither read nor write."""
    if field["id"] not in live.fields or not live.fields[field["id"]].nested:
        return field
    grants = [grant for name in ("read", "create", "update") if (grant := gate.grant(live, name)).allowed]
    paths = {f"{field['id']}.{column['id']}" for column in field["fields"]}
    known = {path for grant in grants for path in grant.readable(paths) | grant.writable(paths)} if grants else paths
    return {**field, "fields": [one for one in field["fields"] if f"{field['id']}.{one['id']}" in known]}


def _texts(part: Any) -> Iterator[str]:
    """Every text of a definition: only the expressions among them are told."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def _targets(gate: Gate, live: LiveForm) -> dict[str, Any]:
    """Of each form that references point to: its name, title field and readable fields."""
    entries = [one for entry in live.form.fields for one in (entry, *entry.nested)]
    wanted = {entry.points.form for entry in entries if entry.points is not None} | {
        a.target for a in live.form.actions
    }
    return {id: _target(gate, live.app.forms[id]) for id in sorted(wanted & set(live.app.forms))}


def _target(gate: Gate, target: LiveForm) -> dict[str, Any]:
    grant = gate.grant(target, "read")
    seen = grant.readable(target.fields)
    fields = [told(entry, grant) for id, entry in target.fields.items() if id in seen]
    return {
        "name": target.form.name, "title": target.form.title_field, "fields": fields,
        "can_create": gate.grant(target, "create").allowed, "can_read": grant.allowed,
    }  # fmt: skip


def told(entry: Field, grant: Grant) -> dict[str, Any]:
    """A field of another form as who has this read grant over it may know it: without columns that he may not read."""
    raw = entry.dump()
    if entry.nested:
        known = grant.readable(f"{entry.id}.{column.id}" for column in entry.nested)
        raw["fields"] = [column.dump() for column in entry.nested if f"{entry.id}.{column.id}" in known]
    return raw
