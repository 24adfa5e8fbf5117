"""Events of a form being filled in 前端事件: what is sent for whom, and what the answer suggests for which fields.

Nothing is stored here: values come back to the form as suggestions, and are judged again when the record is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.expression.values import Context, Failure
from builder.form_event import (
    ANSWER,
    HEADER,
    KEPT_BY_US,
    PLAIN,
    Credential,
    Filling,
    FormEvent,
    Further,
    Request,
    all_fills,
)
from builder.json_path import found_at
from builder.links import filled_link, names_in
from builder.problem import Problem, conflict, forbidden, missing
from runtime import compute, describe, inbox
from runtime.evaluating import value_of
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.naming import titles
from runtime.suggesting import Suggested, suggested

Json = Any
Values = Mapping[str, Json]
May = Callable[[str], bool]
LONGEST_URL = 8_000
LARGEST_BODY = 200_000


@dataclass(frozen=True)
class Call:
    """A request ready to be sent, but for the secrets that the server adds."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: dict[str, Json] | None
    credentials: tuple[Credential, ...]
    seconds: int


@dataclass(frozen=True)
class Asking:
    """Who fills in which form: the fields he may know of, and those he may write; `row` of an event about rows."""

    gate: Gate
    live: LiveForm
    known: frozenset[str]
    may: May
    stranger: bool = False
    row: int = 0


@dataclass
class Held:
    """What the form holds while the calls of an event go out one after another, and what they suggested so far."""

    values: dict[str, Json]
    found: Suggested
    answer: Json = None


def asking(gate: Gate, app: str, form: str, record: str = "", task: str = "") -> Asking:
    """Who fills in the form: a new record, one that is there, or one at his task; raises `Missing`, `Forbidden`."""
    live = gate.form(app, form)
    known = frozenset(describe.readable(gate, live))
    if task:
        return Asking(gate, live, known, _at_task(gate, live, task))
    if record:
        found, _ = gate.record(live, record)
        grant = gate.grant(live, "update").over(found.seen(), live.kinds)
        if not grant.allowed:
            raise forbidden("not_allowed", operation="update")
    else:
        grant = gate.need(live, "create")
    writable = grant.writable(live.fields)
    return Asking(gate, live, known | writable, lambda path: grant.may_write(path))


def _at_task(gate: Gate, live: LiveForm, task: str) -> May:
    found = inbox.one(gate, task)
    if f"{found['card']['app']}.{found['card']['form']}" != live.key:
        raise missing("no_such_record")
    paths = frozenset(found["record"]["writable"])
    return lambda path: path in paths


def event_of(asker: Asking, id: str) -> FormEvent:
    """The event; raises `Missing` for none, one switched off, or one of which the asker may keep nothing."""
    found = next((one for one in asker.live.form.events if one.id == id and one.enabled), None)
    shut = found is not None and asker.stranger and not found.public
    if found is None or shut or not any(_may(asker, found)(fill.into) for fill in all_fills(found)):
        raise missing("no_such_event")
    return found


def _may(asker: Asking, event: FormEvent) -> May:
    """Which of the event's fields may be written; of one about rows its columns, where the rows may be written."""
    if not event.rows:
        return asker.may
    return lambda path: asker.may(event.rows) and asker.may(f"{event.rows}.{path}")


def held(asker: Asking, event: FormEvent, sent: Values) -> Held:
    """What the form holds before anything is asked; of an event about rows with the columns of its row over it."""
    at = compute.context(asker.gate, asker.live)
    if not event.rows:
        return Held(_typed(asker, sent, at), Suggested())
    rows = sent.get(event.rows)
    inside = isinstance(rows, list) and 0 <= asker.row < len(rows)
    values = _typed(asker, {**sent, event.rows: [rows[asker.row]] if inside and isinstance(rows, list) else None}, at)
    row: dict[str, Json] = next(iter(values.pop(event.rows, None) or ()), {})
    return Held({**values, **row}, Suggested())


def prepared(asker: Asking, event: FormEvent, call: FormEvent | Further, held: Held) -> Call | None:
    """What to send for a form that holds these values; None when the call's condition is not met."""
    at, live = compute.context(asker.gate, asker.live), asker.live
    if call.when and value_of(live, call.when, held.values, at, event.rows) is not True:
        return None
    sending = _Sending(live, event.rows, held, at)
    return sending.call(call.request)


def _typed(asker: Asking, sent: Values, at: Context) -> dict[str, Json]:
    """What was typed, as far as the asker may know the fields and they can hold it; formulas are computed here."""
    values: dict[str, Json] = {}
    for id, raw in sent.items():
        entry = asker.live.fields.get(id)
        if entry is None or entry.computed or id not in asker.known:
            continue
        try:
            values[id] = entry.coerce(raw)
        except (ValueError, TypeError, ArithmeticError, LookupError):
            continue
    compute.formulas(asker.live, values, at)
    return {id: value for id, value in values.items() if id in asker.known}


@dataclass(frozen=True)
class _Sending:
    live: LiveForm
    rows: str
    held: Held
    at: Context

    def call(self, request: Request) -> Call:
        """The request with what the form holds in it."""
        parameters = {name: words(self._evaluated(text)) for name, text in request.parameters.items()}
        filled = {name: value for name, value in parameters.items() if value}
        url = _url(request.url, self.held.values, filled)
        headers = {
            name: value
            for name, value in request.headers.items()
            if HEADER.match(name) and PLAIN.match(value) and name.lower() not in KEPT_BY_US
        }
        body = (
            {name: self._evaluated(text) for name, text in request.body.items()} if request.method == "POST" else None
        )
        return Call(request.method, url, headers, body, request.credentials, request.seconds)

    def _evaluated(self, text: str) -> Json:
        """What the expression comes to, or what the answer before holds."""
        named = ANSWER.match(text)
        if named is not None:
            return found_at(self.held.answer, named["path"] or "")
        found = value_of(self.live, text, self.held.values, self.at, self.rows) if text else None
        return None if isinstance(found, Failure) else found


def words(value: Json) -> str:
    """A value as a part of an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(words(one) for one in value if not isinstance(one, dict))
    return "" if value is None or isinstance(value, dict) else str(value)


def _url(template: str, values: Values, parameters: Mapping[str, str]) -> str:
    """The address with values in it, each encoded so that it stays a value; raises `Conflict`."""
    try:
        found = filled_link(template, {name: words(values.get(name)) for name in names_in(template)}, parameters)
    except ValueError:
        raise conflict("event_address") from None
    if not found or len(found) > LONGEST_URL:
        raise conflict("event_address")
    return found


def take(asker: Asking, event: FormEvent, call: FormEvent | Further, held: Held, answer: Json) -> None:
    """Add what an answer suggests, in the fields that the asker may write; the next call sees it as filled in."""
    live = asker.live
    rows = live.fields[event.rows] if event.rows else None
    found = suggested(asker.gate, live, call.fills, answer, _may(asker, event), rows, asker.row)
    held.answer = answer
    held.found.add(found)
    for id, value in found.values.items():
        if not (id in found.blank and held.values.get(id) not in (None, "", [])):
            held.values[id] = value
    if not event.rows:
        compute.formulas(live, held.values, compute.context(asker.gate, live))


def stopped(held: Held, number: int) -> None:
    """A further call came to nothing: what was found before it stays."""
    held.found.problems.append(Problem("event_then_failed", (), {"number": number}))


def told(asker: Asking, held: Held) -> dict[str, Json]:
    """What all answers together suggest; what does not fit is told."""
    found, language = held.found, asker.gate.language
    return {
        "values": found.values,
        "blank": found.blank,
        "append": found.append,
        "problems": [{"path": list(one.path), "detail": one.sentence(language)} for one in found.problems],
        "titles": titles(asker.gate, asker.live, [found.values]),
    }


def answered(asker: Asking, fills: Iterable[Filling], answer: Json) -> dict[str, Json]:
    """What one answer suggests, in the fields that the asker may write."""
    found = suggested(asker.gate, asker.live, fills, answer, asker.may)
    return told(asker, Held({}, found))
