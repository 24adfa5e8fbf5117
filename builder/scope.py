"""The names that expressions of a form may use 表达式的名字: its fields, system fields, what references lead to."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from builder.access import SYSTEM_FIELDS
from builder.definition import Form
from builder.expression.values import Scope, Shape
from builder.field import Field, Kind, Zoned


def scope_of(form: Form, forms: Mapping[str, Form]) -> Scope:
    """The names in a record of `form`."""
    system = {name: Shape("datetime" if kind == Kind.TIME else "text") for name, kind in SYSTEM_FIELDS.items()}
    return {**system, **{field.id: shape_of(field, forms) for field in form.fields if field.type.valued}}


def own_scope(scope: Scope) -> Scope:
    """The names of a record without what lies behind its references: these are no more than ids."""
    return {id: replace(shape, type="text" if shape.type == "reference" else shape.type, target=None)
            for id, shape in scope.items() if shape.type != "list" or shape.target is None}  # fmt: skip


def row_scope_of(form: Form, subform: Field, forms: Mapping[str, Form]) -> Scope:
    """The names in a row: its columns, then the record's fields."""
    return {**scope_of(form, forms), **{column.id: shape_of(column, forms) for column in subform.nested}}


def shape_of(field: Field, forms: Mapping[str, Form]) -> Shape:
    """What a field is to expressions."""
    if field.kind is Kind.ROWS:
        columns = {column.id: shape_of(column, forms) for column in field.nested}
        return Shape("rows", field.label, columns={"id": Shape("text"), **columns})
    if field.points is not None:
        behind = partial(_behind, field.points.form, forms)
        several = field.lists is not None
        return Shape("list" if several else "reference", field.label, item="text" if several else "any", target=behind)
    options = {option.id: option.label for option in getattr(field.type, "options", ())}
    return Shape(type_of(field), field.label, item="text", options=options if field.offers is not None else None)


def type_of(field: Field) -> str:
    """The expression language's type of a plain field."""
    if field.kind is Kind.TIME:
        return "datetime" if isinstance(field.type, Zoned) else "date"
    return str(field.kind)


def _behind(form: str, forms: Mapping[str, Form]) -> Scope:
    return scope_of(forms[form], forms) if form in forms else {}
