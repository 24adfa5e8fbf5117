"""The door for strangers 公开访问: a token opens one link, and the link does its one thing.

Nothing here knows a session: who is signed in gets no more by a link than anybody else.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from argon2.exceptions import Argon2Error
from pydantic import ValidationError

from builder.problem import Forbidden, Problem, conflict, forbidden, invalid, missing
from runtime import public
from runtime.live import LiveForm
from runtime.public import Kind, PublicLink, Terms
from server import identity as signing
from server import wiring
from server.asker import Asker, Visitor
from server.store import identity, public_links

DEVICE_DAYS = 400
TRIES_PER_MINUTE = 30
MOST_LINKS = 50


@dataclass(frozen=True)
class Opened:
    """A link that works, with a stranger who may do its one thing."""

    asker: Asker
    live: LiveForm
    link: PublicLink
    state: public.State


def opened(visitor: Visitor, token: str, password: str, *, locked: bool = True) -> Opened:
    """The link; raises `Missing` for none, one switched off, or one whose owner or form is gone."""
    visitor.state.limits.count("public", visitor.address, TRIES_PER_MINUTE * 4)
    found = public_links.by_token(visitor.connection, token) if 20 <= len(token) <= 64 else None
    if found is None or not found[1].enabled:
        raise missing("link_closed")
    workspace, link = found
    owner = identity.identity_of(visitor.connection, workspace, link.terms.owner)
    now = visitor.state.clock.now()
    if owner is None or not owner.enabled or (owner.trial_until is not None and owner.trial_until < now):
        raise missing("link_closed")
    host = wiring.asker_of(visitor, owner)
    live = _form(host, link)
    vouches = wiring.vouching(visitor, owner, partial(wiring.device_holder, visitor))
    asker = replace(host, actor=public.stranger(live, link), vouches=vouches)
    state = public.state_of(link, now, _device_used(visitor, workspace, link))
    if locked:
        unlocked(visitor, link, password)
        _working(state)
    return Opened(asker, live, link, state)


def _form(host: Asker, link: PublicLink) -> LiveForm:
    app, _, form = link.form.partition(".")
    if host.world.definitions.app(app) is None:
        raise missing("link_closed")
    live = host.gate.app(app)
    if form not in live.forms:
        raise missing("link_closed")
    return live.forms[form]


def unlocked(visitor: Visitor, link: PublicLink, password: str) -> None:
    """Refuse a wrong password; tries are counted as those of signing in."""
    if not link.password_hash:
        return
    if not password:
        raise Forbidden(Problem("link_password_needed", ("password",)))
    visitor.state.limits.count("public_password", visitor.address, visitor.settings.sign_ins_per_minute)
    if not _matches(link.password_hash, password):
        raise Forbidden(Problem("link_password_wrong", ("password",)))


def _matches(secret: str, password: str) -> bool:
    try:
        return signing.HASHER.verify(secret, password)
    except Argon2Error:
        return False


def _working(state: public.State) -> None:
    if state != "open":
        raise conflict(f"link_{state}")


def _device_used(visitor: Visitor, workspace: str, link: PublicLink) -> bool:
    device = visitor.device
    return bool(device) and public_links.has_used(visitor.connection, workspace, link.id, device_key(device))


def device_key(device: str) -> str:
    return f"device:{wiring.hashed(device)}"


# --- what administrators do with links ------------------------------------------------------------------------------


def links(asker: Asker, app: str, form: str) -> dict[str, Any]:
    """The links of a form, and which of its fields a link may offer."""
    live = _designed(asker, app, form)
    found = public_links.of_form(asker.connection, asker.workspace, live.key)
    fill, show, ask = (public.obstacles(live, use) for use in public.USES)
    fields = [
        {"id": id, "label": entry.label, "fill": fill[id], "show": show[id], "ask": ask[id]}
        for id, entry in live.fields.items()
    ]
    views = [{"id": view.id, "name": view.name} for view in live.form.views]
    return {"links": [_told(link) for link in found], "fields": fields, "views": views}


def add(asker: Asker, app: str, form: str, kind: Kind, terms: Terms, password: str) -> dict[str, Any]:
    """A new link with a token that cannot be guessed; the asker is its owner if the terms name nobody."""
    live = _designed(asker, app, form)
    if len(public_links.of_form(asker.connection, asker.workspace, live.key)) >= MOST_LINKS:
        raise invalid("too_many_links", limit=MOST_LINKS)
    terms = public.checked(live, kind, _owned(asker, terms))
    _keyed(asker, terms)
    link = PublicLink(
        asker.state.ids.new(), secrets.token_urlsafe(24), live.key, kind, terms, _secret(password), True, 0,
        asker.member, asker.state.clock.now(),
    )  # fmt: skip
    public_links.add(asker.connection, asker.workspace, link)
    return _told(link)


def change(
    asker: Asker, app: str, form: str, id: str, terms: Terms | None, password: str | None, enabled: bool | None
) -> dict[str, Any]:
    """Other terms, another password ("" for none), on or off."""
    live, link = _owned_link(asker, app, form, id)
    if terms is not None:
        _keyed(asker, terms)
        link = replace(link, terms=public.checked(live, link.kind, _owned(asker, terms)))
    if password is not None:
        link = replace(link, password_hash=_secret(password))
    if enabled is not None:
        link = replace(link, enabled=enabled)
    public_links.change(asker.connection, asker.workspace, link)
    return _told(link)


def drop(asker: Asker, app: str, form: str, id: str) -> None:
    """Remove a link for good; what came in by it stays."""
    _, link = _owned_link(asker, app, form, id)
    public_links.drop(asker.connection, asker.workspace, link.id)


def _designed(asker: Asker, app: str, form: str) -> LiveForm:
    if not asker.actor.admin:
        raise forbidden("admins_only")
    return asker.gate.form(app, form)


def _owned_link(asker: Asker, app: str, form: str, id: str) -> tuple[LiveForm, PublicLink]:
    live = _designed(asker, app, form)
    link = public_links.find(asker.connection, asker.workspace, id)
    if link is None or link.form != live.key:
        raise missing("no_such_link")
    return live, link


def _owned(asker: Asker, terms: Terms) -> Terms:
    owner = terms.owner or asker.member
    person = asker.world.directory.members().get(owner)
    if person is None or not person.enabled:
        raise invalid("no_such_member", "terms", "owner", value=owner)
    return terms.model_copy(update={"owner": owner})


def _keyed(asker: Asker, terms: Terms) -> None:
    """Make the key that challenges of the workspace's links are signed with, when the first link asks for them."""
    if terms.captcha != "off" and not asker.world.preferences.get("captcha"):
        asker.world.preferences.put("captcha", {"key": secrets.token_urlsafe(32)})


def terms_of(raw: Mapping[str, Any]) -> Terms:
    """Terms as they were sent; raises `Invalid` for a moment that is none, or has no time zone."""
    moments = {name: _moment(raw.get(name), name) for name in ("opens_at", "closes_at")}
    try:
        return Terms.model_validate({**raw, **moments})
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid("bad_link_terms", "terms", *first["loc"], reason=first["msg"]) from None


def _moment(text: str | None, name: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        moment = found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise invalid("must_be_moment", "terms", name)
    return moment


def _secret(password: str) -> str:
    return signing.HASHER.hash(password) if password else ""


def _told(link: PublicLink) -> dict[str, Any]:
    return {
        "id": link.id, "token": link.token, "kind": link.kind, "terms": link.terms.model_dump(mode="json"),
        "has_password": bool(link.password_hash), "enabled": link.enabled, "used": link.used,
        "created_by": link.created_by, "created_at": link.created_at,
    }  # fmt: skip
