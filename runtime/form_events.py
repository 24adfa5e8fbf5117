"""Events of a form being filled in 前端事件: what is sent for whom, and what the answer suggests for which fields.

Nothing is stored here: values come back to the form as suggestions, and are judged again when the record is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.expression.values import Context, Failure
from builder.form_event import HEADER, KEPT_BY_US, PLAIN, Credential, Filling, FormEvent, Request
from builder.links import filled_link, names_in
from builder.problem import conflict, forbidden, missing
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
    """Who fills in which form: the fields he may know of, and those he may write."""

    gate: Gate
    live: LiveForm
    known: frozenset[str]
    may: May
    stranger: bool = False


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
    if found is None or shut or not any(asker.may(fill.into) for fill in found.fills):
        raise missing("no_such_event")
    return found


def prepared(asker: Asking, event: FormEvent, sent: Values) -> Call | None:
    """What to send for a form that holds these values; None when the event's condition is not met."""
    at = compute.context(asker.gate, asker.live)
    values = _typed(asker, sent, at)
    if event.when and value_of(asker.live, event.when, values, at) is not True:
        return None
    return _call(asker.live, event.request, values, at)


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


def _call(live: LiveForm, request: Request, values: Values, at: Context) -> Call:
    parameters = {name: _evaluated(live, text, values, at) for name, text in request.parameters.items()}
    url = _url(request.url, values, {name: words(value) for name, value in parameters.items() if value is not None})
    headers = {
        name: value
        for name, value in request.headers.items()
        if HEADER.match(name) and PLAIN.match(value) and name.lower() not in KEPT_BY_US
    }
    body = {name: _evaluated(live, text, values, at) for name, text in request.body.items()}
    return Call(
        request.method, url, headers, body if request.method == "POST" else None, request.credentials, request.seconds
    )


def _evaluated(live: LiveForm, text: str, values: Values, at: Context) -> Json:
    found = value_of(live, text, values, at) if text else None
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


def answered(asker: Asking, fills: Iterable[Filling], answer: Json) -> dict[str, Json]:
    """What an answer suggests, in the fields that the asker may write; what does not fit is told."""
    found: Suggested = suggested(asker.gate, asker.live, fills, answer, asker.may)
    language = asker.gate.language
    return {
        "values": found.values,
        "blank": found.blank,
        "append": found.append,
        "problems": [{"path": list(one.path), "detail": one.sentence(language)} for one in found.problems],
        "titles": titles(asker.gate, asker.live, [found.values]),
    }
