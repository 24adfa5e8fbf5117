"""Random expressions 随机公式 over a few fields, for whoever must agree about them: evaluators and databases."""

from typing import Any

from hypothesis import strategies as st

from builder.expression.parse import Tree
from builder.expression.values import Shape

SCOPE = {
    "a": Shape("number"), "b": Shape("number"), "t": Shape("text"), "u": Shape("text"), "p": Shape("boolean"),
    "d": Shape("date"), "e": Shape("date"), "m": Shape("datetime"),
}  # fmt: skip
texts = st.text(alphabet="ab A*巧0.😀é", max_size=6)
decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(lambda value: f"{value:f}")
days = st.dates().map(lambda day: day.isoformat())
instants = st.datetimes(timezones=st.none()).map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z".zfill(20))
values = st.fixed_dictionaries({
    "a": st.none() | decimals, "b": st.none() | decimals, "t": st.none() | texts, "u": st.none() | texts,
    "p": st.none() | st.booleans(), "d": st.none() | days, "e": st.none() | days,
    "m": st.none() | instants.filter(lambda text: "0002" < text < "9998"),
})  # fmt: skip


def call(name: str, *parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """A call with these arguments."""
    return st.tuples(*parts).map(lambda found: ["call", name, *found])


def sign(signs: str, left: st.SearchStrategy[Tree], right: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """One of the operators between two expressions."""
    return st.tuples(st.sampled_from(signs.split()), left, right).map(lambda found: ["op", *found])


def named(names: str) -> st.SearchStrategy[Tree]:
    """One of the fields."""
    return st.sampled_from(names.split()).map(lambda name: ["ref", name])


def written(found: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
    """A value written out."""
    return found.map(lambda value: ["lit", value])


small = st.integers(-3, 12).map(lambda count: ["num", str(count)] if count >= 0 else ["neg", ["num", str(-count)]])
number_leaves = named("a b") | decimals.map(lambda text: ["num", text.lstrip("-")]) | small
text_leaves = named("t u") | written(texts)


def numbers(depth: int) -> st.SearchStrategy[Tree]:
    """Expressions that come to a number."""
    if depth == 0:
        return number_leaves
    one, words, day = numbers(depth - 1), strings(depth - 1), moments(depth - 1)
    digits = st.integers(-3, 6).map(lambda n: ["num", str(n)] if n >= 0 else ["num", "0"])
    return st.one_of(
        number_leaves, sign("+ - * /", one, one), one.map(lambda tree: ["neg", tree]), one.map(lambda t: ["pct", t]),
        *(call(name, one) for name in ("ABS", "SIGN", "INT")), call("MOD", one, one), call("QUOTIENT", one, one),
        call("FIND", words, words), *(call(name, named("m d")) for name in ("HOUR", "MINUTE", "SECOND")),
        *(call(name, one, digits) for name in ("ROUND", "ROUNDUP", "ROUNDDOWN")),
        *(call(name, one, one) for name in ("SUM", "AVERAGE", "COUNT", "MIN", "MAX")),
        call("LEN", words), call("DAYS", day, day), call("IF", truths(depth - 1), one, one),
        *(call(name, day) for name in ("YEAR", "MONTH", "DAY", "QUARTER", "ISOWEEKNUM", "WEEKDAY")),
        call("IFERROR", one, one), call("COALESCE", one, one),
        *(call(name, one) for name in ("EVEN", "ODD", "SQRT", "FACT", "LN", "LOG10")), call("EXP", small),
        call("CEILING", one, small), call("FLOOR", one, small), call("MROUND", one, one),
        call("POWER", one, st.integers(0, 5).map(lambda n: ["num", str(n)])), call("LOG", one, small),
        call("WEEKDAY", day, ways), call("WEEKNUM", day, ways), call("DATEDIF", day, day, written(units)),
        call("SEARCH", words, words), call("VALUE", words), call("N", words | one),
    )  # fmt: skip


ways = st.sampled_from(["1", "2", "11", "15", "17"]).map(lambda way: ["num", way])
units = st.sampled_from(["d", "M", "y", "ym"])
formats = st.sampled_from(["0", "0.00", "#,##0.00", "0%", "0.0%"])
day_formats = st.sampled_from(["yyyy-mm-dd", "yyyy年m月d日", "yyyy/mm"])


def strings(depth: int) -> st.SearchStrategy[Tree]:
    """Expressions that come to a text."""
    if depth == 0:
        return text_leaves
    one, count = strings(depth - 1), numbers(0)
    return st.one_of(
        text_leaves, sign("&", one, one | numbers(depth - 1) | moments(depth - 1) | truths(depth - 1)),
        call("LEFT", one, small), call("RIGHT", one, small), call("MID", one, small, small), call("TRIM", one),
        call("UPPER", one), call("LOWER", one),
        call("REPLACE", one, small, small, one), call("REPT", one, small),
        call("TEXT", numbers(depth - 1), written(formats)), call("TEXT", moments(depth - 1), written(day_formats)),
        call("FIXED", numbers(depth - 1), st.integers(0, 4).map(lambda n: ["num", str(n)])), call("T", one),
        call("SUBSTITUTE", one, one, one), call("CONCATENATE", one, count), call("IF", truths(depth - 1), one, one),
        call("IFNA", one, one), call("COALESCE", one, one),
    )  # fmt: skip


def moments(depth: int) -> st.SearchStrategy[Tree]:
    """Expressions that come to a day."""
    leaves = named("d e")
    if depth == 0:
        return leaves
    return st.one_of(
        leaves, call("DATE", small.map(lambda n: ["op", "+", ["num", "2020"], n]), small, small),
        *(call(name, moments(depth - 1), small) for name in ("EDATE", "EOMONTH", "DATEDELTA")),
        call("IF", truths(depth - 1), leaves, leaves),
    )  # fmt: skip


def truths(depth: int) -> st.SearchStrategy[Tree]:
    """Expressions that come to TRUE or FALSE."""
    leaves = named("p") | written(st.booleans())
    if depth == 0:
        return leaves
    one, order = truths(depth - 1), "= <> < <= > >="
    some = numbers(depth - 1), strings(depth - 1), moments(depth - 1)
    return st.one_of(
        leaves, *(sign(order, kind, kind) for kind in some), sign(order, named("m"), named("m d")),
        *(call(name, one, one) for name in ("AND", "OR", "XOR")), call("NOT", one),
        *(call(name, kind) for kind in some for name in ("ISEMPTY", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT")),
        *(call(name, some[1], some[1]) for name in ("STARTSWITH", "ENDSWITH", "CONTAINS", "EXACT")),
    )  # fmt: skip


expressions = numbers(2) | strings(2) | truths(2) | moments(2)
