"""What strangers do by a public link 公开填写与查询: look at it, send what they filled in, search, bring a file.

A file that was brought is shown to the device that brought it until it is sent, and to nobody else without a session.
"""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

from fastapi import Response, UploadFile

from builder.problem import Invalid, Missing, Problem, Unauthenticated, conflict, missing
from runtime import public as links
from runtime import stepping
from server import captcha, filing, public, services, wiring
from server.asker import Visitor
from server.public import Opened
from server.store import public_links
from server.transaction import briefly

UPLOADS_PER_MINUTE = 20
JUDGED_PER_MINUTE = 60
LARGEST_FILE = 20_000_000
LINKS_REMEMBERED = 5


def described(visitor: Visitor, token: str, password: str) -> dict[str, Any]:
    """The page of a link: what it is called, whether it works now, and with the right password what it offers."""
    found = public.opened(visitor, token, password, locked=False)
    terms = found.link.terms
    head: dict[str, Any] = {
        "kind": found.link.kind, "title": terms.title or found.live.form.name, "state": found.state,
        "needs_password": bool(found.link.password_hash), "opens_at": terms.opens_at, "closes_at": terms.closes_at,
        "timezone": found.asker.gate.timezone, "trial": found.asker.trial, "prefill": terms.prefill,
        "captcha": captcha.kind(found), "services": services.offered(visitor.settings, found.asker.trial),
    }  # fmt: skip
    if found.link.password_hash and not password:
        return head
    public.unlocked(visitor, found.link, password)
    if found.state != "open":
        return head
    told = links.described(found.asker.gate, found.live, found.link)
    writable = sorted(set(terms.fields if found.link.kind == "fill" else terms.asked) & set(found.live.fields))
    return {**head, **told, "needs_password": False, "description": terms.description, "writable": writable}


def fill_in(
    visitor: Visitor, token: str, password: str, values: dict[str, Any], attempt: str, proof: str
) -> dict[str, Any]:
    """Add a record by the link, counted within its limit; the same attempt twice adds one record."""
    visitor.state.limits.count("public_fill", visitor.address, public.TRIES_PER_MINUTE)
    found = public.opened(visitor, token, password)
    if found.link.kind != "fill":
        raise missing("link_closed")
    where = (visitor.connection, found.asker.workspace, found.link.id)
    now = visitor.state.clock.now()
    thanks = {"thanks": found.link.terms.thanks, "again": not found.link.terms.once}
    if attempt and not public_links.note_use(*where, f"attempt:{wiring.hashed(attempt)}", now):
        return thanks
    captcha.use(visitor.connection, found, proof)
    if found.link.terms.once:
        _only_device(visitor, found, now)
    if not public_links.count_one(*where):
        raise conflict("link_full")
    links.fill_in(found.asker.gate, found.live, found.link, values)
    return thanks


def judge(visitor: Visitor, token: str, password: str, values: dict[str, Any], seen: list[str]) -> None:
    """Refuse what is wrong about the steps that were filled in so far; nothing is kept."""
    visitor.state.limits.count("public_judge", visitor.address, JUDGED_PER_MINUTE)
    found = public.opened(visitor, token, password)
    if found.link.kind != "fill":
        raise missing("link_closed")
    stepping.judge_publicly(found.asker.gate, found.live, found.link, values, seen)


def _only_device(visitor: Visitor, found: Opened, now: datetime) -> None:
    """Mark this device as having used the link; of two submissions at once one is refused."""
    device = visitor.device or secrets.token_urlsafe(24)
    visitor.cookies[wiring.DEVICE_COOKIE] = (device, public.DEVICE_DAYS * 86_400)
    if not public_links.note_use(
        visitor.connection, found.asker.workspace, found.link.id, public.device_key(device), now
    ):
        raise conflict("link_done")


def query(visitor: Visitor, token: str, password: str, values: dict[str, Any], proof: str) -> list[dict[str, str]]:
    """What the link shows of the records that match every asked value."""
    visitor.state.limits.count("public_query", visitor.address, public.TRIES_PER_MINUTE)
    found = public.opened(visitor, token, password)
    if found.link.kind != "query":
        raise missing("link_closed")
    captcha.use_apart(found, proof)
    return links.find(found.asker.gate, found.live, found.link, values)


def upload(visitor: Visitor, token: str, password: str, file: UploadFile) -> dict[str, Any]:
    """Keep a file that a stranger is about to name in a field of the link; his device sees it until it is sent."""
    visitor.state.limits.count("public_upload", visitor.address, UPLOADS_PER_MINUTE)
    found = public.opened(visitor, token, password)
    offered = (found.live.fields.get(id) for id in found.link.terms.fields)
    if found.link.kind != "fill" or not any(one is not None and one.files for one in offered):
        raise missing("link_closed")
    if (file.size or 0) > LARGEST_FILE:
        raise Invalid(Problem("body_too_large", ("file",), {"limit": f"{LARGEST_FILE // 1_000_000} MB"}))
    kept = filing.store(replace(found.asker, member=found.link.terms.owner), file)
    _remember(visitor, found, token, str(kept["id"]))
    return kept


def _remember(visitor: Visitor, found: Opened, token: str, file: str) -> None:
    """Note which device brought the file, and let the browser say by which link."""
    device = visitor.device or secrets.token_urlsafe(24)
    visitor.cookies[wiring.DEVICE_COOKIE] = (device, public.DEVICE_DAYS * 86_400)
    tokens = list(dict.fromkeys([token, *visitor.links.split(".")]))[:LINKS_REMEMBERED]
    visitor.cookies[wiring.LINKS_COOKIE] = (".".join(one for one in tokens if one), 86_400)
    workspace, link, key, now = found.asker.workspace, found.link.id, _brings(device, file), visitor.state.clock.now()
    briefly(visitor.state.engine, lambda connection: public_links.note_use(connection, workspace, link, key, now))


def _brings(device: str, file: str) -> str:
    return f"file:{file}:{wiring.hashed(device)[:32]}"


def file_of(visitor: Visitor, id: str) -> Response:
    """A file's bytes, for a member who may read it, or for the device that has brought it and not yet sent it."""
    member = wiring.known(visitor)
    try:
        if member is None:
            raise Unauthenticated(Problem("not_signed_in"))
        return filing.fetch(wiring.asker_of(visitor, member), id)
    except (Missing, Unauthenticated):
        found = _brought(visitor, id)
        if found is None:
            raise
        return found


def _brought(visitor: Visitor, id: str) -> Response | None:
    """The file, if this very device brought it by a link that still works, and no record holds it yet."""
    for token in visitor.links.split(".")[:LINKS_REMEMBERED] if visitor.device and len(id) <= 64 else ():
        try:
            found = public.opened(visitor, token, "", locked=False)
        except Missing:
            continue
        where = (visitor.connection, found.asker.workspace, found.link.id)
        if not public_links.has_used(*where, _brings(visitor.device, id)):
            continue
        head = found.asker.world.files.heads([id]).get(id)
        return filing.sent(found.asker, head) if head is not None and not head.record else None
    return None
