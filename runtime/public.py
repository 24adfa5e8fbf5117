"""Forms and queries open to anybody 公开链接: what a link lets a stranger see, fill in and find, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import Field as Setting

from builder.access import Actor, Opening, Slice
from builder.appearance import PLACE
from builder.expression.parse import Tree, references
from builder.field import Field, Mentioning, Showing
from builder.field import Kind as FieldKind
from builder.filter import EVERYTHING, All, Condition, Filter
from builder.model import Label, Model, Slug, Text
from builder.problem import Invalid, Problem, invalid, missing
from runtime import asking as lists
from runtime import events_told, records
from runtime.form_events import Asking
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import Naming
from runtime.ports import Record
from runtime.writing import Entry

Kind = Literal["fill", "query"]
Use = Literal["fill", "show", "ask"]
USES: tuple[Use, ...] = ("fill", "show", "ask")
State = Literal["open", "early", "over", "full", "done"]
FOUND_AT_MOST = 20
WORDED = frozenset({"default_formula", "formula"})
ELSEWHERE = ("linkage", "source")
"""What a field says of other forms; the server alone follows it, and for a stranger it leads nowhere."""
COMPARED = frozenset({FieldKind.TEXT, FieldKind.NUMBER, FieldKind.TIME})


class Terms(Model):
    """What a link offers, and until when. `fill`: `fields` may be filled in. `query`: who knows every one of `asked`
    is shown `fields` of the records that match, of those in `view`. Moments are ISO texts in UTC.
    """

    title: Label = ""
    description: Text = ""
    thanks: Text = ""
    fields: tuple[Slug, ...] = Setting(default=(), max_length=500)
    asked: tuple[Slug, ...] = Setting(default=(), max_length=5)
    view: str = Setting(default="", max_length=63)
    owner: str = Setting(default="", max_length=64)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    limit: int = Setting(default=0, ge=0, le=10_000_000)
    once: bool = False
    prefill: bool = True
    captcha: Literal["off", "work", "provider"] = "off"
    """Whether strangers show that they are no robots: by some work of their browser, or by a captcha service."""


@dataclass(frozen=True)
class PublicLink:
    """A link that anybody may open; `form` is "app.form", `used` how many records came in by it."""

    id: str
    token: str
    form: str
    kind: Kind
    terms: Terms
    password_hash: str
    enabled: bool
    used: int
    created_by: str
    created_at: datetime


def stranger(live: LiveForm, link: PublicLink) -> Actor:
    """Whoever opens the link: he may do the one thing that it is for, on behalf of its owner; raises `Missing`."""
    offered, view = frozenset(link.terms.fields), link.terms.view
    rows: Filter | None = EVERYTHING
    if view:
        rows = next((one.filter for one in live.form.views if one.id == view), None)
    if rows is None:
        raise missing("link_closed")
    if link.kind == "fill":
        opening = Opening(live.key, "create", Slice(EVERYTHING, frozenset(), offered))
    else:
        opening = Opening(live.key, "read", Slice(rows, offered | frozenset(link.terms.asked), frozenset()))
    return Actor("public", link.terms.owner, opening=opening)


def state_of(link: PublicLink, now: datetime, done: bool) -> State:
    """Whether the link works now; `done`: this device has used it, and it may be used once."""
    if link.terms.opens_at is not None and now < link.terms.opens_at:
        return "early"
    if link.terms.closes_at is not None and now >= link.terms.closes_at:
        return "over"
    if link.terms.limit and link.used >= link.terms.limit:
        return "full"
    return "done" if done and link.terms.once else "open"


def obstacles(live: LiveForm, use: Use) -> dict[str, str]:
    """Every field of the form, with why strangers cannot fill it in, be shown it or be asked for it."""
    return {entry.id: _obstacle(entry, use) for entry in live.form.fields}


def _obstacle(entry: Field, use: Use) -> str:
    """Picking a record or a person would show strangers what else there is; what is computed nobody fills in."""
    if isinstance(entry.type, Showing):
        return "reference"
    if not entry.type.valued and use != "fill":
        return "no_value"
    if entry.points is not None or (entry.origin is not None and use == "fill"):
        return "reference"
    if entry.peopled is not None and use != "show":
        return "people"
    if entry.nested and use != "fill":
        return "rows"
    if use == "ask" and (entry.kind not in COMPARED or entry.holds is not None):
        return "not_compared"
    return "computed" if entry.computed and use == "fill" else ""


def checked(live: LiveForm, kind: Kind, terms: Terms) -> Terms:
    """The terms, if the form can keep them; raises `Invalid` with every problem."""
    uses: tuple[tuple[str, Use, tuple[str, ...]], ...] = (
        ("fields", "fill" if kind == "fill" else "show", terms.fields),
        ("asked", "ask", terms.asked),
    )
    problems = [
        Problem("link_field_closed", ("terms", part), {"field": _label(live, id)})
        for part, use, ids in uses
        for id in ids
        if obstacles(live, use).get(id, "unknown")
    ]
    if not terms.fields:
        problems.append(Problem("link_without_fields", ("terms", "fields")))
    if kind == "query" and not terms.asked:
        problems.append(Problem("link_asks_nothing", ("terms", "asked")))
    if terms.view and terms.view not in {view.id for view in live.form.views}:
        problems.append(Problem("no_such_view", ("terms", "view"), {"view": terms.view}))
    if terms.opens_at and terms.closes_at and terms.opens_at >= terms.closes_at:
        problems.append(Problem("link_closes_first", ("terms", "closes_at")))
    if problems:
        raise Invalid(problems)
    return terms


def _label(live: LiveForm, id: str) -> str:
    return live.fields[id].label if id in live.fields else id


def described(gate: Gate, live: LiveForm, link: PublicLink) -> dict[str, Any]:
    """What the page of the link needs: the offered fields as the form defines them, and nothing about the rest."""
    offered = [live.fields[id] for id in _offered(live, link)]
    asked = [live.fields[id] for id in link.terms.asked if id in live.fields] if link.kind == "query" else []
    known = {entry.id for entry in (*offered, *asked)}
    definition: dict[str, Any] = {
        "id": live.form.id,
        "name": link.terms.title or live.form.name,
        "description": link.terms.description,
        "fields": [_bare(live, entry, known) for entry in (asked if link.kind == "query" else offered)],
        "sections": [] if link.kind == "query" else list(_sections(live, known)),
        "skin": live.form.skin.dump(),
        "after": _after(live, known) if link.kind == "fill" else None,
        "rules": [] if link.kind == "query" else list(_rules(live, known)),
        "events": list(_events(live, known)) if link.kind == "fill" else [],
    }
    if link.kind == "fill":
        definition["fields"] = _with_standing(live, link, definition["fields"], definition["events"])
    said = set(_texts(definition))
    return {
        "definition": definition,
        "trees": {text: tree for text, tree in live.trees.items() if text in said},
        "columns": [{"id": one.id, "label": one.label} for one in offered] if link.kind == "query" else [],
    }


def _after(live: LiveForm, known: set[str]) -> dict[str, Any] | None:
    """The words after a submit, without the fields that the link does not offer."""
    after = live.form.after
    if after is None or not after.prompt:
        return None
    return {"prompt": PLACE.sub(lambda found: found[0] if found[1] in known else "", after.prompt)}


def _offered(live: LiveForm, link: PublicLink) -> list[str]:
    """The offered fields that are still there and still may be offered, in the form's order."""
    use: Use = "fill" if link.kind == "fill" else "show"
    closed = obstacles(live, use)
    return [id for id in live.fields if id in link.terms.fields and not closed[id]]


def _bare(live: LiveForm, entry: Field, known: set[str]) -> dict[str, Any]:
    """A field without what would tell of others: columns that pick, defaults by person, expressions over the rest."""
    raw = {key: value for key, value in entry.dump().items() if key not in ELSEWHERE}
    if isinstance(raw.get("default"), str) and raw["default"].startswith("@"):
        del raw["default"]
    for key in WORDED & set(raw):
        if not _within(live.trees.get(raw[key], []), known | {column.id for column in entry.nested}):
            del raw[key]
    for option in raw.get("options", ()):
        if not _within(live.trees.get(option.get("when", ""), []), known):
            del option["when"]
    if entry.nested:
        open_columns = [one for one in entry.nested if not _obstacle(one, "fill") or one.formula]
        raw["fields"] = [_bare(live, one, known | {column.id for column in entry.nested}) for one in open_columns]
    return raw


def _within(tree: Tree, known: set[str]) -> bool:
    return all(path[0] in known for path in references(tree))


def _sections(live: LiveForm, known: set[str]) -> Iterator[dict[str, Any]]:
    for section in live.form.sections:
        kept = [id for id in section.fields if id in known]
        if kept:
            yield {**section.dump(), "fields": kept}


def _rules(live: LiveForm, known: set[str]) -> Iterator[dict[str, Any]]:
    """The rules over offered fields alone; the others are judged by the server only."""
    for rule in live.form.rules:
        if rule.when in live.trees and _within(live.trees[rule.when], known):
            about = {key: [id for id in getattr(rule, key) if id in known] for key in ("show", "require", "read_only")}
            if any(about.values()):
                yield {"id": rule.id, "when": rule.when, **{key: ids for key, ids in about.items() if ids}}


def _events(live: LiveForm, known: set[str]) -> Iterator[dict[str, Any]]:
    """The events that strangers may set off; a condition over other fields is the server's alone."""
    for event in events_told.told(live, known, strangers=True):
        when = event["when"]
        yield {**event, "when": when if _within(live.trees.get(when, []), known) else ""}


def _with_standing(live: LiveForm, link: PublicLink, fields: list[Any], events: list[dict[str, Any]]) -> list[Any]:
    """The offered fields, and among them what stands on the page alone: what the link offers of it, and the buttons
    that set off the events."""
    pressed = {id for event in events if event["on"] == "press" for id in event["fields"]}
    shown = {raw["id"]: raw for raw in fields}
    standing = [one for one in live.form.fields if not one.type.valued]
    told = [one for one in standing if one.id in pressed or (one.id in link.terms.fields and _is_open(one, set(shown)))]
    shown |= {one.id: _bare(live, one, set()) for one in told}
    return [shown[one.id] for one in live.form.fields if one.id in shown]


def _is_open(one: Field, known: set[str]) -> bool:
    """Whether it does nothing that only members may do, and names no field that is not offered."""
    names = one.type.mentions() if isinstance(one.type, Mentioning) else ()
    does = getattr(one.type, "does", "link")
    return not _obstacle(one, "fill") and does == "link" and known.issuperset(names)


def asking(gate: Gate, live: LiveForm, link: PublicLink) -> Asking:
    """The stranger who fills in: he knows and writes what the link offers, and no column that picks."""
    offered = frozenset(_offered(live, link))
    shut = {f"{id}.{column.id}" for id in offered for column in live.fields[id].nested if _obstacle(column, "fill")}
    return Asking(gate, live, offered, lambda path: path.partition(".")[0] in offered and path not in shut, True)


def _texts(part: Any) -> Iterable[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list | tuple):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _texts(inner)


def fill_in(gate: Gate, live: LiveForm, link: PublicLink, values: Mapping[str, Any]) -> Record:
    """Add what a stranger filled in; with a workflow it is started, from outside. Raises `Invalid`."""
    refuse_strange(live, link, values)
    added = records.add(gate, live, [Entry(gate.world.ids.new(), values)], note="public_link")[0]
    return records.begin(gate, live, added) if live.form.workflow else added


def refuse_strange(live: LiveForm, link: PublicLink, values: Mapping[str, Any]) -> None:
    """Refuse what the link does not offer: fields, and columns of its rows."""
    offered = set(_offered(live, link))
    strange = sorted(set(values) - offered)
    if strange:
        raise invalid("unknown_field", "values", strange[0], field=strange[0][:80])
    _closed_columns(live, values)


def _closed_columns(live: LiveForm, values: Mapping[str, Any]) -> None:
    """Refuse a column that picks a record or a person: rows come from strangers without it."""
    for id, rows in values.items():
        for column in live.fields[id].nested:
            listed = rows if isinstance(rows, list) else ()
            sent = (row for row in listed if isinstance(row, dict) and row.get(column.id) is not None)
            if _obstacle(column, "fill") and any(True for _ in sent):
                raise invalid("unknown_field", "values", id, field=column.id)


def find(gate: Gate, live: LiveForm, link: PublicLink, given: Mapping[str, Any]) -> list[dict[str, str]]:
    """The records that match every asked value exactly, as words; blank or missing values find nothing."""
    asked = [live.fields[id] for id in link.terms.asked if id in live.fields]
    if len(asked) != len(link.terms.asked) or not asked:
        raise missing("link_closed")
    problems = [
        Problem("required", ("values", one.id), {"label": one.label}) for one in asked if not _said(given.get(one.id))
    ]
    if problems:
        raise Invalid(problems)
    wanted = All(all=tuple(Condition(field=one.id, op="eq", value=_meant(one, given[one.id])) for one in asked))
    query = lists.ask(gate, live, {"filter": wanted.dump(), "limit": FOUND_AT_MOST})
    naming = Naming(gate)
    shown = [live.fields[id] for id in _offered(live, link)]
    return [
        {one.id: one.type.display(record.values.get(one.id), naming) for one in shown}
        for record in gate.world.records.find(query).records
    ]


def _said(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _meant(entry: Field, raw: Any) -> Any:
    """The value to compare with; never blank, for blank would match every record that says nothing there."""
    try:
        meant = entry.coerce(raw)
    except ValueError:
        raise invalid("link_value_odd", "values", entry.id, label=entry.label) from None
    if not _said(meant):
        raise invalid("required", "values", entry.id, label=entry.label)
    return meant
