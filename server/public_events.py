"""Events set off by strangers 公开链接的前端事件: only those that say so, for the fields that the link offers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.problem import missing
from runtime import public as links
from server import form_events, public
from server.asker import Visitor

PER_MINUTE = 20


def run(visitor: Visitor, token: str, password: str, event: str, sent: Mapping[str, Any], row: int) -> dict[str, Any]:
    """What the event suggests to a stranger who fills in."""
    visitor.state.limits.count("public_event", visitor.address, PER_MINUTE)
    found = public.opened(visitor, token, password)
    if found.link.kind != "fill":
        raise missing("link_closed")
    asking = links.asking(found.asker.gate, found.live, found.link)
    return form_events.suggested(found.asker, replace(asking, row=row), event, sent)
