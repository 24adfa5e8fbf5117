"""One request, one transaction: who asks is found, the handler is handed its asker, the outcome is committed 接线."""

import hashlib
import ipaddress
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import Connection, Engine

from builder.definition import App
from builder.parts import Parts, digest, to_parts
from builder.problem import Forbidden, Problem, TooMany, Unauthenticated, conflict
from builder.template import Samples, read_folder
from runtime.gate import Gate
from runtime.live import Library
from runtime.personas import actor_of
from server.asker import Asker, Visitor
from server.ports_live import LiveClock, LiveIds
from server.problems import language_of
from server.settings import Settings
from server.store import identity, phone_codes
from server.store.caches import Caches, Revisions
from server.store.engine import make_engine
from server.store.world import world
from server.transaction import retrying, transaction

COOKIE = "qiaoban"
DEVICE_COOKIE = "qiaoban_device"
LINKS_COOKIE = "qiaoban_links"
WINDOW = 60.0
MOST_COUNTED = 10_000
OUTGOING = 8
"""How many requests may wait for the outside at once, so that slow others leave threads for everybody else."""
ONCE = {"secret", "link"}
"""What an answer shows once: secrets are kept nowhere, so a repeated request is answered without them."""


@dataclass
class Template:
    """A template of this server, read once: the app, its samples, its parts and their hashes."""

    app: App
    samples: Samples
    parts: Parts
    manifest: dict[str, str]


@dataclass
class Limits:
    """How often an address does something, per process: a sliding minute 频率限制."""

    seen: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, address: str, most: int) -> None:
        """Count one more; raises `TooMany` above `most` a minute."""
        now = time.monotonic()
        with self.lock:
            times = self.seen[what, neighbourhood(address)]
            while times and times[0] < now - WINDOW:
                times.popleft()
            if len(times) >= most:
                raise TooMany(Problem("too_many_tries"))
            times.append(now)
            if len(self.seen) > MOST_COUNTED:
                self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop who has not come for a minute, and of the rest those that came least: nobody is let off by a crowd."""
        rest = {key: times for key, times in self.seen.items() if times and times[-1] >= now - WINDOW}
        busy = sorted(rest, key=lambda key: len(rest[key]), reverse=True)[: MOST_COUNTED // 2]
        self.seen = defaultdict(deque, {key: rest[key] for key in busy})


@dataclass
class Wired:
    """What a process holds: engine, caches, compiled apps, templates, the hour."""

    settings: Settings
    engine: Engine
    caches: Caches = field(default_factory=Caches)
    compiled: Library = field(default_factory=Library)
    clock: LiveClock = field(default_factory=LiveClock)
    ids: LiveIds = field(default_factory=LiveIds)
    limits: Limits = field(default_factory=Limits)
    outgoing: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(OUTGOING))
    templates: dict[str, Template] = field(default_factory=dict)

    def template(self, name: str) -> Template | None:
        """A template of this server by its folder's name; only names that are there are ever opened."""
        folders = {path.name: path for path in self.settings.templates.iterdir() if (path / "app.json").is_file()}
        if name not in folders:
            return None
        if name not in self.templates:
            app, samples = read_folder(folders[name])
            parts = to_parts(app)
            self.templates[name] = Template(app, samples, parts, {key: digest(part) for key, part in parts.items()})
        return self.templates[name]


def wire(settings: Settings) -> Wired:
    """A process's things for these settings; folders are made."""
    settings.home.mkdir(parents=True, exist_ok=True)
    settings.files.mkdir(parents=True, exist_ok=True)
    return Wired(settings, make_engine(settings.url))


def wired_of(request: Request) -> Wired:
    """What the app that answers this request is wired to."""
    wired: Wired = request.app.state.wired
    return wired


def enter(request: Request, response: Response, kind: type, writes: bool, call: Callable[[Any], Any]) -> Any:
    """Run a handler within one transaction, its asker supplied; commit before the answer leaves.

    Another transaction in the way means to try again, a few times. An Idempotency-Key makes a repeated write
    answer as the first time.
    """
    wired = wired_of(request)
    _same_site(request)
    answer, cookies = retrying(lambda: _once(request, wired, kind, writes, call))
    target = answer if isinstance(answer, Response) else response
    for name, cookie in cookies.items():
        if cookie is None:
            target.delete_cookie(name, path="/")
        else:
            secure = wired.settings.secure_cookies
            target.set_cookie(
                name, cookie[0], max_age=cookie[1], httponly=True, samesite="lax", secure=secure, path="/"
            )
    return answer


def _once(request: Request, wired: Wired, kind: type, writes: bool, call: Callable[[Any], Any]) -> Any:
    with transaction(wired.engine, writes) as connection:
        visitor = visitor_of(request, wired, connection)
        if kind is Visitor:
            return call(visitor), visitor.cookies
        asker = admit(visitor)
        supply = asker.gate if kind is Gate else asker
        key = request.headers.get("idempotency-key", "") if writes else ""
        answer = _only_once(request, asker, key, lambda: call(supply)) if key else call(supply)
        return answer, asker.cookies


def visitor_of(request: Request, wired: Wired, connection: Connection) -> Visitor:
    """Who stands at the door, by cookie or API token."""
    by_token = _bears(request)
    token = request.headers["authorization"][7:].strip() if by_token else request.cookies.get(COOKIE, "")
    return Visitor(
        connection,
        wired.settings,
        wired,
        language_of(request),
        address_of(request, wired.settings),
        token,
        not by_token,
        device=request.cookies.get(DEVICE_COOKIE, "")[:100],
        links=request.cookies.get(LINKS_COOKIE, "")[:400],
    )


def _bears(request: Request) -> bool:
    """Whether an API token is sent: only then does a cookie not speak for the caller."""
    return request.headers.get("authorization", "").lower().startswith("bearer ")


def address_of(request: Request, settings: Settings) -> str:
    """The caller's address; a proxy's word counts only when the operator says so."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings.trust_proxy else ""
    return forwarded.split(",")[-1].strip() or (request.client.host if request.client else "")


def neighbourhood(address: str) -> str:
    """The address as limits count it: whoever has one of IPv6 has 2^64 of them, so those are one."""
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _same_site(request: Request) -> None:
    """Writes by cookie are taken from our own pages only (ASVS 3.5.1)."""
    if request.method in ("GET", "HEAD") or _bears(request):
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if site is None and origin:
        foreign = urlsplit(origin).netloc != request.headers.get("host", "")
    if foreign:
        raise Forbidden(Problem("cross_site"))


def hashed(secret: str) -> str:
    """How a secret is kept: only its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def known(visitor: Visitor) -> identity.Identity | None:
    """Who the visitor's cookie or token stands for, if anybody who may still come in."""
    if not visitor.token or len(visitor.token) > 200:
        return None
    now, wired = visitor.state.clock.now(), visitor.state
    name = hashed(visitor.token)
    by_session = visitor.by_cookie
    found = (
        identity.identify(visitor.connection, name, now)
        if by_session
        else identity.identify_token(visitor.connection, name)
    )
    if found is None or not found.enabled:
        return None
    if found.trial_until is not None and found.trial_until < wired.clock.now():
        return None
    return found


def admit(visitor: Visitor) -> Asker:
    """The visitor as a signed-in member; raises `Unauthenticated`."""
    found = known(visitor)
    if found is None:
        raise Unauthenticated(Problem("not_signed_in"))
    return asker_of(visitor, found)


def asker_of(visitor: Visitor, found: identity.Identity) -> Asker:
    """The member that an identity stands for, with the workspace's world."""
    wired: Wired = visitor.state
    revisions = Revisions(found.directory_revision, found.definition_revision)
    around = world(visitor.connection, found.workspace, wired.caches, wired.clock, wired.ids, revisions)
    return Asker(
        visitor.connection, visitor.settings, wired, visitor.language, visitor.address, visitor.token,
        visitor.by_cookie, visitor.cookies, visitor.device, visitor.links, found.workspace, found.member, found.owner,
        found.account,
        found.trial_until is not None, actor_of(around.directory, found.member, found.admin), around,
        vouching(visitor, found, partial(member_holder, found.member, visitor.token)),
    )  # fmt: skip


def member_holder(member: str, token: str) -> str:
    """Who has verified a number: a member within one session."""
    return hashed(f"member {member} {hashed(token)}")


def holder_of(asker: Asker) -> str:
    """The same for who asks."""
    return member_holder(asker.member, asker.token)


def device_holder(visitor: Visitor) -> str:
    """Who has verified a number: a stranger's device, none without one."""
    return hashed(f"device {visitor.device}") if visitor.device else ""


def vouching(
    visitor: Visitor, found: identity.Identity, holder: Callable[[], str]
) -> Callable[[str, str], bool] | None:
    """Whether the holder has verified a number for a form; None where no codes can be sent."""
    if not visitor.settings.sms_url or found.trial_until is not None:
        return None
    now = visitor.state.clock.now()
    where = (visitor.connection, found.workspace)
    return lambda form, number: phone_codes.spend(*where, form, holder(), hashed(number), now)


def again(asker: Asker, connection: Connection) -> Asker:
    """The same member in another transaction, with the rights he has now; raises `Unauthenticated`."""
    found = identity.identity_of(connection, asker.workspace, asker.member)
    if found is None or not found.enabled:
        raise Unauthenticated(Problem("not_signed_in"))
    visitor = Visitor(
        connection, asker.settings, asker.state, asker.language, asker.address, asker.token, asker.by_cookie
    )
    return asker_of(visitor, found)


def _only_once(request: Request, asker: Asker, key: str, work: Callable[[], Any]) -> Any:
    """The remembered answer of the same request, else a fresh one that is remembered.

    The key is held before the work begins: the same request at the same time waits for the first one's answer.
    """
    if request.headers.get("content-type", "").startswith("multipart/"):
        return work()
    where = (asker.connection, asker.workspace, asker.member, key[:200])
    body = getattr(request, "_body", b"")
    asked = hashlib.sha256(b"\n".join([request.method.encode(), request.url.path.encode(), body])).hexdigest()
    held = identity.Remembered(asked, _success(request), {}, asker.state.clock.now())
    if not identity.remember(*where, held):
        return _as_before(identity.remembered(*where), asked)
    answer = work()
    if isinstance(answer, BaseModel):
        identity.remember_answer(*where, replace(held, body=json.loads(answer.model_dump_json(exclude=ONCE))))
    else:
        identity.release(*where)
    return answer


def _success(request: Request) -> int:
    """The status that the route answers when all is well."""
    return getattr(request.scope.get("route"), "status_code", None) or 200


def _as_before(before: identity.Remembered | None, asked: str) -> JSONResponse:
    if before is None:
        raise conflict("key_in_use")
    if before.request_hash != asked:
        raise conflict("key_used_before")
    return JSONResponse(before.body, before.status)
