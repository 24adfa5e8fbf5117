"""An app as parts named by what they hold, each named again by its hash: content-addressed definitions 定义的存放."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from builder.case import Cases
from builder.definition import Aggregate, App, Dashboard, Form, Workflow

Json = Any
Parts = dict[str, Json]
"""Part name → its JSON: `app`, `forms/customer`, `workflows/contract`, `dashboards/sales`, `aggregates/receivable`,
`checks/contract`, `locales/en`, `readme`."""


def canonical(value: Json) -> bytes:
    """The one spelling of a JSON value."""
    return json.dumps(_in_turn(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _in_turn(value: Json) -> Json:
    """Guards by exit (`when`) are asked in their order, so their order is part of what is said; no other order is."""
    if isinstance(value, dict):
        return {
            key: [[exit, guard] for exit, guard in part.items()]
            if key == "when" and isinstance(part, dict)
            else _in_turn(part)
            for key, part in value.items()
        }
    return [_in_turn(part) for part in value] if isinstance(value, list) else value


def digest(value: Json) -> str:
    """The name of a JSON value: the SHA-256 of its canonical spelling."""
    return hashlib.sha256(canonical(value)).hexdigest()


def to_parts(app: App) -> Parts:
    """The app taken apart."""
    head = app.dump()
    head = {"id": app.id, "name": app.name, **head, "format": app.format}
    parts: Parts = {}
    for room in ("forms", "workflows", "dashboards", "aggregates", "checks", "locales"):
        head.pop(room, None)
        for id, part in getattr(app, room).items():
            parts[f"{room}/{id}"] = part if isinstance(part, dict) else part.dump()
    readme = head.pop("readme", "")
    parts["app"] = head
    if readme:
        parts["readme"] = readme
    return parts


def from_parts(parts: Mapping[str, Json]) -> App:
    """The app put together; raises pydantic's `ValidationError` with paths from the app's root."""
    whole: dict[str, Any] = {**parts["app"], "forms": {}, "workflows": {}, "dashboards": {}, "locales": {}}
    for name, part in parts.items():
        room, _, id = name.partition("/")
        if id:
            whole.setdefault(room, {})[id] = part
    whole["readme"] = parts.get("readme", "")
    return App.model_validate(whole)


def manifest_of(parts: Mapping[str, Json]) -> dict[str, str]:
    """Part name → hash."""
    return {name: digest(part) for name, part in parts.items()}


def parse_part(name: str, raw: Json) -> Form | Workflow | Dashboard | Aggregate | Cases | Json:
    """One part as its model; raises pydantic's `ValidationError`."""
    room = name.partition("/")[0]
    models: dict[str, type[Form | Workflow | Dashboard | Aggregate | Cases]] = {
        "forms": Form,
        "workflows": Workflow,
        "dashboards": Dashboard,
        "aggregates": Aggregate,
        "checks": Cases,
    }
    return models[room].model_validate(raw) if room in models else raw
