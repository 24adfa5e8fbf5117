"""What of an expression a database can reckon 下推: a typed plan of it, or the reason why it cannot.

A plan is what the tree means with every conversion spelled out. A database that carries it out comes to the value that
`evaluate` comes to, failures included; whatever could not be kept so is refused here, the same for every database.
What reads no record is evaluated here, once, and is a constant.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from builder.expression.catalogue import FUNCTIONS
from builder.expression.parse import Tree
from builder.expression.planned import Beyond as Beyond
from builder.expression.planned import Plan as Plan
from builder.expression.planned import compared, constant, failing, number, text
from builder.expression.program import Program
from builder.expression.pushed_calls import CALLS
from builder.expression.pushed_lists import LISTS, column, each, rows
from builder.expression.values import Context, Failure, Fault, Scope, decimal

KINDS = {"number": "number", "text": "text", "boolean": "boolean", "date": "date", "datetime": "datetime",
         "reference": "text"}  # fmt: skip
MOST_STEPS = 32
"""How many different steps a plan may have: every step is a row that the database joins."""
UNSTEADY = frozenset({"RAND", "RANDBETWEEN", "UUID", "MAPX", "RECNO", "IP", "TEXTUSER", "TEXTDEPT"})
"""What is never the same for all records of one question."""
OURS = frozenset({"ME", "GETUSERNAME", "MYDEPARTMENTS"})
"""What is the same for all records once it is known who asks."""


def plan(tree: Tree, scope: Scope, at: Context) -> Plan:
    """The plan of a tree whose names are those of `scope`; raises `Beyond`, also for a number that nobody holds."""
    try:
        found = _plan(tree, scope, at)
    except Fault as fault:
        raise Beyond(fault.failure.reason, **fault.failure.params) from None
    if found.kind == "list":
        raise Beyond("pushed_list")
    if len(_steps(found, set())) > MOST_STEPS:
        raise Beyond("pushed_too_long", limit=MOST_STEPS)
    return found


def _steps(found: Plan, known: set[Plan]) -> set[Plan]:
    if found not in known and found.work != "constant":
        known.add(found)
        for part in found.parts:
            _steps(part, known)
    return known


def _plan(tree: Tree, scope: Scope, at: Context) -> Plan:
    kind = tree[0]
    if kind == "num":
        return constant(decimal(tree[1]))
    if kind == "lit":
        return constant(tree[1])
    if kind == "ref":
        return _field(tree, scope)
    known = _known(tree, at) if _steady(tree, at) else None
    if known is not None:
        return known
    parts = [_plan(part, scope, at) for part in tree[1:] if isinstance(part, list)]
    if kind == "call":
        return _call(str(tree[1]), parts, at)
    sign = tree[1] if kind == "op" else kind
    if any(part.kind == "list" for part in parts):
        return each(lambda cells: OPERATORS[sign](sign, cells, at), parts)
    return OPERATORS[sign](sign, parts, at)


def _call(name: str, parts: Sequence[Plan], at: Context) -> Plan:
    made = LISTS.get(name) or CALLS.get(name)
    if made is None:
        raise Beyond("pushed_no_function", name=name[:40])
    if name not in LISTS and any(part.kind == "list" for part in parts):
        raise Beyond("pushed_list")
    return made(parts, at)


def asks_the_record_alone(tree: Tree, at: Context) -> bool:
    """Whether it hangs on nothing but the record, the hour and who asks, so that a program can answer in a database."""
    return _steady(tree, at, fields=True)


def _steady(tree: Tree, at: Context, fields: bool = False) -> bool:
    """Whether it comes to the same for every record; with `fields`, but for what the record holds."""
    if tree[0] in ("lit", "num", "ref"):
        return bool(tree[0] != "ref") or fields
    called = tree[1] if tree[0] == "call" else ""
    if called and (called not in FUNCTIONS or called in UNSTEADY or (called in OURS and at.me is None)):
        return False
    return all(_steady(part, at, fields) for part in tree[1:] if isinstance(part, list))


def _known(tree: Tree, at: Context) -> Plan | None:
    """What it comes to, asked of the evaluator; None for a list, of which something may still be made."""
    found = Program(tree, {}).value({}, replace(at, related=None, chance=None, facts=None))
    if isinstance(found, Failure):
        return failing("blank", found.code)
    return None if isinstance(found, list | Mapping) else constant(found)


def _field(tree: Tree, scope: Scope) -> Plan:
    name, shape = str(tree[1]), scope.get(str(tree[1]))
    if shape is not None and shape.type == "rows" and len(tree) == 3:
        return column(name, shape, str(tree[2]))
    if shape is not None and len(tree) == 2 and shape.type in ("rows", "list"):
        return rows(name) if shape.type == "rows" else column(name, shape)
    if shape is None or shape.type not in KINDS or len(tree) > 2:
        raise Beyond("pushed_no_field", name=".".join(tree[1:])[:80])
    return Plan(KINDS[shape.type], "field", (), name)


def _reckoned(work: str) -> Callable[[str, Sequence[Plan], Context], Plan]:
    def made(sign: str, parts: Sequence[Plan], at: Context) -> Plan:
        if any(part.kind in ("date", "datetime", "time") and part.work != "failure" for part in parts):
            raise Beyond("pushed_date_sum", sign=sign)
        return Plan("number", work, tuple(map(number, parts)))

    return made


def _power(sign: str, parts: Sequence[Plan], at: Context) -> Plan:
    return _call("POWER", parts, at)


OPERATORS: dict[str, Callable[[str, Sequence[Plan], Context], Plan]] = {
    "+": _reckoned("add"), "-": _reckoned("subtract"), "*": _reckoned("multiply"), "/": _reckoned("divide"),
    "neg": _reckoned("negate"), "pct": _reckoned("percent"), "^": _power,
    "&": lambda sign, parts, at: Plan("text", "join", tuple(map(text, parts))),
    **dict.fromkeys(
        ("=", "<>", "<", "<=", ">", ">="), lambda sign, parts, at: compared(sign, parts[0], parts[1], at)
    ),
}  # fmt: skip
