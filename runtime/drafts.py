"""New records that are not sent yet 草稿箱: kept for their writer alone, few and not for long, on every device."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from builder.field import Json
from builder.problem import invalid
from runtime.gate import Gate
from runtime.live import LiveForm

MOST = 20
KEPT = timedelta(days=30)
LARGEST = 64_000
"""How long one may be, as JSON."""

Draft = dict[str, Any]


def listed(gate: Gate, app: str, form: str) -> list[Draft]:
    """The asker's own drafts of the form, the latest first, with the values that he may still write."""
    live = gate.form(app, form)
    grant = gate.need(live, "create")
    return [
        {
            **{"step": "", **one},
            "values": {id: value for id, value in one["values"].items() if id in live.fields and grant.may_write(id)},
        }
        for one in _kept(gate, live)
    ]


def keep(gate: Gate, app: str, form: str, id: str, values: Mapping[str, Json], step: str = "") -> list[Draft]:
    """Keep a draft under its id, in front, with the step of a long form that its writer is at; the oldest beyond the
    limit go. Raises `Invalid` for one too large."""
    live = gate.form(app, form)
    gate.need(live, "create")
    own = {field: value for field, value in values.items() if field in live.fields}
    if len(json.dumps(own, ensure_ascii=False)) > LARGEST:
        raise invalid("draft_too_large", "values", limit=LARGEST // 1000)
    fresh = {"id": id, "at": gate.now.isoformat(), "title": _title(live, own), "values": own, "step": step}
    _put(gate, live, [fresh, *(one for one in _kept(gate, live) if one["id"] != id)][:MOST])
    return listed(gate, app, form)


def drop(gate: Gate, app: str, form: str, id: str) -> None:
    """Forget a draft; one that is not there is forgotten already."""
    live = gate.form(app, form)
    found = _kept(gate, live) if id else []
    rest = [one for one in found if one["id"] != id]
    if len(rest) < len(found):
        _put(gate, live, rest)


def _name(live: LiveForm) -> str:
    return f"drafts:{live.key}"


def _kept(gate: Gate, live: LiveForm) -> list[Draft]:
    kept: list[Draft] = gate.world.preferences.get(_name(live), gate.actor.id) or []
    oldest = gate.now - KEPT
    return [one for one in kept if datetime.fromisoformat(one["at"]) > oldest]


def _put(gate: Gate, live: LiveForm, drafts: list[Draft]) -> None:
    gate.world.preferences.put(_name(live), drafts or None, gate.actor.id)


def _title(live: LiveForm, values: Mapping[str, Json]) -> str:
    words = values.get(live.form.title_field)
    return words[:200] if isinstance(words, str) else ""
