"""Mobiles verified by a code 手机验证: sent by the operator's service, tried a few times, good for one form.

What is verified is known by who asked for it: a member by his session, a stranger by his device.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from argon2.exceptions import Argon2Error
from sqlalchemy import Connection

from builder.field import Field
from builder.problem import Problem, TooMany, conflict, invalid, missing
from runtime import public as links
from runtime.form_events import Asking
from server import identity, public, services, wiring
from server.asker import Asker, Visitor
from server.store import phone_codes
from server.store.phone_codes import Sent
from server.transaction import briefly

GOOD_FOR = timedelta(minutes=10)
VOUCHED_FOR = timedelta(minutes=60)
PAUSE = timedelta(seconds=60)
MOST_TRIES = 5
PER_NUMBER, PER_ADDRESS, PER_WORKSPACE = 5, 30, 1_000
"""Codes in a day."""


def ask(asker: Asker, filling: Asking, field: str, number: str) -> dict[str, int]:
    """Send a code to the number that a member has typed."""
    return _send(asker, filling, field, number, wiring.holder_of(asker))


def tell(asker: Asker, filling: Asking, field: str, number: str, code: str) -> dict[str, bool]:
    """Whether the code is the one that was sent."""
    return _check(asker, filling, field, number, code, wiring.holder_of(asker))


def ask_publicly(visitor: Visitor, token: str, password: str, field: str, number: str) -> dict[str, int]:
    """Send a code to the number that a stranger has typed; from then on his device is known."""
    found = public.opened(visitor, token, password)
    visitor.device = visitor.device or secrets.token_urlsafe(24)
    visitor.cookies[wiring.DEVICE_COOKIE] = (visitor.device, public.DEVICE_DAYS * 86_400)
    filling = links.asking(found.asker.gate, found.live, found.link)
    return _send(found.asker, filling, field, number, wiring.device_holder(visitor))


def tell_publicly(visitor: Visitor, token: str, password: str, field: str, number: str, code: str) -> dict[str, bool]:
    """Whether the code is the one that was sent to this device's number."""
    found = public.opened(visitor, token, password)
    filling = links.asking(found.asker.gate, found.live, found.link)
    return _check(found.asker, filling, field, number, code, wiring.device_holder(visitor))


def _field(filling: Asking, id: str) -> Field:
    found = filling.live.fields.get(id)
    if found is None or not filling.may(id) or found not in filling.live.verifying:
        raise missing("phone_not_asked")
    return found


def _number(entry: Field, typed: str) -> str:
    """The number as it would be stored; raises `Invalid`."""
    try:
        found = entry.coerce(typed)
    except ValueError:
        found = None
    if not found:
        raise invalid("must_be_mobile", "number")
    return str(found)


def _send(asker: Asker, filling: Asking, field: str, typed: str, holder: str) -> dict[str, int]:
    asker.state.limits.count("phone_code", asker.address, 6)
    number = _number(_field(filling, field), typed)
    if "sms" not in services.offered(asker.settings, asker.trial):
        raise conflict("outbound_trial" if asker.trial else "service_off")
    code, now = f"{secrets.randbelow(1_000_000):06}", asker.state.clock.now()
    sent = Sent(
        asker.workspace, asker.state.ids.new(), filling.live.key, holder, wiring.hashed(number),
        wiring.hashed(wiring.neighbourhood(asker.address)), identity.HASHER.hash(code), now, now + GOOD_FOR,
    )  # fmt: skip
    briefly(asker.state.engine, lambda connection: _keep(connection, sent))
    body = {"number": number, "code": code, "minutes": GOOD_FOR.seconds // 60, "language": asker.language}
    services.call(asker.settings, "sms", body, trial=asker.trial)
    return {"minutes": GOOD_FOR.seconds // 60, "pause": PAUSE.seconds}


def _keep(connection: Connection, sent: Sent) -> None:
    """Keep the code unless too many were sent; raises `TooMany`."""
    count: Callable[..., int] = partial(phone_codes.count, connection)
    day = sent.sent_at - timedelta(days=1)
    if count(sent.sent_at - PAUSE, number=sent.number):
        raise TooMany(Problem("phone_too_soon", ("number",), {"seconds": PAUSE.seconds}))
    full = (
        count(day, number=sent.number) >= PER_NUMBER
        or count(day, address=sent.address) >= PER_ADDRESS
        or count(day, workspace=sent.workspace) >= PER_WORKSPACE
    )
    if full:
        raise TooMany(Problem("phone_enough", ("number",)))
    phone_codes.add(connection, sent)


def _check(asker: Asker, filling: Asking, field: str, typed: str, code: str, holder: str) -> dict[str, bool]:
    """Count the try first, in a transaction of its own: a wrong one counts whatever becomes of the request."""
    asker.state.limits.count("phone_try", asker.address, 20)
    number, now = wiring.hashed(_number(_field(filling, field), typed)), asker.state.clock.now()
    where, engine = (asker.workspace, filling.live.key, holder, number), asker.state.engine
    sent = briefly(engine, lambda connection: phone_codes.newest(connection, *where, now))
    if sent is None:
        raise conflict("phone_code_over")
    if not briefly(engine, lambda connection: phone_codes.count_try(connection, sent.workspace, sent.id, MOST_TRIES)):
        raise conflict("phone_code_over")
    if not _matches(sent.code_hash, code.strip()):
        raise invalid("phone_code_wrong", "code", left=max(0, MOST_TRIES - sent.tries - 1))
    briefly(engine, lambda connection: phone_codes.mark(connection, sent.workspace, sent.id, now + VOUCHED_FOR))
    return {"verified": True}


def _matches(kept: str, code: str) -> bool:
    try:
        return identity.HASHER.verify(kept, code)
    except Argon2Error:
        return False
