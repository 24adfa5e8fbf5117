"""Who stands at the door 来访者: a visitor, or a signed-in member within one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from builder.access import Actor
from runtime.gate import Gate
from runtime.ports import World
from server.settings import Settings


@dataclass
class Visitor:
    """Somebody at the door, signed in or not. `cookies` are what the answer shall set (None clears)."""

    connection: Connection
    settings: Settings
    state: Any
    """The process's own things: caches, engine, file folder; see `server.wiring.Wired`."""
    language: str
    address: str
    token: str
    """The session's or API token's secret, "" without one."""
    by_cookie: bool
    cookies: dict[str, tuple[str, int] | None] = field(default_factory=dict)
    device: str = ""
    """By what a public link knows this browser again; "" before it has used one."""
    links: str = ""
    """The links by which this browser has brought files, the last first."""


@dataclass
class Asker(Visitor):
    """A signed-in member, with the world of the workspace."""

    workspace: str = ""
    member: str = ""
    owner: str = ""
    """In a trial the visitor's own member, whoever is being played."""
    account: str = ""
    trial: bool = False
    actor: Actor = field(default_factory=lambda: Actor("member", ""))
    world: World = field(default=None)  # type: ignore[assignment]
    vouches: Callable[[str, str], bool] | None = None
    """See `Gate.vouches`."""

    @property
    def gate(self) -> Gate:
        """The one door to stored things, opened for this member."""
        language, compiled = self.language, self.state.compiled
        return Gate(self.world, self.actor, language, compiled, address=self.address, vouches=self.vouches)
