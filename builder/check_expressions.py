"""Are the expressions of a form sound? 表达式检查: they name what is there, they fit, none turns in a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from builder.definition import Form
from builder.expression.check import check as check_tree
from builder.expression.mending import read
from builder.expression.parse import Tree, parse, references
from builder.expression.problem import ExpressionError
from builder.expression.values import Scope
from builder.field import Field
from builder.form_event import ANSWER, FormEvent, Further
from builder.problem import Problem, Step
from builder.scope import row_scope_of, scope_of, type_of

Place = tuple[Step, ...]


@dataclass(frozen=True)
class Written:
    """An expression where it stands: its text, its path in the form, the names it may use, what it must come to."""

    text: str
    path: Place
    scope: Scope
    wants: str | None = None


def expression_problems(form: Form, forms: Mapping[str, Form]) -> Iterator[Problem]:
    """What is wrong with each expression of the form."""
    for written in expressions(form, forms):
        for code, sentences in faults(written.text, written.scope, written.wants):
            params = {"expression": written.text[:200], "reason": code, **sentences}
            yield Problem("check_expression", written.path, params)


def faults(text: str, scope: Scope, wants: str | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """The code of each fault of one expression, with its sentence in both languages."""
    try:
        tree = read(text)
    except ExpressionError as error:
        problems = error.problems
    else:
        problems = tuple(check_tree(tree, scope, wants).problems)
    for problem in problems:
        yield problem.code, {"zh": problem.sentence("zh-CN"), "en": problem.sentence("en")}


def expressions(form: Form, forms: Mapping[str, Form]) -> Iterator[Written]:
    """Every expression of the form."""
    scope = scope_of(form, forms)
    for index, field in enumerate(form.fields):
        yield from _of_field(field, ("fields", index), scope)
        for at, column in enumerate(field.nested):
            yield from _of_field(column, ("fields", index, "fields", at), row_scope_of(form, field, forms))
    for index, rule in enumerate(form.rules):
        yield Written(rule.when, ("rules", index, "when"), scope, "boolean")
    for index, one in enumerate(form.checks):
        yield Written(one.that, ("checks", index, "that"), scope, "boolean")
    for index, action in enumerate(form.actions):
        if action.when:
            yield Written(action.when, ("actions", index, "when"), scope, "boolean")
        for id, text in action.fill.items():
            yield Written(text, ("actions", index, "fill", id), scope)
    for index, event in enumerate(form.events):
        rows = next((one for one in form.fields if one.id == event.rows and one.nested), None)
        yield from _of_event(event, ("events", index), row_scope_of(form, rows, forms) if rows else scope)


def _of_event(event: FormEvent, place: Place, scope: Scope) -> Iterator[Written]:
    """The first call's expressions and those of the further ones, which may name the answer before instead."""
    calls: list[tuple[Place, FormEvent | Further]] = [(place, event)]
    calls += [((*place, "further", at), further) for at, further in enumerate(event.further)]
    for where, call in calls:
        if call.when:
            yield Written(call.when, (*where, "when"), scope, "boolean")
        for room in ("parameters", "body"):
            for name, text in getattr(call.request, room).items():
                if call is event or not ANSWER.match(text):
                    yield Written(text, (*where, "request", room, name), scope)


def _of_field(field: Field, path: Place, scope: Scope) -> Iterator[Written]:
    for key in ("formula", "default_formula"):
        text = getattr(field, key)
        if text:
            yield Written(text, (*path, key), scope, None if field.points or field.nested else type_of(field))
    for at, option in enumerate(getattr(field.type, "options", ())):
        if option.when:
            yield Written(option.when, (*path, "options", at, "when"), scope, "boolean")


def formula_cycles(form: Form) -> Iterator[Problem]:
    """A formula that needs itself, with the way round."""
    needs = formula_needs(form)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        round_trip = list(error.args[1])[::-1]
        yield Problem("check_cycle", _place(form, round_trip[0]), {"path": " → ".join(round_trip)})


def formula_needs(form: Form) -> dict[str, set[str]]:
    """Each formula's name (`amount`, `lines.subtotal`) with the formulas it reads."""
    trees = dict(_trees(form))
    columns = {field.id: {column.id for column in field.nested} for field in form.fields}
    return {name: {one for one in trees if _reads(name, tree, one, columns)} for name, tree in trees.items()}


def _trees(form: Form) -> Iterator[tuple[str, Tree]]:
    for field in form.fields:
        for name, one in ((field.id, field), *((f"{field.id}.{column.id}", column) for column in field.nested)):
            try:
                if one.formula:
                    yield name, parse(one.formula)
            except ExpressionError:
                continue


def _reads(name: str, tree: Tree, other: str, columns: Mapping[str, set[str]]) -> bool:
    """Whether the formula called `name` reads the one called `other`; inside a row, its columns come before fields."""
    home, _, inside = name.partition(".")
    field, _, column = other.partition(".")
    for path in references(tree):
        own = bool(inside) and path[0] in columns[home]
        if own and home == field and column == path[0]:
            return True
        if not own and path[0] == field and (not column or len(path) == 1 or path[1] == column):
            return True
    return False


def _place(form: Form, name: str) -> Place:
    head, _, rest = name.partition(".")
    index = next(at for at, field in enumerate(form.fields) if field.id == head)
    if not rest:
        return ("fields", index, "formula")
    inner = next(at for at, column in enumerate(form.fields[index].nested) if column.id == rest)
    return ("fields", index, "fields", inner, "formula")
