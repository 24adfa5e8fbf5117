"""JSON Schema of every artefact of a template 定义的模式: made from the models, for editors and for imports."""

from functools import cache
from typing import Any

from builder.case import Case
from builder.definition import Aggregate, App, Dashboard, Form, Role, Workflow
from builder.field import Field, FieldType, field_types
from builder.model import SLUG, Model

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
OWN_FILES = ("roles", "forms", "workflows", "dashboards", "aggregates", "checks", "locales", "readme")
"""The parts of an app that are not in app.json."""


@cache
def schemas() -> dict[str, Schema]:
    """The schema of each artefact: app, roles, form, workflow, dashboard, aggregate, case, locale, people, sample."""
    models: dict[str, type[Model]] = {"app": App, "form": Form, "workflow": Workflow, "dashboard": Dashboard}
    models["aggregate"], models["case"] = Aggregate, Case
    found = {name: _of(model) for name, model in models.items()}
    for part in OWN_FILES:
        found["app"]["properties"].pop(part, None)
    found["app"]["$defs"] = {"MenuGroup": found["app"]["$defs"]["MenuGroup"]}
    found["roles"] = {"type": "array", "maxItems": 200, "items": Role.model_json_schema()}
    found["locale"] = {
        "type": "object",
        "maxProperties": 50_000,
        "additionalProperties": {"type": "string", "maxLength": 10_000},
    }
    found["people"] = _people()
    found["sample"] = {
        "type": "object",
        "required": ["_id"],
        "properties": {"_id": {"type": "string", "maxLength": 63}},
    }
    return {name: {"$schema": DIALECT, "$id": f"/schemas/{name}.json", **schema} for name, schema in found.items()}


def _of(model: type[Model]) -> Schema:
    schema = model.model_json_schema()
    places = schema.setdefault("$defs", {})
    places.pop("FieldType", None)
    if "Field" in places:
        places.update(_field_places())
    return schema


def _field_places() -> Schema:
    """A field as it stands in files: the settings of its type beside its own keys."""
    own = dict(Field.model_json_schema(ref_template="#/$defs/{model}")["properties"])
    own.pop("type")
    kinds: list[Schema] = []
    places: Schema = {}
    for name, kind in sorted(field_types().items()):
        settings = _settings(kind, places)
        shape = {"properties": {"type": {"const": name}, **own, **settings}, "additionalProperties": False}
        kinds.append({"if": {"required": ["type"], "properties": {"type": {"const": name}}}, "then": shape})
    head = {"type": {"enum": sorted(field_types())}, "id": own["id"], "label": own["label"]}
    places["Field"] = {"type": "object", "required": ["id", "type", "label"], "properties": head, "allOf": kinds}
    return places


def _settings(kind: type[FieldType], places: Schema) -> Schema:
    raw = kind.model_json_schema(ref_template="#/$defs/{model}")
    settings: Schema = dict(raw.get("properties", {}))
    if "fields" in settings:
        settings["fields"] = {"type": "array", "maxItems": 100, "items": {"$ref": "#/$defs/Field"}}
    else:
        places.update(raw.get("$defs", {}))
    return settings


def _people() -> Schema:
    key = {"type": "string", "pattern": SLUG.pattern}
    name = {"type": "string", "minLength": 1, "maxLength": 200}
    department = {"id": key, "name": name, "name_en": name, "parent": key, "heads": {"type": "array", "items": key}}
    member = {
        "id": key, "name": name, "name_en": name, "email": name, "title": name, "title_en": name, "department": key,
        "roles": {"type": "array", "items": key}, "admin": {"type": "boolean"}, "visitor": {"type": "boolean"},
    }  # fmt: skip
    return _object(
        {
            "name": name, "name_en": name,
            "departments": {"type": "array", "maxItems": 200, "items": _object(department, "id", "name")},
            "members": {"type": "array", "maxItems": 1000, "items": _object(member, "id", "name", "department")},
        },
        "name", "departments", "members",
    )  # fmt: skip


def _object(properties: Schema, *required: str) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
