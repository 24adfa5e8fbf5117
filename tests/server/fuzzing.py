"""Requests that are nearly right 坏请求: made from the API's own document, with values no page would send."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

JSON = "application/json"
MULTIPART = "multipart/form-data"
DEEP: list[Any] = []
for _ in range(60):
    DEEP = [DEEP]
WORDS = (
    "", " ", "\x00", "\ud800", "\u202e", "a" * 3000, "9" * 400, "-0", "1e999999", "1e-999999", "NaN", "Infinity", "٣",
    "９", "0x10", "1_000", "9999-12-31", "0001-01-01", "10000-01-01", "2024-02-30", "24:00", "9999-12-31T23:59:59Z",
    "0000-01-01T00:00:00Z", "2024-01-01T00:00:00+99:99", "0001-01-01T00:00:00+14:00", "=1+1", "%", "_", "\\", "'", '"',
    "../../x", "@me", "{a}", "[", "(?:", "(a+)+$", "1/0", "SUM(", "name", "id", "created_at", "lines.product", "day",
    "all",
)  # fmt: skip
"""Texts that have broken parsers, calendars, numbers and databases."""
NUMBERS = (
    0,
    -1,
    1,
    2**31,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    10**400,
    1.5,
    -0.0,
    1e308,
    1e-320,
    float("nan"),
    float("inf"),
)
SHAPES: tuple[Any, ...] = (
    None, True, False, [], {}, [None], [[]], [{}], {"": ""}, {"id": 1}, {"id": ""}, {"offset": 10**12}, {"unit": "day"},
    DEEP, {"all": []}, {"any": [{}]}, {"field": "name", "op": "eq", "value": {}}, ["a"] * 300, {"id": "x", "name": "y"},
    {"lat": 10**9, "lng": "x"}, {"start": "x", "end": None}, {"from": 1, "to": []},
)  # fmt: skip
JUNK = st.sampled_from((*WORDS, *NUMBERS, *SHAPES))
OPERATORS = ("eq", "ne", "gt", "le", "in", "not_in", "contains", "between", "within", "empty", "not_empty", "has_any")


@dataclass(frozen=True)
class Known:
    """What a request may truly name: ids for parameters, fields of forms, and whole definitions to be spoilt."""

    ids: Mapping[str, Sequence[str]]
    fields: Sequence[str]
    values: Sequence[Mapping[str, Any]]
    parts: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Request:
    """One request, ready to be sent."""

    method: str
    path: str
    sent: Mapping[str, Any]


def conditions(known: Known) -> st.SearchStrategy[Any]:
    """Filters: a condition, or several of them."""
    one = st.fixed_dictionaries(
        {"field": st.sampled_from(known.fields), "op": st.sampled_from(OPERATORS)}, optional={"value": JUNK}
    )
    many = st.lists(one, max_size=3)
    return one | st.fixed_dictionaries({"all": many}) | st.fixed_dictionaries({"any": many}) | JUNK


def spoilt(value: Any) -> st.SearchStrategy[Any]:
    """The value with something else in one of its places, often one near its root."""
    places = list(_places(value))
    near = [place for place in places if len(place) < 2]

    @st.composite
    def made(draw: st.DrawFn) -> Any:
        return _with(value, draw(st.sampled_from(near) | st.sampled_from(places)), draw(JUNK))

    return made()


def _places(value: Any, at: tuple[Any, ...] = ()) -> Any:
    yield at
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _places(part, (*at, key))


def _with(value: Any, at: tuple[Any, ...], other: Any) -> Any:
    if not at:
        return other
    if isinstance(value, Mapping):
        return {key: _with(part, at[1:], other) if key == at[0] else part for key, part in value.items()}
    return [_with(part, at[1:], other) if key == at[0] else part for key, part in enumerate(value)]


def named(name: str, known: Known) -> st.SearchStrategy[Any] | None:
    """What stands under this name in the API's bodies, where its document says no more than "object"."""
    if name in ("values", "before"):
        one = st.dictionaries(st.sampled_from(known.fields), JUNK, max_size=4)
        whole = [spoilt(value) for value in known.values]
        return st.one_of(one, st.sampled_from(known.values), *whole)
    if name == "filter":
        return conditions(known)
    if name in ("field", "column"):
        return st.sampled_from((*known.fields, *WORDS[:8]))
    if name in ("value", "definition", "widget", "aggregate", "event"):
        return st.sampled_from(known.parts).flatmap(spoilt)
    if name in known.ids:
        return st.sampled_from(known.ids[name])
    return None


def shaped(
    schema: Mapping[str, Any], document: Mapping[str, Any], known: Known, name: str = ""
) -> st.SearchStrategy[Any]:
    """Values that have the shape which the schema asks for, more or less."""
    if "$ref" in schema:
        return shaped(document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, known, name)
    hinted = named(name, known)
    if hinted is not None and schema.get("type") in ("object", "string", None):
        return hinted
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of(*(shaped(one, document, known, name) for one in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, document, known)
    if kind == "array":
        inner = shaped(schema.get("items", {}), document, known, name.removesuffix("s"))
        return st.lists(inner, min_size=schema.get("minItems", 0), max_size=3)
    if kind == "integer":
        low, high = int(schema.get("minimum", -(10**6))), int(schema.get("maximum", 2**62))
        return st.sampled_from([low, high, min(high, max(low, 1))])
    if kind == "boolean":
        return st.booleans()
    if kind == "string":
        short = [word for word in WORDS if len(word) <= schema.get("maxLength", 4000)]
        return st.sampled_from([*short, *(id for ids in known.ids.values() for id in ids[:1])])
    return st.none() if kind == "null" else JUNK


def _object(schema: Mapping[str, Any], document: Mapping[str, Any], known: Known) -> st.SearchStrategy[Any]:
    parts = {name: shaped(one, document, known, name) for name, one in schema.get("properties", {}).items()}
    if not parts:
        more = schema.get("additionalProperties")
        inner = shaped(more, document, known) if isinstance(more, Mapping) else JUNK
        return st.dictionaries(st.sampled_from((*known.fields, *WORDS[:6], "0", "1")), inner, max_size=3)
    wanted = {name: parts.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(wanted, optional=parts)


def requests(method: str, path: str, document: Mapping[str, Any], known: Known) -> st.SearchStrategy[Request]:
    """Requests to the route: names that are known or not, parameters and a body that are nearly right."""
    operation = document["paths"][path][method]
    parameters = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})

    @st.composite
    def made(draw: st.DrawFn) -> Request:
        def place(found: re.Match[str]) -> str:
            ids = known.ids.get(found[1], ["x"])
            return str(draw(st.sampled_from([*ids, *ids, *ids, "zzz", "9" * 30, "%E2%80%AE", "-1"])))

        sent: dict[str, Any] = {
            "params": {
                one["name"]: str(draw(st.one_of(JUNK, shaped(one["schema"], document, known, one["name"]))))[
                    :4000
                ].encode("utf-8", "replace")
                for one in parameters
                if one.get("required") or draw(st.booleans())
            }
        }
        sent |= _body(draw, content, document, known)
        return Request(method.upper(), re.sub(r"\{(\w+)\}", place, path), sent)

    return made()


def _body(draw: st.DrawFn, content: Mapping[str, Any], document: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if MULTIPART in content:
        bytes_ = draw(
            st.sampled_from(
                [b"", b"\x00\xff", b"a,b\n1,2\n", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n", b"<svg/>", b'{"a":1}']
            )
        )
        name = draw(
            st.sampled_from(["a.csv", "a.xlsx", "a.xls", "../a.png", "a.svg", "x" * 300, "a.json", "\u202ea.csv"])
        )
        return {"files": {"file": (name, bytes_)}, "data": {"text": draw(st.sampled_from(WORDS[5:])), "password": ""}}
    if JSON not in content:
        return {}
    body = draw(shaped(content[JSON]["schema"], document, known))
    if draw(st.integers(0, 4)) == 0:
        body = draw(spoilt(body))
    return {"content": json.dumps(body).encode(), "headers": {"content-type": JSON}}
