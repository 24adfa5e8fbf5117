"""Lists in a plan 下推的列表: columns of subforms and choices, place by place, and what is made of them."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from builder.expression.criteria import asked
from builder.expression.planned import (
    ZERO,
    Beyond,
    Plan,
    boolean,
    compared,
    constant,
    number,
    or_else,
    text,
)
from builder.expression.pushed_calls import Call, counted
from builder.expression.values import Context, Shape

ITEMS = {"number": "number", "text": "text", "boolean": "boolean", "date": "date", "datetime": "datetime",
         "any": "any"}  # fmt: skip


def column(name: str, shape: Shape, inner: str = "") -> Plan:
    """The list that a field holds, or a column of its rows; raises `Beyond` for what is no plain list."""
    item = shape.inside[inner].type if inner and inner in shape.inside else shape.item if not inner else ""
    if shape.target is not None or item not in ITEMS:
        raise Beyond("pushed_no_field", name=f"{name}.{inner}".strip(".")[:80])
    return Plan("list", "list", (Plan(ITEMS[item], "cell", (), (name, inner)),), (name,))


def rows(name: str) -> Plan:
    """The rows of a subform, to be counted."""
    return Plan("list", "list", (Plan("any", "cell", (), (name, "")),), (name,))


def listed(part: Plan) -> Plan:
    """A value as a list of one, which goes together only with lists that have one item too."""
    return part if part.kind == "list" else Plan("list", "list", (part,), ("",))


def each(work: Callable[[list[Plan]], Plan], parts: Sequence[Plan]) -> Plan:
    """An operator on lists: what it does at every place. Lists of different lengths fail when they are gone through."""
    cells = [part.parts[0] if part.kind == "list" else part for part in parts]
    return Plan("list", "list", (work(cells),), _sources(parts))


def _sources(parts: Sequence[Plan]) -> tuple[str, ...]:
    """The fields that are gone through; two lists of one place go together only with each other."""
    return tuple(dict.fromkeys(name for part in parts if part.kind == "list" for name in part.value))


def gathered(kind: str, operation: str, values: Plan, tests: Sequence[Plan] = (), more: Sequence[Plan] = ()) -> Plan:
    """What is made of a list's items, of those at whose place every test holds."""
    return Plan(kind, "gather", (values, *tests, *more), (operation, len(tests)))


def several(work: str) -> Call:
    """SUM and its like: blanks are passed over; single truth values count, those in lists and texts do not."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        return Plan("number", work, tuple(found for part in parts for found in _numbers(part, work)))

    return counted(1)(made)


def _numbers(part: Plan, work: str) -> list[Plan]:
    if part.kind == "list":
        if part.parts[0].kind in ("date", "datetime") and work != "count":
            raise Beyond("pushed_several")
        return [gathered("number", work, part)]
    if part.kind == "text" and (part.work in ("field", "constant")):
        return []
    if part.kind == "boolean" and part.sure:
        return [] if work == "count" else [number(part)]
    if part.kind not in ("number", "blank"):
        raise Beyond("pushed_several")
    return [part] if part.kind == "number" or part.work == "failure" else []


@counted(1)
def _count(parts: Sequence[Plan], at: Context) -> Plan:
    found = [gathered("number", "count", part) for part in parts if part.kind == "list"]
    single = [part for part in parts if part.kind != "list"]
    if single:
        found.append(several("count")(single, at))
    return Plan("number", "sum", tuple(found))


@counted(1)
def _average(parts: Sequence[Plan], at: Context) -> Plan:
    return Plan("number", "mean", (several("sum")(parts, at), _count(parts, at)))


def _held(operation: str) -> Call:
    """How many of the values are there, or are not."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        return Plan("number", "sum", tuple(gathered("number", operation, listed(part)) for part in parts))

    return counted(1)(made)


def truths(work: str, operation: str) -> Call:
    """AND, OR and XOR: single values must read as truths; in lists, blanks and texts are passed over."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        if all(part.kind != "list" for part in parts):
            return Plan("boolean", work, tuple(map(boolean, parts)))
        found = [gathered("boolean", operation, part) if part.kind == "list" else boolean(part) for part in parts]
        return Plan("boolean", f"{work}_there", tuple(found))

    return counted(1)(made)


def _ranked(operation: str) -> Call:
    def made(parts: Sequence[Plan], at: Context) -> Plan:
        if parts[0].kind not in ("list", "number"):
            raise Beyond("pushed_several")
        return gathered("number", operation, listed(parts[0]), (), (number(parts[1]),))

    return counted(2, 2)(made)


@counted(1)
def _median(parts: Sequence[Plan], at: Context) -> Plan:
    if len(parts) > 1 or parts[0].kind != "list":
        raise Beyond("pushed_several")
    return gathered("number", "median", parts[0])


@counted(1)
def _product(parts: Sequence[Plan], at: Context) -> Plan:
    """Of single values: blanks are passed over, and of nothing but blanks it is 0. No database multiplies a list."""
    if any(part.kind == "list" for part in parts):
        raise Beyond("pushed_product")
    found = [number for part in parts for number in _numbers(part, "sum")]
    product, all_blank = constant(Decimal(1)), constant(True)
    for part in found:
        blank = Plan("boolean", "is_blank", (part,))
        factor = part if part.sure else Plan("number", "or_else", (part, constant(Decimal(1))))
        product = Plan("number", "multiply", (product, factor))
        all_blank = Plan("boolean", "and", (all_blank, blank))
    return Plan("number", "if", (all_blank, ZERO, product))


@counted(1)
def _sumproduct(parts: Sequence[Plan], at: Context) -> Plan:
    lists = [listed(part) for part in parts]
    product = _as_number(lists[0].parts[0])
    for part in lists[1:]:
        product = Plan("number", "multiply", (product, _as_number(part.parts[0])))
    return or_else(gathered("number", "sum", Plan("list", "list", (product,), _sources(lists))))


def _as_number(cell: Plan) -> Plan:
    if cell.kind == "number":
        return or_else(cell)
    return or_else(Plan("number", "number_of", (cell,))) if cell.kind == "any" else ZERO


def _meeting(cells: Plan, wanted: Plan, at: Context) -> Plan:
    """Where a criterion holds. A text must be known beforehand, for it may begin with a sign or be a pattern."""
    cell, value = cells.parts[0], wanted.value
    if wanted.work != "constant":
        return Plan("list", "list", (_like_a_field(cell, wanted, at),), cells.value)
    if isinstance(value, str):
        if cell.kind in ("date", "datetime") and asked(value, at).moment is not None:
            raise Beyond("pushed_criterion")
        test = Plan("boolean", "meets", (cell,), asked(value, at))
    elif value is None:
        test = Plan("boolean", "is_blank", (cell,))
    else:
        same = compared("=", cell, wanted, at) if cell.kind == wanted.kind else None
        if same is None and cell.kind not in ("any", "blank"):
            raise Beyond("pushed_compares", type=cell.kind, wanted=wanted.kind)
        test = Plan("boolean", "meets", (cell,), value) if same is None else _there(cell, same)
    return Plan("list", "list", (test,), cells.value)


def _like_a_field(cell: Plan, wanted: Plan, at: Context) -> Plan:
    """Whether a cell is what a field holds; a blank field asks for blanks."""
    if wanted.kind not in ("number", "boolean", "date", "datetime") or cell.kind != wanted.kind:
        raise Beyond("pushed_criterion")
    same = _there(cell, compared("=", cell, wanted, at))
    if wanted.sure:
        return same
    blank = Plan("boolean", "is_blank", (wanted,))
    return Plan("boolean", "if", (blank, Plan("boolean", "is_blank", (cell,)), same))


def _there(cell: Plan, same: Plan) -> Plan:
    return Plan("boolean", "and", (Plan("boolean", "not", (Plan("boolean", "is_blank", (cell,)),)), same))


def _tests(parts: Sequence[Plan], at: Context) -> list[Plan]:
    if len(parts) % 2:
        raise Beyond("pushed_arguments")
    return [_meeting(listed(cells), wanted, at) for cells, wanted in zip(parts[::2], parts[1::2], strict=True)]


def _picked(operation: str) -> Call:
    """SUMIF and AVERAGEIF: the numbers stand beside the cells, or are the cells themselves."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        values = listed(parts[2] if len(parts) > 2 else parts[0])
        return _outcome(operation, values, _tests(parts[:2], at))

    return counted(2, 3)(made)


def _among(operation: str) -> Call:
    """SUMIFS and its like: first the numbers, then cells and criteria in turn."""
    return counted(3)(lambda parts, at: _outcome(operation, listed(parts[0]), _tests(parts[1:], at)))


def _outcome(operation: str, values: Plan, tests: list[Plan]) -> Plan:
    if values.parts[0].kind in ("date", "datetime"):
        raise Beyond("pushed_several")
    if operation == "mean":
        return Plan("number", "mean", tuple(gathered("number", one, values, tests) for one in ("sum", "count")))
    return or_else(gathered("number", operation, values, tests))


@counted(2)
def _places(parts: Sequence[Plan], at: Context) -> Plan:
    return gathered("number", "places", listed(parts[0]), _tests(parts, at))


@counted(2, 2)
def _contains(parts: Sequence[Plan], at: Context) -> Plan:
    where, what = parts
    if where.kind == "list" and where.parts[0].kind == "text" and what.kind == "text":
        same = Plan("boolean", "exact", (where.parts[0], or_else(what)))
        return or_else(gathered("boolean", "some", Plan("list", "list", (same,), where.value)))
    if where.kind != "text" or what.kind != "text":
        raise Beyond("pushed_several")
    return Plan("boolean", "contains", (where, what))


@counted(2, 2)
def _join(parts: Sequence[Plan], at: Context) -> Plan:
    items = listed(parts[0])
    said = Plan("list", "list", (text(items.parts[0]),), items.value)
    return or_else(gathered("text", "join", said, (), (text(parts[1]),)))


def _about(work: str) -> Call:
    """ISEMPTY and ISBLANK: a list is blank when nothing is in it."""

    def made(parts: Sequence[Plan], at: Context) -> Plan:
        if parts[0].kind == "list":
            return Plan("boolean", work, (gathered("number", "length", parts[0]),))
        return Plan("boolean", work, tuple(parts))

    return counted(1, 1)(made)


LISTS: dict[str, Call] = {
    "SUM": several("sum"), "COUNT": _count, "AVERAGE": _average, "MIN": several("least"), "MAX": several("greatest"),
    "COUNTA": _held("held"), "COUNTBLANK": _held("blank"), "LARGE": _ranked("large"), "SMALL": _ranked("small"),
    "MEDIAN": _median, "PRODUCT": _product,
    "AND": truths("and", "every"), "OR": truths("or", "some"), "XOR": truths("xor", "odd"),
    "SUMPRODUCT": _sumproduct, "SUMIF": _picked("sum"), "AVERAGEIF": _picked("mean"), "SUMIFS": _among("sum"),
    "AVERAGEIFS": _among("mean"), "MAXIFS": _among("greatest"), "MINIFS": _among("least"), "COUNTIF": _places,
    "COUNTIFS": _places, "CONTAINS": _contains, "JOIN": _join, "ISEMPTY": _about("is_blank"),
    "ISBLANK": _about("is_unanswered"),
}  # fmt: skip
"""The functions over lists, and what they do with single values."""
