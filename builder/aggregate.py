"""An aggregate as a form 聚合表: its columns as fields, so that whatever reads fields can show and copy them."""

from collections.abc import Iterator, Mapping

from builder.definition import Aggregate, App, Dimension, Form, Reckoned
from builder.field import Field, FieldType
from builder.fields.datetime import DateTime
from builder.fields.member import Member
from builder.fields.number import Number
from builder.fields.text import Text

SYSTEM_TYPES: Mapping[str, type[FieldType]] = {
    "created_by": Member, "updated_by": Member, "created_at": DateTime, "updated_at": DateTime,
}  # fmt: skip
LARGEST = ("min", "max")


def as_form(app: App, aggregate: Aggregate) -> Form:
    """The form whose fields are the aggregate's columns; none of them is computed, required or linked there."""
    fields = tuple(_columns(app, aggregate))
    return Form(id=aggregate.id, name=aggregate.name, fields=fields)


def _columns(app: App, aggregate: Aggregate) -> Iterator[Field]:
    form = app.forms.get(aggregate.form)
    for column in aggregate.columns:
        found = field_at(app.forms, form, column.field) if form is not None else None
        label = column.label or (found.label if found is not None else column.id)
        yield Field(id=column.id, label=label, type=_type_of(column, found))


def _type_of(column: Dimension | Reckoned, found: Field | None) -> FieldType:
    if isinstance(column, Dimension):
        if column.unit:
            return Text()
        return found.type if found is not None else SYSTEM_TYPES.get(column.field, Text)()
    if found is None or column.expression or column.operation == "count":
        return Number()
    alike = isinstance(found.type, Number) or column.operation in LARGEST
    return found.type if alike and found.gathers is None else Number()


def field_at(forms: Mapping[str, Form], form: Form, path: str) -> Field | None:
    """The field that a path means: a form's own, a column of its rows, or one behind a reference; None for others."""
    head, _, rest = path.partition(".")
    field = form.field(head)
    if field is None or not rest:
        return field
    if field.nested:
        return next((column for column in field.nested if column.id == rest), None)
    target = forms.get(field.leads.form) if field.leads is not None else None
    return target.field(rest) if target is not None else None
