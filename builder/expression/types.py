"""Which type fits where 类型规则: number, text, boolean, date, datetime, time, list:…, rows, reference, any."""

from builder.expression.dates import read_moment
from builder.expression.parse import Tree
from builder.expression.table import Function, Parameter
from builder.expression.values import Context, Fault, Shape

COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
NUMERIC = {"number", "any", "blank", "boolean"}
TIMELY = {"date", "datetime", "time"}
TEXTUAL = {"text", "reference"}


def fits(type_: str, wanted: str) -> bool:
    """Whether a value of this type can stand where another is wanted."""
    if wanted == "any" or type_ in ("any", "blank") or type_ == wanted:
        return True
    if wanted == "number":
        return type_ in NUMERIC
    if wanted == "text":
        return type_ in TEXTUAL
    if wanted == "boolean":
        return type_ in ("boolean", "number")
    if wanted in ("date", "datetime"):
        return type_ in ("date", "datetime")
    if wanted == "moment":
        return type_ in TIMELY
    if wanted in ("numbers", "booleans"):
        return _several(type_, wanted)
    if wanted == "reference":
        return type_ == "text"
    return wanted.partition(":")[0] == "list" and type_ != "rows"


def _several(type_: str, wanted: str) -> bool:
    item = type_.partition(":")[2] if type_.startswith("list") else type_
    allowed = NUMERIC | TIMELY if wanted == "numbers" else {"boolean", "number", "any", "blank"}
    return item in allowed or not item


def returned(function: Function, types: list[str]) -> str:
    """The type of a call; `=2|3` means the type that arguments 2 and 3 share, and every other one from there."""
    rule = function.returns
    if not rule.startswith("="):
        return rule
    first, _, again = rule[1:].partition("|")
    start = int(first) - 1
    if not again:
        return item_or_list(function, types[start] if start < len(types) else "any")
    step = int(again) - int(first)
    chosen = types[start::step]
    if function.name == "SWITCH" and len(types) % 2 == 0:
        chosen.append(types[-1])
    if function.name == "IF" and len(types) < 3:
        chosen.append("boolean")
    return shared(chosen)


def item_or_list(function: Function, type_: str) -> str:
    """The item type of a list, or the list itself for functions that keep it."""
    if function.name in ("UNION", "UNIQUE"):
        return type_ if type_.startswith("list") else f"list:{type_}"
    return item_of(type_)


def shared(types: list[str]) -> str:
    """The one type of all, or any; blanks fit everywhere."""
    found = {type_ for type_ in types if type_ != "blank"}
    if len(found) == 1:
        return found.pop()
    if found == {"date", "datetime"}:
        return "datetime"
    return "any" if found else "blank"


def type_of(shape: Shape | None, listed: bool) -> str:
    """The type word of a name's shape; a list of it when reached through rows."""
    if shape is None:
        return "any"
    own = f"list:{shape.item}" if shape.type == "list" else shape.type
    if not listed:
        return own
    return own if own.startswith("list") else f"list:{own}"


def item_of(type_: str) -> str:
    """The type of the items of a list type; any other type as it is."""
    word, _, item = type_.partition(":")
    return (item or "any") if word == "list" else type_


def comparable(one: str, two: str, left: Tree, right: Tree) -> bool:
    """Whether two types can be compared; a text beside a date only if it reads as one."""
    loose = {"any", "blank"}
    if one == two or one in loose or two in loose or {one, two} <= TEXTUAL or {one, two} == {"date", "datetime"}:
        return True
    for type_, other, tree in ((one, two, right), (two, one, left)):
        if type_ in TIMELY and other == "text":
            return tree[0] != "lit" or reads_as_moment(tree[1])
    return False


def reads_as(tree: Tree, parameter: Parameter) -> bool:
    """Whether a literal text can stand for the date that a parameter wants."""
    if tree[0] != "lit" or not isinstance(tree[1], str):
        return False
    return parameter.type in ("date", "moment") and reads_as_moment(tree[1])


def reads_as_moment(text: str) -> bool:
    """Whether a text can be read as a date or time."""
    try:
        read_moment(text, Context())
    except Fault:
        return False
    return True
