"""Runs the events of forms 前端事件: for who fills in, as the runtime says; sent by the only way out, written down."""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from pydantic import ValidationError

from builder.form_event import FormEvent, Further
from builder.problem import Conflict, Problem, TooMany, conflict, forbidden, invalid
from builder.xml_answer import looks_like_xml, read_xml
from runtime import form_events
from runtime.form_events import Asking, Call, Held
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
TOGETHER = 30
"""How many seconds the calls of one event may take together."""
TOLD_AS_IS = frozenset({"outbound_trial", "event_answered", "event_address"})
"""What went wrong that the clerk is told; the rest is between the administrator and the other side."""
NOTHING: dict[str, Json] = {"values": {}, "blank": [], "append": [], "problems": [], "titles": {}}


def run(asker: Asker, app: str, form: str, id: str, sent: Values, record: str, task: str, row: int) -> dict[str, Json]:
    """What the event suggests to a member who fills in the form."""
    limits = asker.state.limits
    limits.count("form_event", f"{asker.workspace} {asker.member}", PER_MINUTE)
    filling = replace(form_events.asking(asker.gate, app, form, record, task), row=row)
    return suggested(asker, filling, id, sent)


def suggested(asker: Asker, filling: Asking, id: str, sent: Values) -> dict[str, Json]:
    """What the event suggests to who fills in; raises `Conflict` in words that tell nothing of the network."""
    asker.state.limits.count("form_events", asker.workspace, PER_WORKSPACE)
    event = form_events.event_of(filling, id)
    held, until = form_events.held(filling, event, sent), time.monotonic() + TOGETHER
    if not _asks(asker, filling, event, event, held, until):
        return {"met": False, **NOTHING}
    for number, further in enumerate(event.further, start=2):
        try:
            if not _asks(asker, filling, event, further, held, until):
                break
        except Conflict:
            form_events.stopped(held, number)
            break
    return {"met": True, **form_events.told(filling, held)}


def _asks(
    asker: Asker, filling: Asking, event: FormEvent, wanted: FormEvent | Further, held: Held, until: float
) -> bool:
    """One call of the event, and what its answer suggests; False when its condition is not met."""
    call = form_events.prepared(filling, event, wanted, held)
    if call is None:
        return False
    _write_down(asker, filling, event, call)
    try:
        left = int(until - time.monotonic())
        if left < 1:
            raise conflict("event_failed")
        answer = _read_answer(_sent(asker, replace(call, seconds=min(call.seconds, left))))
    except Conflict as refusal:
        problem = refusal.problems[0]
        log.warning("event %s.%s: %s", filling.live.key, event.id, problem.sentence("en"))
        raise Conflict(problem if problem.code in TOLD_AS_IS else Problem("event_failed")) from None
    form_events.take(filling, event, wanted, held, answer)
    return True


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
    headers, parameters = {**call.headers, "Accept": "application/json, application/xml;q=0.9, text/xml;q=0.9"}, {}
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


def _read_answer(answer: Answered) -> Json:
    """The answer as JSON, also of XML; numbers stay as they are written. Raises `Conflict`."""
    try:
        if looks_like_xml(answer.body):
            return read_xml(answer.body)
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
    event, trace = _read(raw), _Trace()
    gate = asker.gate.drafted(app)
    filling = Asking(gate, (live := gate.form(app, form)), frozenset(live.fields), lambda path: True)
    held = form_events.held(filling, event, sent)
    calls: list[FormEvent | Further] = [event, *event.further]
    for wanted in calls:
        call = form_events.prepared(filling, event, wanted, held)
        if call is None:
            break
        trace.add(call, found := _sent(asker, call))
        form_events.take(filling, event, wanted, held, _read_answer(found))
    return {"met": bool(trace.calls), **trace.told(), **form_events.told(filling, held)}


@dataclass
class _Trace:
    """What was sent and what came back, call by call."""

    calls: list[dict[str, Json]] = field(default_factory=list)

    def add(self, call: Call, found: Answered) -> None:
        """One more call."""
        answer = found.body[:SHOWN].decode(errors="replace")
        self.calls.append({"method": call.method, "url": call.url, "status": found.status, "answer": answer})

    def told(self) -> dict[str, Json]:
        """The first one, and those after it."""
        first = self.calls[0] if self.calls else {"method": "", "url": "", "status": 0, "answer": ""}
        return {**first, "further": self.calls[1:]}


def _read(raw: Values) -> FormEvent:
    try:
        return FormEvent.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid("draft_invalid", "event", *first["loc"], detail=first["msg"]) from None
