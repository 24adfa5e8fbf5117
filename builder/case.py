"""A walk through a workflow kept as a test of the app 用例: who submits what, who does what, where it then stands."""

from typing import Any

from pydantic import Field as Setting

from builder.model import Label, Model, Slug, Text

MOST_MOVES = 200
MOST_CASES = 200


class Persona(Model):
    """Who acts: whoever holds a role, a member by id, or, if nothing is said, whoever is asked."""

    role: Slug | str = Setting(default="", max_length=63)
    member: str = Setting(default="", max_length=64)


class Move(Model):
    """One thing that is done 一步: `act` at the node `at` by `by`; or `wait`: time passes until the next deadline."""

    act: Slug
    at: Slug | str = Setting(default="", max_length=63)
    by: Persona = Persona()
    to: Persona | Slug | str = ""
    """A member for a transfer, a node for a return."""
    position: str = Setting(default="", max_length=10)
    comment: Text = ""
    values: dict[str, Any] = Setting(default_factory=dict)


class Expected(Model):
    """Where it stands after the last move: the coarse word, the nodes that are active, the nodes it came by."""

    status: str = Setting(default="running", max_length=40)
    at: tuple[Slug, ...] = ()
    route: tuple[Slug, ...] = ()


class Case(Model):
    """One walk. When it comes out differently a publish is refused, or only warned of if `blocking` is false."""

    id: Slug
    name: Label
    initiator: Persona = Persona()
    values: dict[str, Any] = Setting(default_factory=dict)
    moves: tuple[Move, ...] = Setting(default=(), max_length=MOST_MOVES)
    expect: Expected = Expected()
    blocking: bool = True


class Cases(Model):
    """The saved cases of one workflow; `id` is the workflow's."""

    id: Slug
    cases: tuple[Case, ...] = Setting(default=(), max_length=MOST_CASES)
