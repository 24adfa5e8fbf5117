"""An expression being typed 编写公式: its type, its problems with fixes, and a live result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from builder.calculated import Refused, reckoned
from builder.definition import Form
from builder.expression.catalogue import FUNCTIONS
from builder.expression.check import as_condition, compile_text, labels
from builder.expression.evaluate import evaluate_json
from builder.expression.parse import Tree, print_tree
from builder.expression.problem import Problem
from builder.expression.values import Context, Failure, Scope
from builder.expression.worded import worded
from builder.formula_places import tree_of
from builder.lookups import with_ids_in_lookups, with_labels_in_lookups
from builder.problem import forbidden, invalid
from builder.scope import own_scope, row_scope_of, scope_of
from runtime import calculating, compute, designing
from runtime.drafted import in_words
from runtime.gate import Gate
from runtime.reckoning import CONDITIONS

Stored = Literal["", "filter", "rows"]
"""Who carries it out: a record's own evaluator, or a database as a condition, of everything or of rows of a group."""


@dataclass(frozen=True)
class Draft:
    """What is being written: its text, for which form, what it must come to and who is to carry it out.

    With `live` it is read as the asker's own question to the published form; else as the designer sees the draft."""

    text: str
    app: str
    form: str
    subform: str = ""
    definition: Mapping[str, Any] | None = None
    values: Mapping[str, Any] | None = None
    live: bool = False
    wanted: str = ""
    stored: Stored = ""


def explain(gate: Gate, asked: Draft) -> dict[str, Any]:
    """What the formula means. Of the draft administrators are told; of the published form who may read it."""
    scope, forms = _surroundings(gate, asked)
    checked = compile_text(asked.text, scope, asked.wanted or None)
    tree = with_ids_in_lookups(checked.tree, forms)
    seen = with_labels_in_lookups(worded(tree, scope), forms)
    parsed = tree_of(asked.text) is not None
    problems = [problem.as_json(gate.language) for problem in checked.problems]
    problems = problems or list(_beyond(gate, asked, scope))
    found = {
        "ok": not problems,
        "type": checked.type,
        "tree": None if problems else tree,
        "text": print_tree(tree) if checked.sound else asked.text,
        "shown": print_tree(seen, labels(scope)) if parsed else asked.text,
        "problems": problems,
        "dependencies": sorted(checked.dependencies),
    }
    if not problems and asked.values is not None:
        found["result"] = _result(gate, asked, tree, scope)
    return found


def _surroundings(gate: Gate, asked: Draft) -> tuple[Scope, dict[str, Form]]:
    """The names that may be used, and the forms that may be looked into by name."""
    if asked.live:
        live = gate.form(asked.app, asked.form)
        return calculating.readable(gate, live, gate.need(live, "read")), {}
    if not gate.actor.admin:
        raise forbidden("admins_only")
    forms = _forms(gate, asked.app, asked.form, asked.definition)
    scope = _scope(forms, asked.form, asked.subform)
    return own_scope(scope) if asked.stored == "rows" else scope, forms


def _beyond(gate: Gate, asked: Draft, scope: Scope) -> Iterator[dict[str, Any]]:
    """Why a database cannot carry it out as a condition, if one is to."""
    found = reckoned(asked.text, scope, Context(gate.now, gate.timezone, me=gate.person)) if asked.stored else None
    if isinstance(found, Refused):
        said = found.zh if gate.language == "zh-CN" else found.en
        nowhere = dict.fromkeys(("start", "end", "fix"))
        yield {"code": "not_reckoned", "params": {}, **nowhere, "words": said, "sentence": said}
    elif found is not None and found.kind not in CONDITIONS:
        fix = as_condition(asked.text.strip(), found.kind)
        params = {"wanted": "boolean", "type": found.kind}
        yield Problem("result_type", params, 0, len(asked.text), fix).as_json(gate.language)


def _forms(gate: Gate, app: str, form: str, definition: Mapping[str, Any] | None) -> dict[str, Form]:
    """The forms of the draft in the asker's language, `form` as it is being designed."""
    head = designing.head_for_design(gate, app)
    parts = in_words(gate, designing.parts_of(gate, head.draft))
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


def _result(gate: Gate, asked: Draft, tree: Tree, scope: Scope) -> Any:
    live = gate.app(asked.app)
    known = live.forms.get(asked.form) or next(iter(live.forms.values()), None)
    if known is None:
        return None
    value = evaluate_json(tree, scope, asked.values or {}, compute.context(gate, known))
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
