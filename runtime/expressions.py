"""An expression being typed 编写公式: its type, its problems with fixes, and a live result."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from builder.definition import Form
from builder.expression.catalogue import FUNCTIONS
from builder.expression.check import compile_text, labels
from builder.expression.evaluate import evaluate_json
from builder.expression.parse import print_tree
from builder.expression.values import Failure, Scope
from builder.expression.worded import worded
from builder.lookups import with_ids_in_lookups, with_labels_in_lookups
from builder.problem import forbidden, invalid
from builder.scope import row_scope_of, scope_of
from runtime import compute, designing
from runtime.gate import Gate


def explain(
    gate: Gate,
    text: str,
    app: str,
    form: str,
    subform: str,
    definition: Mapping[str, Any] | None,
    values: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What the expression means in the draft of the form (or in `definition`); administrators only."""
    if not gate.actor.admin:
        raise forbidden("admins_only")
    forms = _forms(gate, app, form, definition)
    scope = _scope(forms, form, subform)
    checked = compile_text(text, scope)
    tree = with_ids_in_lookups(checked.tree, forms)
    seen = with_labels_in_lookups(worded(tree, scope), forms)
    found = {
        "ok": checked.sound,
        "type": checked.type,
        "tree": tree if checked.sound else None,
        "text": print_tree(tree) if checked.sound else text,
        "shown": print_tree(seen, labels(scope)) if checked.sound else text,
        "problems": [problem.as_json(gate.language) for problem in checked.problems],
        "dependencies": sorted(checked.dependencies),
    }
    if checked.sound and values is not None:
        found["result"] = _result(gate, app, form, tree, scope, values)
    return found


def _forms(gate: Gate, app: str, form: str, definition: Mapping[str, Any] | None) -> dict[str, Form]:
    """The forms of the draft in the asker's language, `form` as it is being designed."""
    head = designing.head_for_design(gate, app)
    parts = designing.in_words(gate, designing.parts_of(gate, head.draft))
    raw = {name.partition("/")[2]: part for name, part in parts.items() if name.startswith("forms/")}
    try:
        forms = {id: Form.model_validate(part) for id, part in raw.items()}
        if definition is not None:
            forms[form] = Form.model_validate(dict(definition))
    except ValidationError as error:
        raise invalid("draft_invalid", "definition", detail=str(error.errors()[0]["msg"])[:200]) from None
    if form not in forms:
        raise invalid("no_such_form", "form", form=form)
    return forms


def _scope(forms: Mapping[str, Form], form: str, subform: str) -> Scope:
    entry = forms[form].field(subform) if subform else None
    return row_scope_of(forms[form], entry, forms) if entry else scope_of(forms[form], forms)


def _result(gate: Gate, app: str, form: str, tree: Any, scope: Scope, values: Mapping[str, Any]) -> Any:
    live = gate.app(app)
    known = live.forms.get(form) or next(iter(live.forms.values()), None)
    if known is None:
        return None
    value = evaluate_json(tree, scope, values, compute.context(gate, known))
    return {**value.as_json(), "sentence": value.sentence(gate.language)} if isinstance(value, Failure) else value


def functions(language: str) -> list[dict[str, Any]]:
    """The function table in a language, for completion and help."""
    return [
        {
            "name": one.name, "group": one.group, "signature": one.signature, "returns": one.returns,
            "meaning": one.meaning(language), "examples": [list(example) for example in one.examples],
        }
        for one in sorted(FUNCTIONS.values(), key=lambda one: (one.group, one.name))
    ]  # fmt: skip
