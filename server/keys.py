"""Secrets of a workspace 密钥: kept here, named in definitions, sent to one host only, and told to nobody again."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from builder.form_event import PLAIN
from builder.problem import conflict, forbidden, invalid, missing
from server.asker import Asker

Json = Any
MOST = 50
HOST = re.compile(r"^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$")


def listed(asker: Asker) -> dict[str, Json]:
    """The names of the keys, their hosts and when they were set; administrators only."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    return {
        "keys": [
            {"name": name, "host": kept["host"], "at": kept["at"], "by": kept["by"]}
            for name, kept in sorted(_kept(asker).items())
        ]
    }


def put(asker: Asker, name: str, host: str, value: str) -> dict[str, Json]:
    """Keep a key for a host; without a value the one that is there goes on, for the same host only."""
    listed(asker)
    kept, place = _kept(asker), host.strip().lower()
    if not HOST.match(place):
        raise invalid("key_host_odd", "host")
    before = kept.get(name, {})
    if not PLAIN.match(value) or (not value and before.get("host") != place):
        raise invalid("required", "value", label=name)
    if name not in kept and len(kept) >= MOST:
        raise invalid("too_many_keys", limit=MOST)
    at = asker.state.clock.now().isoformat()
    made = {"host": place, "value": value or before["value"], "at": at, "by": asker.member}
    asker.world.preferences.put("keys", {"keys": {**kept, name: made}})
    return listed(asker)


def drop(asker: Asker, name: str) -> dict[str, Json]:
    """Forget a key."""
    listed(asker)
    kept = _kept(asker)
    if name not in kept:
        raise missing("event_key_missing", name=name)
    rest = {each: one for each, one in kept.items() if each != name}
    asker.world.preferences.put("keys", {"keys": rest})
    return listed(asker)


def secret_for(asker: Asker, name: str, url: str) -> str:
    """The secret, for a request to its own host; raises `Conflict`."""
    kept = _kept(asker).get(name)
    if kept is None:
        raise conflict("event_key_missing", name=name)
    if urlsplit(url).netloc.lower() != kept["host"]:
        raise conflict("event_key_elsewhere", name=name, host=kept["host"])
    return str(kept["value"])


def _kept(asker: Asker) -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = (asker.world.preferences.get("keys") or {}).get("keys", {})
    return found
