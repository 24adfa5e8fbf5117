"""The message centre 消息中心: what the asker was told, and how he wants to be told."""

from collections.abc import Mapping, Sequence
from typing import Any

from builder.problem import LANGUAGES, invalid
from runtime import telling
from runtime.gate import Gate
from runtime.notify import CHANNELS, KINDS, QUIET

Json = Any
MOST = 200


def page(gate: Gate, *, unread: bool = False, limit: int = 30, after: str = "") -> dict[str, Json]:
    """A page of the asker's notices, newest first."""
    found, following = gate.world.notices.page(gate.actor.id, unread=unread, limit=limit, after=after)
    return {"notices": telling.told(gate, found), "next": following, "unread": gate.world.notices.unread(gate.actor.id)}


def unread(gate: Gate) -> dict[str, int]:
    """How many the asker has not read."""
    return {"unread": gate.world.notices.unread(gate.actor.id)}


def read(gate: Gate, ids: Sequence[str] | None) -> dict[str, int]:
    """Mark some as read, or all of them."""
    gate.world.notices.read(gate.actor.id, None if ids is None else ids[:MOST], gate.now)
    gate.world.outbox.signal("notices", [gate.actor.id], {})
    return unread(gate)


def choices(gate: Gate) -> dict[str, Json]:
    """By which channels the asker is told of each kind, and in which language mails are written."""
    kept = gate.world.preferences.get("notices", gate.actor.id) or {}
    said: Mapping[str, Sequence[str]] = kept.get("channels", {})
    usual = {kind: [name for name in CHANNELS if kind not in QUIET or name != "mail"] for kind in KINDS}
    return {
        "channels": {kind: list(said.get(kind, usual[kind])) for kind in KINDS},
        "language": kept.get("language", ""),
    }


def choose(gate: Gate, channels: Mapping[str, Sequence[str]], language: str) -> dict[str, Json]:
    """Say by which channels; kinds that are not named stay as they are."""
    for kind, names in channels.items():
        if kind not in KINDS or set(names) - set(CHANNELS):
            raise invalid("no_such_channel", "channels", kind, kind=kind)
    if language not in ("", *LANGUAGES):
        raise invalid("no_such_language", "language", language=language)
    kept = gate.world.preferences.get("notices", gate.actor.id) or {}
    merged = {**kept.get("channels", {}), **{kind: sorted(set(names)) for kind, names in channels.items()}}
    gate.world.preferences.put("notices", {"channels": merged, "language": language}, gate.actor.id)
    return choices(gate)
