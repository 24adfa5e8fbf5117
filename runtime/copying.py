"""A form taken elsewhere 复制与移动表单: its definition and workflow under fresh ids; records stay where they are."""

from collections.abc import Collection, Mapping
from typing import Any

from builder.field import Json
from builder.filter import EVERYTHING
from builder.problem import conflict, missing
from runtime import designing
from runtime.gate import Gate
from runtime.ports import Query

NAMING = ("form", "target")
"""Settings that name a form."""

Parts = Mapping[str, Json]


def copy(gate: Gate, app: str, form: str, into: str, name: str, move: bool = False) -> dict[str, Any]:
    """Put a copy of the form into the draft of `into`; answers its id and what of it leads nowhere there.

    `move` takes it out of its own draft too; that is refused while it holds records, which would be left behind.
    """
    held = designing.draft(gate, app)
    source, there = held["parts"], designing.draft(gate, into)
    if f"forms/{form}" not in source:
        raise missing("no_such_form", form=form)
    if move and (app == into or _holds_records(gate, f"{app}.{form}")):
        raise conflict("form_has_records", name=source[f"forms/{form}"]["name"])
    fresh = _free(form, _ids(there["parts"], "forms"))
    raw = {**_renamed(source[f"forms/{form}"], form, fresh), "id": fresh, "name": name}
    flow = f"workflows/{raw.get('workflow')}"
    if flow in source:
        raw["workflow"] = _free(str(raw["workflow"]), _ids(there["parts"], "workflows"))
    designing.save(gate, into, f"forms/{fresh}", {**raw, "workflow": None}, "")
    if flow in source:
        drawn = {**_renamed(source[flow], form, fresh), "id": raw["workflow"], "form": fresh}
        designing.save(gate, into, f"workflows/{raw['workflow']}", drawn, "")
        hash = designing.draft(gate, into)["hashes"][f"forms/{fresh}"]
        designing.save(gate, into, f"forms/{fresh}", raw, hash)
    _list(gate, into, f"form:{fresh}")
    if move:
        _take_out(gate, app, form, flow)
    own = (["forms", fresh], ["workflows", raw.get("workflow")])
    problems = [one for one in designing.draft(gate, into)["problems"] if one["path"][:2] in own]
    return {"app": into, "form": fresh, "problems": problems}


def _holds_records(gate: Gate, key: str) -> bool:
    """Whether there are any, in the bin too."""
    asked = (Query(key, {}, EVERYTHING, deleted=deleted) for deleted in (False, True))
    return any(gate.world.records.count(query, 1) for query in asked)


def _ids(parts: Parts, room: str) -> set[str]:
    return {name.partition("/")[2] for name in parts if name.startswith(f"{room}/")}


def _free(wish: str, taken: Collection[str]) -> str:
    count, found = 1, wish
    while found in taken:
        count += 1
        found = f"{wish[:58]}_{count}"
    return found


def _renamed(part: Json, old: str, new: str) -> Json:
    """The part with what names its own form naming the copy."""
    if isinstance(part, dict):
        return {
            key: new if key in NAMING and value == old else _renamed(value, old, new) for key, value in part.items()
        }
    return [_renamed(one, old, new) for one in part] if isinstance(part, list) else part


def _list(gate: Gate, app: str, item: str) -> None:
    """Put it at the end of the menu."""
    held = designing.draft(gate, app)
    menu = [dict(group) for group in held["parts"]["app"].get("menu") or [{"id": "forms", "items": []}]]
    menu[-1]["items"] = [*menu[-1].get("items", ()), item]
    designing.save(gate, app, "app", {**held["parts"]["app"], "menu": menu}, held["hashes"]["app"])


def _take_out(gate: Gate, app: str, form: str, flow: str) -> None:
    held = designing.draft(gate, app)
    menu = [
        {**group, "items": [item for item in group.get("items", ()) if item != f"form:{form}"]}
        for group in held["parts"]["app"].get("menu", ())
    ]
    designing.save(gate, app, "app", {**held["parts"]["app"], "menu": menu}, held["hashes"]["app"])
    for name in (f"forms/{form}", flow):
        if name in held["parts"]:
            designing.save(gate, app, name, None, held["hashes"][name])
