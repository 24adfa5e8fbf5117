"""Lists on PostgreSQL 列表的运算: a field's JSON list gone through place by place, and what is made of its items."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Numeric, Text, and_, case, cast, false, func, literal, null, or_, true
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from builder.expression.criteria import Criterion, literal_of
from builder.expression.planned import Plan
from server.store.calculated.logic import blank
from server.store.calculated.reads import number_in
from server.store.calculated.steps import (
    DIV,
    LONGEST,
    NUM,
    OPEN,
    TYPES,
    VALUE,
    WORKS,
    Calculated,
    Place,
    Sql,
    Step,
    first,
    said,
)

ABSENT: Sql = literal("[null]", Text())


class Inside(Calculated):
    """The steps at one place of the lists: what reads no item is done outside, once."""

    def __init__(self, outer: Calculated, place: Place, items: dict[str, Sql]) -> None:
        super().__init__(outer.reading, outer.source, outer.timezone, place)
        self.outer, self.items = outer, items
        self.outside: list[Step] = []

    def step(self, plan: Plan) -> Step:
        """The step that carries out the plan, here or outside."""
        if _reads_items(plan):
            return super().step(plan)
        found = self.outer.step(plan)
        self.outside.append(found)
        return found

    def here(self, plan: Plan) -> Step:
        """The same as a step of this place, so that it can be aggregated here."""
        found = self.step(plan)
        return found if _reads_items(plan) else self.fenced(found.kind, found.value)


def _reads_items(plan: Plan) -> bool:
    return plan.work == "cell" or (plan.work != "gather" and any(map(_reads_items, plan.parts)))


def _gather(at: Calculated, plan: Plan) -> Step:
    operation, tests = plan.value
    lists, more = plan.parts[: tests + 1], [at.step(part) for part in plan.parts[tests + 1 :]]
    names = list(dict.fromkeys(name for part in lists for name in part.value))
    held = {name: _list(at, name) for name in names if name}
    lengths = [func.jsonb_array_length(held[name][0]) if name else literal(1) for name in names]
    count = at.fenced("number", lengths[0]).value
    different = case((or_(false(), *(length != count for length in lengths[1:])), literal(VALUE)))
    series = func.generate_series(0, cast(count, Integer) - 1).table_valued("i").render_derived(at.place.name("each"))
    items: dict[str, Sql] = {
        name: array.op("->", return_type=JSONB())(cast(series.c.i, Integer)) for name, (array, _) in held.items()
    }
    inside = Inside(at, Place(at.place, series), items)
    value, *kept = (inside.here(part.parts[0]) for part in lists)
    if plan.parts[0].parts[0].work == "cell":
        value = _blank_alone(inside, operation, value, held[plan.parts[0].parts[0].value[0]][1])
    keep = and_(true(), *(test.value for test in kept)) if kept else None
    made = GATHERED[operation](value, keep, series.c.i, more)
    failed: list[Sql | None] = [step.failure for step in (value, *kept)]
    bad = _first_of(first(failed), series.c.i)
    found = inside.place.closed(cast(made, TYPES[plan.kind]).label("v"), cast(bad, Text).label("e"))
    outside: list[Sql | None] = [step.failure for step in (*inside.outside, *more)]
    return at.fenced(plan.kind, found.c.v, first([*outside, different, found.c.e, _own(operation, found)]))


def _blank_alone(at: Calculated, operation: str, value: Step, absent: Sql) -> Step:
    """A list that is not there: for AND and its like it does not hold, for ISEMPTY it has no items."""
    if operation in ("every", "some", "odd"):
        told = func.coalesce(_truths(value), case((absent, false())))
        return at.fenced("boolean", told, value.failure)
    return at.fenced("boolean", case((~absent, true())), value.failure) if operation == "length" else value


def _list(at: Calculated, name: str) -> tuple[Sql, Sql]:
    """What a field holds as a list, and whether nothing stands there: that is a single blank, as for the evaluator."""
    place, id, _ = at.reading.resolve(name, at.source)
    held = at.reading.entries(place, id)
    there = func.coalesce(func.jsonb_typeof(held) == "array", false())
    absent = at.fenced("boolean", ~there).value
    return at.fenced("any", case((there, held), else_=cast(ABSENT, JSONB))).value, absent


def _first_of(failure: Sql | None, place: Sql) -> Sql:
    if failure is None:
        return null()
    told = func.array_agg(aggregate_order_by(failure, place)).filter(failure.is_not(None))
    return cast(func.array_to_json(told), JSONB).op("->>", return_type=Text())(0)


def _cell(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    name, inner = plan.value
    assert isinstance(at, Inside)
    item = at.items[name]
    if plan.kind == "any" and not inner:
        return at.fenced("any", item)
    raw = item.op("->>", return_type=Text())(inner) if inner else said(item)
    return at.read(plan.kind, raw)


def _numbers(step: Step) -> Sql:
    """The number that an item is, NULL for others."""
    if step.kind == "number":
        return step.value
    if step.kind == "any":
        return case((_type(step) == "number", cast(_words(step), Numeric)))
    return cast(null(), Numeric)


def _type(step: Step) -> Sql:
    return func.jsonb_typeof(step.value)


def _words(step: Step) -> Sql:
    return said(step.value)


def _truths(step: Step) -> Sql:
    """The truth that an item is, NULL for others."""
    if step.kind == "boolean":
        return step.value
    if step.kind == "any":
        truth = case((_type(step) == "boolean", _words(step) == "true"))
        return func.coalesce(truth, _numbers(step) != 0)
    return step.value != 0 if step.kind == "number" else cast(null(), TYPES["boolean"])


def _counts(step: Step) -> Sql:
    """Whether COUNT counts an item: numbers, dates, rows."""
    if step.kind == "any":
        return _type(step).in_(("number", "object"))
    return step.value.is_not(None) if step.kind in ("number", "date", "datetime") else false()


def _only(aggregate: Any, keep: Sql | None) -> Sql:
    found: Sql = aggregate if keep is None else aggregate.filter(keep)
    return found


def _counted(test: Callable[[Step], Sql]) -> Callable[..., Sql]:
    def made(step: Step, keep: Sql | None, place: Sql, more: list[Step]) -> Sql:
        return func.count().filter(test(step) if keep is None else and_(keep, test(step)))

    return made


def _of_numbers(aggregate: Callable[[Sql], Any]) -> Callable[..., Sql]:
    return lambda step, keep, place, more: _only(aggregate(_numbers(step)), keep)


def _of_truths(aggregate: Callable[[Sql], Any]) -> Callable[..., Sql]:
    return lambda step, keep, place, more: _only(aggregate(_truths(step)), keep)


def _sorted(step: Step, down: bool) -> Sql:
    number = _numbers(step)
    order = number.desc() if down else number.asc()
    return func.array_agg(aggregate_order_by(number, order)).filter(number.is_not(None))


def _at_place(numbers: Sql, place: Sql) -> Sql:
    return cast(func.to_jsonb(numbers).op("->>", return_type=Text())(place), Numeric)


def _ranked(down: bool) -> Callable[..., Sql]:
    def made(step: Step, keep: Sql | None, place: Sql, more: list[Step]) -> Sql:
        wanted = more[0].value
        inside = case((wanted.between(1, LONGEST), cast(func.trunc(wanted), Integer)), else_=0)
        found = case((inside >= 1, _at_place(_sorted(step, down), inside - 1)))
        return case((wanted <= func.count(_numbers(step)), found))

    return made


def _median(step: Step, keep: Sql | None, place: Sql, more: list[Step]) -> Sql:
    count, numbers = func.count(_numbers(step)), _sorted(step, False)
    low, high = (_at_place(numbers, cast(func.div(one, 2), Integer)) for one in (count - 1, count))
    return (low + high) * Decimal("0.5")


def _join(step: Step, keep: Sql | None, place: Sql, more: list[Step]) -> Sql:
    return func.string_agg(func.coalesce(step.value, ""), aggregate_order_by(more[0].value, place))


GATHERED: dict[str, Callable[..., Sql]] = {
    "sum": _of_numbers(func.sum), "least": _of_numbers(func.min), "greatest": _of_numbers(func.max),
    "count": _counted(_counts), "held": _counted(lambda step: ~blank(step)), "blank": _counted(blank),
    "places": _counted(lambda step: true()),
    "length": lambda step, keep, place, more: func.nullif(func.count(step.value), 0),
    "every": _of_truths(func.bool_and), "some": _of_truths(func.bool_or),
    "odd": _of_truths(lambda truth: func.mod(func.sum(cast(truth, Integer)), 2) == 1),
    "large": _ranked(True), "small": _ranked(False), "median": _median, "join": _join,
}  # fmt: skip


def _own(operation: str, found: Any) -> Sql | None:
    """How an operation fails that finds no such place, or too much text."""
    if operation in ("large", "small", "median"):
        return case((found.c.v.is_(None), literal(NUM)))
    return case((func.length(found.c.v) > LONGEST, literal(VALUE))) if operation == "join" else None


def _meets(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    step, wanted = parts[0], plan.value
    if not isinstance(wanted, Criterion):
        same = _numbers(step) == wanted if not isinstance(wanted, bool) else _same_truth(step, wanted)
        return at.done(plan, func.coalesce(same, false()), step)
    nothing, other = blank(step), wanted.sign == "<>"
    if wanted.operand == "":
        answer: Sql = {"=": nothing, "<>": ~nothing}.get(wanted.sign, false())
        return at.done(plan, answer, step)
    held = [(nothing, literal(other)), *_by_kind(at, step, wanted)]
    return at.done(plan, func.coalesce(case(*held, else_=literal(other)), literal(other)), step)


def _same_truth(step: Step, wanted: bool) -> Sql:
    if step.kind == "any":
        return and_(_type(step) == "boolean", _words(step) == str(wanted).lower())
    return step.value == wanted if step.kind == "boolean" else false()


def _by_kind(at: Calculated, step: Step, wanted: Criterion) -> list[tuple[Sql, Sql]]:
    """What a criterion says of an item of each kind that it may be."""
    sign, other = wanted.sign, literal(wanted.sign == "<>")
    number = literal(wanted.number, Numeric()) if wanted.number is not None else None
    if step.kind == "any":
        numeric = other if number is None else _numbers(step).op(sign, is_comparison=True)(number)
        return [
            (_type(step) == "number", numeric),
            (_type(step) == "boolean", _truth_meets(func.upper(_words(step)), wanted)),
            (_type(step) == "string", _text_meets(at, _words(step), wanted)),
        ]
    if step.kind == "number":
        return [(true(), other if number is None else step.value.op(sign, is_comparison=True)(number))]
    if step.kind == "boolean":
        return [(true(), _truth_meets(func.upper(cast(step.value, Text)), wanted))]
    return [(true(), _text_meets(at, step.value, wanted))] if step.kind == "text" else [(true(), other)]


def _truth_meets(word: Sql, wanted: Criterion) -> Sql:
    same = word == wanted.operand.strip().upper()
    return same if wanted.sign == "=" else ~same if wanted.sign == "<>" else false()


def _text_meets(at: Calculated, words: Sql, wanted: Criterion) -> Sql:
    if wanted.sign not in ("=", "<>"):
        if wanted.number is not None:
            return false()
        return func.coalesce(words, "").collate("C").op(wanted.sign, is_comparison=True)(wanted.operand)
    if wanted.pieces is None:
        same = words == literal_of(wanted.operand)
    else:
        same = words.like("".join(map(_like, wanted.pieces)), escape="\\")
    if wanted.number is not None:
        same = or_(same, func.coalesce(number_in(words) == wanted.number, false()))
    return same if wanted.sign == "=" else ~same


def _like(piece: str) -> str:
    if piece in ("*", "?"):
        return {"*": "%", "?": "_"}[piece]
    return "\\" + piece[-1] if piece[-1] in "\\%_" else piece[-1]


def _there(join: Callable[..., Sql]) -> Callable[[Calculated, Plan, list[Step]], Step]:
    """AND and its like over lists, which fail when no truth is among the items."""

    def made(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
        held = [part.value for part in parts]
        none = case((and_(*(value.is_(None) for value in held)), literal(VALUE)))
        return at.done(plan, join(held), *parts, own=none)

    return made


def _odd(held: list[Sql]) -> Sql:
    total: Sql = literal(0)
    for value in held:
        total = total + case((value, 1), else_=0)
    return func.mod(total, 2) == 1


def _mean(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    total, count = parts
    none = case((count.value == 0, literal(DIV)))
    quotient = case((count.value != 0, func.round(func.coalesce(total.value, 0), 120) / count.value))
    return at.exact(plan, quotient, total, count, own=none)


def _number_of(at: Calculated, plan: Plan, parts: list[Step]) -> Step:
    return at.done(plan, _numbers(parts[0]), parts[0])


WORKS.update({
    "cell": _cell, "meets": _meets, "mean": _mean, "number_of": _number_of,
    "and_there": _there(lambda held: and_(*(func.coalesce(value, true()) for value in held))),
    "or_there": _there(lambda held: or_(*(func.coalesce(value, false()) for value in held))), "xor_there": _there(_odd),
})  # fmt: skip
OPEN["gather"] = _gather
