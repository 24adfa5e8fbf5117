"""Settings that name moments, fields and expressions, held against the form 设置检查."""

from collections.abc import Iterator, Mapping

from builder.access import SYSTEM_FIELDS
from builder.check_expressions import faults
from builder.definition import Form
from builder.expression.values import Scope
from builder.field import Kind
from builder.problem import Problem, Step
from builder.validation import closest
from runtime.deadline import Moment


def moment_problems(form: Form, moment: Moment, name: str) -> Iterator[Problem]:
    """A moment counts from a date that the form has."""
    dates = [field.id for field in form.fields if field.kind is Kind.TIME]
    dates += [id for id, kind in SYSTEM_FIELDS.items() if kind == str(Kind.TIME)]
    if moment.field and moment.field not in dates:
        yield Problem(
            "workflow_no_date", ("field",), {"node": name, "name": moment.field, **closest(moment.field, dates)}
        )


def filling_problems(
    target: Form, values: Mapping[str, str], scope: Scope, name: str, *path: Step
) -> Iterator[Problem]:
    """Values go into fields that the target has and that are not computed; expressions name what there is."""
    known = {field.id: field for field in target.fields}
    for id, text in values.items():
        if id not in known:
            yield Problem("workflow_no_field", (*path, id), {"node": name, "name": id, **closest(id, known)})
        elif known[id].computed:
            yield Problem("field_computed", (*path, id), {"label": known[id].label})
        for code, sentences in faults(text, scope):
            params = {"node": name, "expression": text[:200], "reason": code, **sentences}
            yield Problem("workflow_expression", (*path, id), params)
