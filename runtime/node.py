"""A place in a workflow 节点: the two questions that every node type 节点类型 answers, with data only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol

from pydantic import ValidationError

from builder.definition import App, Form, Node, Workflow
from builder.model import Model, Text
from builder.problem import Invalid, Problem, Refusal, conflict
from builder.registry import load
from runtime.assign import Assignee
from runtime.deadline import Due, Moment
from runtime.effect import Effect

Json = Any

TYPES = "runtime.nodes"

Access = Literal["hidden", "read", "edit", "required"]
"""What a person at a node may do with a field."""


class EmptyMember(Model):
    """The member who is asked when a rule means nobody."""

    member: str


Empty = Literal["admin", "skip", "reject", "refuse"] | EmptyMember
"""When nobody is meant 处理人为空: the admins are asked, it passes, it is rejected, it cannot be submitted, or a member
is asked."""


class NodeCheck(Model):
    """A submit check 节点校验: `that` must not be false when the node is completed; else `message` is said."""

    that: Text
    message: Text


@dataclass(frozen=True)
class Question:
    """What `step` must be told: `people` (rules), `holds` (guards by exit), `admins`, `due` (an instant)…

    The event carries the answer.
    """

    kind: Literal["people", "holds", "admins", "due"]
    node: str
    about: Json
    part: str = ""
    """Tells apart two questions of one kind at one node."""

    @property
    def key(self) -> str:
        """Under which the event carries the answer."""
        return f"{self.kind}:{self.node}" + (f":{self.part}" if self.part else "")


class Unknown(Exception):
    """The event does not carry this fact yet: answer it, and step again."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.key)
        self.question = question


@dataclass(frozen=True)
class Note:
    """A line for the instance's log that no person wrote: auto_agreed, skipped, copied…"""

    action: str
    person: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a node answers. No exit, no `back` and no `end` means: wait."""

    exits: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    memo: Mapping[str, Json] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    back: str = ""
    """Return to this node ("start", "previous" or an id) and void what was done since."""
    straight: bool = False
    """After such a return, come straight back here; what was done between stands."""
    end: str = ""
    """End the whole instance with this status."""
    stops: str = ""
    """End only this branch; the instance ends with this status when no branch is left."""
    close: str = "skipped"
    """Why the tasks still open here are closed when the node is left."""


class History(Protocol):
    """What a node may learn of what was done before it was reached."""

    @property
    def agreed(self) -> frozenset[str]:
        """Who agreed before, as far as the workflow then asks them no second time."""
        ...

    @property
    def before(self) -> tuple[str, ...]:
        """Who handled the nearest nodes before that wait for a person."""
        ...

    def handled(self, node: str) -> tuple[str, ...]:
        """Who handled a node when it was last passed."""
        ...


@dataclass(frozen=True)
class Here:
    """Where a node stands when it is asked: its drawing, its memo, and the event with its facts."""

    id: str
    node: Node
    event: Mapping[str, Json]
    memo: Mapping[str, Json]
    initiator: str
    starting: bool = False
    returned: bool = False
    outside: bool = False
    """Whether a stranger submitted it: the initiator only stands for him, and said nothing himself."""
    past: History | None = None
    """What was done in this instance before."""

    def fact(self, kind: Literal["people", "holds", "admins", "due"], about: Json, part: str = "") -> Json:
        """The answer that the event carries; raises `Unknown` when it does not yet."""
        question = Question(kind, self.id, about, part)
        facts: Mapping[str, Json] = self.event.get("facts", {})
        if question.key not in facts:
            raise Unknown(question)
        return facts[question.key]

    def people(self, rules: Sequence[Assignee], empty: Empty | None = None) -> list[str]:
        """Whom the rules mean; when nobody, as `empty` says: the admins, a member, or nobody (skip, None)."""
        found = self.meant(rules)
        if found or empty in ("skip", "reject", None):
            return found
        if empty != "refuse":
            found = [empty.member] if isinstance(empty, EmptyMember) else self.fact("admins", None)
        if not found:
            raise conflict("nobody_to_ask", node=self.node.label or self.id)
        return found

    def meant(self, rules: Iterable[Assignee], part: str = "") -> list[str]:
        """Whom the rules mean: those that speak of this instance's own story are answered here."""
        said = [each.dump() for rule in rules for each in self._told(rule)]
        found: list[str] = self.fact("people", said, part) if said else []
        return found

    def handled(self, node: str) -> tuple[str, ...]:
        """Who handled a node when it was last passed."""
        return self.past.handled(node) if self.past else ()

    @property
    def agreed(self) -> frozenset[str]:
        """Who agreed before, as far as the workflow then asks them no second time."""
        return self.past.agreed if self.past else frozenset()

    def _told(self, rule: Assignee) -> list[Assignee]:
        if rule.previous_handler:
            return [Assignee(member=person) for person in self.past.before] if self.past else []
        if rule.handler_of:
            return [Assignee(member=person) for person in self.handled(rule.handler_of)]
        return [rule]

    @property
    def exit(self) -> str:
        """The one exit of a node that has one, whatever it is called."""
        return next(iter(self.node.on), "next")


class NodeType(Model):
    """Two questions: `enter` (I have been reached) and `receive` (somebody answered). Its fields are its settings."""

    asks: ClassVar[bool] = False
    """Whether it waits for a person; only such a node can be returned to."""
    starts: ClassVar[bool] = False
    """Whether a workflow may start here."""
    gathers: ClassVar[bool] = False
    """Whether it waits for every branch that can still arrive."""
    completes: ClassVar[frozenset[str]] = frozenset()
    """The actions after which everything required here must be there."""
    open_fields: ClassVar[bool] = False
    """Whether fields that its settings do not speak of may be filled in here."""
    agreements: ClassVar[frozenset[str]] = frozenset()
    """The actions by which a person agrees here."""
    refusals: ClassVar[frozenset[str]] = frozenset()
    """The exits taken when somebody says no."""
    otherwise: ClassVar[str] = ""
    """The exit taken when no guard holds."""
    pauses: ClassVar[bool] = False
    """Whether it waits for a moment or for the world outside: a circle with such a node does not spin."""
    ends: ClassVar[bool] = False
    """Whether the instance is over when it is reached."""
    lasting: ClassVar[bool] = False
    """Whether what it did outside cannot be taken back any more."""

    def enter(self, here: Here) -> Outcome:
        """I have been reached."""
        raise NotImplementedError

    def receive(self, here: Here) -> Outcome:
        """Somebody answered, or (for a node that gathers) everybody has arrived."""
        raise conflict("not_possible_here", action=here.event.get("action", ""))

    def retract(self, here: Here) -> Outcome:
        """Who acted last takes it back; `here.memo` is the node's memo when it was left, the event names him."""
        raise conflict("cannot_take_back")

    def refusal(self, here: Here) -> Refusal | None:
        """Why somebody who is not asked here, but was or will be, may not answer; None when there is no such reason."""
        return None

    def offered(self, memo: Mapping[str, Json], person: str) -> tuple[str, ...]:
        """What `person`, who is asked, may do now."""
        return self.offers

    def completed_by(self, action: str, position: str = "") -> bool:
        """Whether everything required here must be there for this answer."""
        return action in self.completes

    def unsound(self, app: App, form: Form, name: str) -> Iterable[Problem]:
        """What else is wrong with the settings, seen from the app and the workflow's form; paths start at the node."""
        return ()

    def enough(self, arrived: int) -> bool:
        """Of a node that gathers: whether so many arrivals are enough, though others are still on their way."""
        return False

    @property
    def binds(self) -> bool:
        """Whether the children that it started, and does not wait for, end with their parent."""
        return False

    @property
    def partial(self) -> bool:
        """Of a node that gathers: whether some of the branches may be enough."""
        return False

    @property
    def cancels(self) -> bool:
        """Of a node that gathers: whether what is still on its way is closed when it goes on."""
        return False

    @property
    def splits(self) -> bool:
        """Whether it may leave by several exits at once."""
        return False

    @property
    def needs(self) -> frozenset[str] | None:
        """The exits that must lead somewhere; None means: exactly one, with any name."""
        return None

    @property
    def knows(self) -> frozenset[str] | None:
        """The exits that may lead somewhere; None means: any."""
        return self.needs

    @property
    def rules(self) -> tuple[Assignee, ...]:
        """Who is asked or told."""
        return ()

    @property
    def access(self) -> Mapping[str, Access]:
        """What the person asked may do with each field."""
        return {}

    @property
    def offers(self) -> tuple[str, ...]:
        """What the person asked may do."""
        return ()

    @property
    def wants_comment(self) -> tuple[str, ...]:
        """The actions that need a comment."""
        return ()

    @property
    def wants_signature(self) -> tuple[str, ...]:
        """The actions that need a signature."""
        return ()

    @property
    def copies(self) -> Mapping[str, tuple[Assignee, ...]]:
        """Who is told beside who is asked, by setting."""
        return {}

    @property
    def ends_all(self) -> bool:
        """Of a node that ends: whether other branches end with it."""
        return self.ends

    @property
    def submit_checks(self) -> tuple[NodeCheck, ...]:
        """What must hold when it is completed."""
        return ()

    @property
    def words(self) -> Mapping[str, str]:
        """Its own words for the buttons, by action."""
        return {}

    @property
    def back(self) -> Literal["any", "start", "previous"]:
        """Where it may be returned to."""
        return "any"

    @property
    def back_nodes(self) -> tuple[str, ...]:
        """If named: the only nodes it may be returned to."""
        return ()

    @property
    def then(self) -> Literal["rerun", "straight", "choose"]:
        """What follows a return: every node between once more, straight back here, or as who returns chooses."""
        return "rerun"

    @property
    def guards(self) -> Mapping[str, str]:
        """The expressions that decide, by exit."""
        return {}

    @property
    def deadlines(self) -> tuple[Due, ...]:
        """When what it asks is due, and what happens then."""
        return ()

    def moment(self, key: str) -> Moment | None:
        """What the timer called `key` waits for."""
        return self.deadlines[int(key)] if key.isdigit() and int(key) < len(self.deadlines) else None


def kinds() -> dict[str, type[NodeType]]:
    """Every node type by its word."""
    return load(TYPES, NodeType)


def read(node: Node) -> NodeType:
    """The node's type with its settings; raises `Invalid` with a path for each thing that is wrong."""
    kind = kinds().get(node.type)
    if kind is None:
        raise Invalid(Problem("node_type_unknown", ("type",), {"type": node.type, "known": ", ".join(sorted(kinds()))}))
    try:
        return kind.model_validate(node.settings)
    except ValidationError as error:
        raise Invalid(_problems(error)) from None


def _problems(error: ValidationError) -> Iterator[Problem]:
    for each in error.errors():
        code = "node_setting_unknown" if each["type"] == "extra_forbidden" else "node_setting_invalid"
        name = str(each["loc"][0]) if each["loc"] else ""
        yield Problem(code, tuple(each["loc"]), {"setting": name, "reason": each["msg"]})


def at(workflow: Workflow, id: str) -> NodeType:
    """The type of the workflow's node `id`, with its settings."""
    return read(workflow.nodes[id])


def fields_access(workflow: Workflow, node: str) -> Mapping[str, Access]:
    """What the person asked at `node` may do with each field that the node speaks of."""
    return at(workflow, node).access if node in workflow.nodes else {}
