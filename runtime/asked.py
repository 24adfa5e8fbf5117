"""What every node that asks people shares 办理节点: fields, comments, signatures, buttons, checks and copies."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import Field as Setting

from builder.model import Label, Slug
from builder.problem import invalid
from runtime.assign import Assignee
from runtime.deadline import Due
from runtime.effect import Copy, Effect
from runtime.node import Access, Empty, Here, NodeCheck, NodeType


class Asked(NodeType):
    """Somebody is asked here; `fields` may name columns of a subform: `lines.price`."""

    asks: ClassVar[bool] = True

    assignees: tuple[Assignee, ...] = ()
    empty: Empty = "admin"
    fields: dict[str, Access] = Setting(default_factory=dict)
    comment_required: tuple[str, ...] = ()
    signature_required: tuple[str, ...] = ()
    buttons: dict[Slug, Label] = Setting(default_factory=dict)
    """Its own words for the buttons, by action."""
    checks: tuple[NodeCheck, ...] = Setting(default=(), max_length=50)
    copy_on_arrival: tuple[Assignee, ...] = ()
    copy_after: tuple[Assignee, ...] = ()

    due: tuple[Due, ...] = Setting(default=(), max_length=10)

    def must_say(self, here: Here, action: str) -> None:
        """Refuse an answer that lacks its comment or its signature."""
        if action in self.comment_required and not here.event.get("comment", "").strip():
            raise invalid("comment_required", "comment")
        if action in self.signature_required and not here.event.get("signature"):
            raise invalid("signature_required", "signature")

    def tell(self, here: Here, rules: Sequence[Assignee], part: str) -> tuple[Effect, ...]:
        """Copies to whom the rules mean."""
        return tuple(Copy(here.id, person) for person in here.meant(rules, part)) if rules else ()

    @property
    def must_write(self) -> bool:
        """Whether who completes it must also write or sign something, so that nobody may be passed over."""
        said = {*self.comment_required, *self.signature_required}
        return bool(said & self.completes) or "required" in self.fields.values()

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is asked."""
        return self.assignees

    @property
    def wants_comment(self) -> tuple[str, ...]:
        """As set."""
        return self.comment_required

    @property
    def wants_signature(self) -> tuple[str, ...]:
        """As set."""
        return self.signature_required

    @property
    def copies(self) -> Mapping[str, tuple[Assignee, ...]]:
        """As set."""
        return {"copy_on_arrival": self.copy_on_arrival, "copy_after": self.copy_after}

    @property
    def submit_checks(self) -> tuple[NodeCheck, ...]:
        """As set."""
        return self.checks

    @property
    def deadlines(self) -> tuple[Due, ...]:
        """As set."""
        return self.due

    @property
    def words(self) -> Mapping[str, str]:
        """As set."""
        return self.buttons

    @property
    def access(self) -> Mapping[str, Access]:
        """What may be seen and filled in."""
        return self.fields

    def handlers(self, here: Here) -> list[str]:
        """Who handled it before and can still be asked."""
        before = here.handled(here.id)
        return here.meant([Assignee(member=person) for person in before], "before") if before else []
