"""Do the conditions of a branch fit together? 条件检查: never true, never reached, both true, or a hole between them.

The values at which anything can change are those that the conditions name: the conditions are asked at each of them
and between each two, with the real evaluator, so what is found always comes with an example.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise, product
from typing import Any

from builder.definition import App, Form, Workflow
from builder.expression.check import labels
from builder.expression.parse import Tree, parse, print_tree, references
from builder.expression.problem import ExpressionError
from builder.expression.program import Program
from builder.expression.table import FUNCTIONS
from builder.expression.values import Context, Scope
from builder.expression.worded import worded
from builder.field import Field, Kind
from builder.problem import Problem
from builder.scope import scope_of
from runtime.drawing import Ways, path, ways
from runtime.node import NodeType
from runtime.units import decimal_text

Json = Any
Sample = Mapping[str, Json]
EXPRESSIONS = frozenset({"expression", "first", "second"})
"""What of a problem is a condition."""
MOST = 300
"""How many combinations of values are tried; a branch that would need more is not judged."""
WAYS = 20
"""For how many different examples the way is looked for that a record with these values takes."""
AT = Context()


@dataclass(frozen=True)
class Asked:
    """A field that conditions may be judged on: a number, a yes or no, or a choice with its options in words."""

    id: str
    label: str
    kind: Kind
    options: Mapping[str, str] | None = None


Known = Mapping[str, Asked]


def branch_problems(app: App, workflow: Workflow, kinds: Mapping[str, NodeType]) -> Iterator[Problem]:
    """What is odd about the conditions of every branch; paths start at the workflow."""
    form = app.forms[workflow.form]
    scope, known = scope_of(form, app.forms), _known(form)
    taken = _Taken(workflow, kinds, scope)
    for id, kind in kinds.items():
        if kind.guards:
            for problem in _of(scope, known, kind, workflow.nodes[id].label or id):
                before = taken.way_to(id, problem.params.get("example") or {})
                exit = str(problem.path[-1])
                problem = _in_words(problem, scope)
                target = workflow.nodes[id].on.get(exit, "")
                line = [*before, *([target] if target in workflow.nodes else [])]
                params = {**problem.params, "nodes": line}
                yield Problem(problem.code, ("nodes", id, *problem.path), params)


class _Taken:
    """The ways that a record takes; where a branch asks about more than its example says, all of its ways."""

    def __init__(self, workflow: Workflow, kinds: Mapping[str, NodeType], scope: Scope) -> None:
        self.start, self.nodes, self.all, self.kinds = workflow.start, workflow.nodes, ways(workflow), kinds
        self.known: dict[tuple[tuple[str, Json], ...], Ways] = {}
        trees = {id: _trees(kind.guards) for id, kind in kinds.items() if kind.guards and not kind.splits}
        self.asked = {id: {way[0] for tree in found.values() for way in references(tree)}
                      for id, found in trees.items() if found}  # fmt: skip
        self.programs = {id: {exit: Program(["call", "AND", tree], scope) for exit, tree in (trees[id] or {}).items()}
                         for id in self.asked}  # fmt: skip

    def way_to(self, node: str, sample: Sample) -> list[str]:
        """From the start to a node, with these values if that can be."""
        key = tuple(sample.items())
        if sample and key not in self.known and len(self.known) < WAYS:
            self.known[key] = {id: self._turns(id, sample) or targets for id, targets in self.all.items()}
        return path(self.known.get(key, self.all), self.start, node) or path(self.all, self.start, node) or [node]

    def _turns(self, id: str, sample: Sample) -> tuple[str, ...]:
        if not self.asked.get(id, {None}) <= set(sample):
            return ()
        true = (exit for exit, made in self.programs[id].items() if _true(made, sample))
        target = self.nodes[id].on.get(next(true, self.kinds[id].otherwise), "")
        return (target,) if target in self.nodes else ()


def _in_words(problem: Problem, scope: Scope) -> Problem:
    """Conditions as people read them: labels of fields and options where the drawing has their ids."""
    said = {key: _spoken(problem.params[key], scope) for key in EXPRESSIONS & set(problem.params)}
    return replace(problem, params={**problem.params, **said})


def _spoken(text: str, scope: Scope) -> str:
    return print_tree(worded(parse(text), scope), labels(scope))[:200]


def _of(scope: Scope, known: Known, kind: NodeType, name: str) -> Iterator[Problem]:
    trees = _trees(kind.guards)
    fields = None if trees is None else _fields(known, trees.values())
    if trees is None or fields is None:
        return
    samples = _samples(fields, list(trees.values()))
    if samples is None:
        return
    programs = {exit: Program(["call", "AND", tree], scope) for exit, tree in trees.items()}
    holds = {exit: {at for at, one in enumerate(samples) if _true(made, one)} for exit, made in programs.items()}
    yield from _judged(kind, holds, samples, fields, name)


def uncovered(app: App, workflow: Workflow, kind: NodeType) -> dict[str, Json]:
    """A record of which none of the conditions is true, as `example` and in words; nothing where none can be found."""
    form = app.forms[workflow.form]
    trees = _trees(kind.guards)
    fields = None if trees is None else _fields(_known(form), trees.values())
    samples = None if trees is None or fields is None else _samples(fields, list(trees.values()))
    if not trees or not fields or not samples:
        return {}
    scope = scope_of(form, app.forms)
    programs = [Program(["call", "AND", tree], scope) for tree in trees.values()]
    free = (sample for sample in samples if not any(_true(made, sample) for made in programs))
    return next((_shown(fields, sample) for sample in free), {})


def _known(form: Form) -> Known:
    """The fields on which conditions may be judged."""
    return {field.id: asked for field in form.fields if (asked := _asked(field)) is not None}


def _true(program: Program, sample: Sample) -> bool:
    return program.json(sample, AT) is True


def _trees(guards: Mapping[str, str]) -> dict[str, Tree] | None:
    """The conditions parsed; None when one cannot be, or depends on the day."""
    try:
        trees = {exit: parse(text) for exit, text in guards.items()}
    except ExpressionError:
        return None
    steady = all(FUNCTIONS[name].timeless for tree in trees.values() for name in _calls(tree) if name in FUNCTIONS)
    return trees if steady else None


def _calls(tree: Tree) -> Iterator[str]:
    if tree and tree[0] == "call":
        yield str(tree[1])
    for part in tree[1:]:
        if isinstance(part, list):
            yield from _calls(part)


def _fields(known: Known, trees: Any) -> list[Asked] | None:
    """The fields that are asked about; None when one is not a number, a choice or a yes or no of the record itself."""
    found: dict[str, Asked] = {}
    for tree in trees:
        for way in references(tree):
            field = known.get(way[0])
            if field is None or len(way) > 1:
                return None
            found[field.id] = field
    return list(found.values())


def _asked(field: Field) -> Asked | None:
    if field.offers is not None and field.kind is Kind.TEXT:
        options = {option.id: option.label for option in getattr(field.type, "options", ())}
        return Asked(field.id, field.label, field.kind, {id: options.get(id, id) for id in field.offers.option_ids()})
    return Asked(field.id, field.label, field.kind) if field.kind in (Kind.NUMBER, Kind.BOOLEAN) else None


def _samples(fields: Sequence[Asked], trees: Sequence[Tree]) -> list[Sample] | None:
    """Every combination of the values at which something can change; blank comes last."""
    numbers = sorted({number for tree in trees for number in _numbers(tree)})
    values = [_values(field, numbers) for field in fields]
    count = 1
    for each in values:
        count *= len(each)
    if count > MOST:
        return None
    ids = [field.id for field in fields]
    return [dict(zip(ids, each, strict=True)) for each in product(*values)]


def _numbers(tree: Tree) -> Iterator[Decimal]:
    if tree and tree[0] == "num":
        try:
            yield Decimal(str(tree[1]))
        except InvalidOperation:
            return
    for part in tree[1:]:
        if isinstance(part, list):
            inside = _numbers(part)
            yield from (-each for each in inside) if tree[0] == "neg" else inside


def _values(field: Asked, numbers: Sequence[Decimal]) -> list[Json]:
    if field.options is not None:
        return [*field.options, None]
    if field.kind is Kind.BOOLEAN:
        return [True, False, None]
    between = [(one + other) / 2 for one, other in pairwise(numbers)]
    ends = [numbers[0] - 1, numbers[-1] + 1] if numbers else [Decimal(1)]
    return [*(decimal_text(each) for each in sorted({*numbers, *between, *ends})), None]


def _judged(
    kind: NodeType, holds: Mapping[str, set[int]], samples: Sequence[Sample], fields: Sequence[Asked], name: str
) -> Iterator[Problem]:
    said = {at for at, sample in enumerate(samples) if None not in sample.values()}
    before: set[int] = set()
    for exit, true in holds.items():
        params = {"node": name, "exit": exit, "expression": kind.guards[exit]}
        if not true:
            yield Problem("workflow_never_true", ("when", exit), params)
        elif not kind.splits and true <= before:
            yield Problem("workflow_never_reached", ("when", exit), {**params, **_shown(fields, samples[min(true)])})
        elif not kind.splits:
            yield from _overlaps(kind, holds, exit, said, samples, fields, name)
        before |= true
    hole = _hole(holds, samples, fields, said - before) if len(holds) > 1 else None
    if hole is not None:
        yield Problem("workflow_hole", ("on", kind.otherwise), {"node": name, **_shown(fields, hole)})


def _overlaps(
    kind: NodeType, holds: Mapping[str, set[int]], exit: str, said: set[int], samples: Sequence[Sample],
    fields: Sequence[Asked], name: str,
) -> Iterator[Problem]:  # fmt: skip
    """An earlier condition that is true of some of the same values; one inside the other is a staircase, and meant."""
    for other, true in holds.items():
        if other == exit:
            return
        both = true & holds[exit] & said
        if both and not true <= holds[exit]:
            params = {"node": name, "first": kind.guards[other][:200], "second": kind.guards[exit]}
            yield Problem("workflow_overlap", ("when", exit), {**params, **_shown(fields, samples[min(both)])})
            return


def _hole(
    holds: Mapping[str, set[int]], samples: Sequence[Sample], fields: Sequence[Asked], free: set[int]
) -> Sample | None:
    """A number between two that are spoken of, while it is not itself; or the one option that nobody speaks of."""
    if len(fields) != 1 or not free:
        return None
    [field], spoken = (
        fields,
        set().union(*holds.values()) - {at for at, sample in enumerate(samples) if None in sample.values()},
    )
    if field.options is not None:
        return samples[min(free)] if len(free) == 1 and len(spoken) > 1 else None
    if field.kind is not Kind.NUMBER:
        return None
    inside = [at for at in sorted(free) if any(one < at for one in spoken) and any(one > at for one in spoken)]
    return samples[inside[0]] if inside else None


def _shown(fields: Sequence[Asked], sample: Sample) -> dict[str, Json]:
    """An example, for the canvas by id and for the sentence in words."""
    words = [f"{field.label} = {_word(field, sample[field.id])}" for field in fields]
    return {"example": dict(sample), "values": ", ".join(words)}


def _word(field: Asked, value: Json) -> str:
    return "–" if value is None else str((field.options or {}).get(value, value))
