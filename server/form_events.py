"""Runs the events of forms 前端事件: for who fills in, as the runtime says; sent by the only way out, written down."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from pydantic import ValidationError

from builder.form_event import FormEvent
from builder.problem import Conflict, Problem, TooMany, conflict, forbidden, invalid
from runtime import form_events
from runtime.form_events import Asking, Call
from server import keys, outbound
from server.asker import Asker
from server.outbound import Answered, Asked, Limits
from server.store import audit
from server.transaction import briefly

log = logging.getLogger("qiaoban.form_events")

Json = Any
Values = Mapping[str, Json]
PER_MINUTE = 30
PER_WORKSPACE = 300
LARGEST_ANSWER = 500_000
SHOWN = 4_000
TOLD_AS_IS = frozenset({"outbound_trial", "event_answered", "event_address"})
"""What went wrong that the clerk is told; the rest is between the administrator and the other side."""
NOTHING: dict[str, Json] = {"values": {}, "blank": [], "append": [], "problems": [], "titles": {}}


def run(asker: Asker, app: str, form: str, id: str, sent: Values, record: str, task: str) -> dict[str, Json]:
    """What the event suggests to a member who fills in the form."""
    limits = asker.state.limits
    limits.count("form_event", f"{asker.workspace} {asker.member}", PER_MINUTE)
    return suggested(asker, form_events.asking(asker.gate, app, form, record, task), id, sent)


def suggested(asker: Asker, filling: Asking, id: str, sent: Values) -> dict[str, Json]:
    """What the event suggests to who fills in; raises `Conflict` in words that tell nothing of the network."""
    asker.state.limits.count("form_events", asker.workspace, PER_WORKSPACE)
    event = form_events.event_of(filling, id)
    call = form_events.prepared(filling, event, sent)
    if call is None:
        return {"met": False, **NOTHING}
    _write_down(asker, filling, event, call)
    try:
        answer = _json(_sent(asker, call))
    except Conflict as refusal:
        problem = refusal.problems[0]
        log.warning("event %s.%s: %s", filling.live.key, event.id, problem.sentence("en"))
        raise Conflict(problem if problem.code in TOLD_AS_IS else Problem("event_failed")) from None
    return {"met": True, **form_events.answered(filling, event.fills, answer)}


def _write_down(asker: Asker, filling: Asking, event: FormEvent, call: Call) -> None:
    """Who set it off and which host was asked: a line for each member and event a day, and every run in the log."""
    now, host = asker.state.clock.now(), urlsplit(call.url).netloc
    who = asker.member if asker.actor.kind == "member" else ""
    id = f"event {now:%Y%m%d} {filling.live.key} {event.id} {who}"
    line = audit.Line(id, now, who, "event_run", "", f"{filling.live.form.name} · {event.label} → {host}"[:300])
    briefly(asker.state.engine, lambda connection: audit.add_once(connection, asker.workspace, line))
    log.info("event %s.%s asks %s for %s", filling.live.key, event.id, host, who or "a stranger")


def _sent(asker: Asker, call: Call) -> Answered:
    """The other side's answer; raises `Conflict` unless it says that all is well."""
    asked, limits = _asked(asker, call), Limits(call.seconds, LARGEST_ANSWER, redirects=2)
    with _turn(asker):
        answer = outbound.send(asker.settings, asked, limits, trial=asker.trial)
    if not 200 <= answer.status < 300:
        raise conflict("event_answered", status=answer.status)
    return answer


@contextmanager
def _turn(asker: Asker) -> Iterator[None]:
    """A place among the few that may wait for the outside at once."""
    outgoing = asker.state.outgoing
    if not outgoing.acquire(timeout=2):
        raise TooMany(Problem("event_busy"))
    try:
        yield
    finally:
        outgoing.release()


def _asked(asker: Asker, call: Call) -> Asked:
    """The request with the secrets in it."""
    headers, parameters = {**call.headers, "Accept": "application/json"}, {}
    for one in call.credentials:
        secret = one.prefix + keys.secret_for(asker, one.secret, call.url)
        if one.into == "header":
            headers[one.name] = secret
        else:
            parameters[one.name] = secret
    url = call.url + (("&" if "?" in call.url else "?") + urlencode(parameters) if parameters else "")
    if call.body is None:
        return Asked(call.method, url, b"", headers)
    body = json.dumps(call.body, ensure_ascii=False).encode()
    if len(body) > form_events.LARGEST_BODY:
        raise conflict("event_address")
    return Asked(call.method, url, body, {**headers, "Content-Type": "application/json"})


def _json(answer: Answered) -> Json:
    """The answer read; numbers stay as they are written. Raises `Conflict`."""
    try:
        return json.loads(answer.body, parse_float=str, parse_constant=_none)
    except (ValueError, RecursionError):
        raise conflict("event_not_json") from None


def _none(_: str) -> None:
    return None


def tried(asker: Asker, app: str, form: str, raw: Values, sent: Values) -> dict[str, Json]:
    """What an event that is being designed would send, what comes back, and what it suggests; administrators only."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    asker.state.limits.count("form_event", f"{asker.workspace} {asker.member}", PER_MINUTE)
    event = _read(raw)
    gate = asker.gate.drafted(app)
    filling = Asking(gate, (live := gate.form(app, form)), frozenset(live.fields), lambda path: True)
    call = form_events.prepared(filling, event, sent)
    if call is None:
        return {"met": False, "method": "", "url": "", "status": 0, "answer": "", **NOTHING}
    found = _sent(asker, call)
    shown = {"met": True, "method": call.method, "url": call.url, "status": found.status,
             "answer": found.body[:SHOWN].decode(errors="replace")}  # fmt: skip
    return {**shown, **form_events.answered(filling, event.fills, _json(found))}


def _read(raw: Values) -> FormEvent:
    try:
        return FormEvent.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid("draft_invalid", "event", *first["loc"], detail=first["msg"]) from None
