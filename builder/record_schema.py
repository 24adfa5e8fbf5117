"""JSON Schema of a form's records 数据的模式: what may be read of them and what may be written, with an example."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from builder.definition import Form
from builder.field import Field, Kind
from builder.option import OTHER
from builder.problem import FieldError, Refusal

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOMENT = {"type": "string", "format": "date-time"}
PLAIN = {"type": "string"}
SYSTEM: Mapping[str, Schema] = {
    "id": PLAIN, "form": PLAIN, "revision": {"type": "integer"}, "status": PLAIN, "title": PLAIN, "created_at": MOMENT,
    "created_by": PLAIN, "updated_at": MOMENT, "updated_by": PLAIN, "deleted_at": {"type": ["string", "null"]},
    "sample": {"type": "boolean"},
}  # fmt: skip
"""What stands beside a record's values."""
SAMPLES = (
    "2026-11-23", "2026-11-23T10:00:00Z", "10:30:00", "12.5", "3", True, "13800138000", "010-62345678",
    "ann@example.com", "https://example.com", "518000", "31.2304,121.4737",
)  # fmt: skip
"""What might be an example of a value; the field's own type says which is."""


def record_schema(
    form: Form, address: str, readable: Collection[str], creatable: Collection[str], changeable: Collection[str]
) -> Schema:
    """The schema of a record as it is read, and under `$defs` of what may be sent to add and to change one.

    The fields, and columns such as `lines.price`, are those that the asker may read and write."""
    shown = [field for field in form.fields if field.type.valued and field.id in readable]
    values = _object((one.id, _of(one, readable)) for one in shown)
    record = _object([*SYSTEM.items(), ("values", {"$ref": "#/$defs/values"})], others=True)
    defs = {"record": record, "values": values}
    for name, allowed in (("create", creatable), ("update", changeable)):
        written = [field for field in form.fields if _is_written(field, allowed)]
        sent = _object((one.id, _as_sent(one, _of(one, allowed))) for one in written)
        if name == "create":
            ruled = {id for rule in form.rules for id in rule.show}
            sent = _with_needed(sent, [one for one in written if one.id not in ruled])
            sent["examples"] = [example(written)]
        defs[name] = sent
    told = {"$schema": DIALECT, "$id": address, "title": form.name, "$ref": "#/$defs/record"}
    return {**told, "$defs": {name: one for name, one in defs.items() if name != "create" or creatable}}


def _object(properties: Iterable[tuple[str, Schema]], others: bool = False) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": others}


def _is_written(field: Field, allowed: Collection[str]) -> bool:
    return field.type.valued and not field.computed and field.id in allowed


def _of(field: Field, allowed: Collection[str]) -> Schema:
    """A field's values: what its type says, with its label, its help and what it is called here."""
    found = {"title": field.label, **({"description": field.help} if field.help else {}), **field.type.value_schema()}
    if field.computed:
        found["readOnly"] = True
    if field.nested and isinstance(found.get("items"), dict):
        columns = [one for one in field.nested if one.type.valued and f"{field.id}.{one.id}" in allowed]
        row = _object([("id", PLAIN), *((one.id, _of(one, allowed)) for one in columns)])
        found["items"] = row
    return {**found, "x-type": field.type.name()}


def _as_sent(field: Field, schema: Schema) -> Schema:
    """What may be chosen today, and how many; what was stored may have been chosen when the settings were others."""
    found, many = dict(schema), "items" in schema
    if field.nested and many:
        found["items"] = _with_needed(schema["items"], field.nested)
    least, most = (getattr(field.type, name, None) for name in ("min_count", "max_count"))
    if many and least is not None:
        found = {**found, "if": {"type": "array", "minItems": 1}, "then": {"minItems": least}}
    if many and most is not None:
        found["maxItems"] = most
    if field.offers is None or not field.offers.option_ids():
        return found
    ids: list[Any] = list(field.offers.option_ids())
    fits: Schema = {"enum": ids if many else [*ids, None]}
    if getattr(field.type, "other", False):
        fits = {"anyOf": [fits, {"type": "string", "pattern": f"^{OTHER}"}]}
    return {**found, "items": {**schema["items"], **fits}} if many else {**found, **fits}


def _with_needed(schema: Schema, fields: Iterable[Field]) -> Schema:
    """The schema of an object that must bring what is required of it."""
    needed = [one.id for one in fields if _is_needed(one) and one.id in schema["properties"]]
    filled = {id: _not_null(schema["properties"][id]) for id in needed}
    return {**schema, "properties": {**schema["properties"], **filled}, "required": needed}


def _is_needed(field: Field) -> bool:
    """Whether it must be brought: required, and without a beginning of its own."""
    begins = field.default is not None or field.default_formula or field.linkage is not None or field.hidden
    return bool(field.required and not begins and not field.computed)


def _not_null(schema: Schema) -> Schema:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        chosen = {"enum": [one for one in schema["enum"] if one is not None]} if "enum" in schema else {}
        return {**schema, **chosen, "type": [kind for kind in kinds if kind != "null"]}
    return {"allOf": [schema], "not": {"type": "null"}}


def example(fields: Iterable[Field]) -> dict[str, Any]:
    """Values that fit, for those fields of which an example can be given: none for people, records and files."""
    found: dict[str, Any] = {}
    for field in fields:
        for value in _candidates(field):
            if _fits(field, value):
                found[field.id] = value
                break
    return found


def _candidates(field: Field) -> Iterator[Any]:
    if field.points is not None or field.peopled is not None or field.holds is not None:
        return
    if field.nested:
        row = example(one for one in field.nested if one.type.valued and not one.computed)
        if all(one.id in row for one in field.nested if _is_needed(one)):
            yield [row]
        return
    options = [option.id for option in getattr(field.type, "options", ())]
    if options:
        yield from (options[0], options[:1])
    if field.kind is Kind.TEXT and not options:
        yield field.label
    yield from SAMPLES


def _fits(field: Field, value: Any) -> bool:
    try:
        return bool(field.coerce(value) == value)
    except (FieldError, Refusal):
        return False
