"""Everything the machine may ask of the world 动作: a closed set, plain data; `perform` carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class OpenTask:
    """Ask `person` for something at `node` 待办."""

    node: str
    person: str


@dataclass(frozen=True)
class FinishTask:
    """`person` has answered at `node`; `by` acted, `outcome` is the word for it 已办."""

    node: str
    person: str
    outcome: str
    by: str
    comment: str = ""


@dataclass(frozen=True)
class CloseTask:
    """`person` is not asked any more at `node`; `why` is skipped, cancelled, withdrawn or ended."""

    node: str
    person: str
    why: str


@dataclass(frozen=True)
class Copy:
    """Let `person` know 抄送; asks nothing."""

    node: str
    person: str


@dataclass(frozen=True)
class Notify:
    """Tell `people` that `about` happened at `node` (rejected, returned, ended…)."""

    people: tuple[str, ...]
    about: str
    node: str = ""


@dataclass(frozen=True)
class EndInstance:
    """The instance is over, with this status."""

    status: str


@dataclass(frozen=True)
class StartTimer:
    """Let `timed_out` happen to this visit of `node` at the instant `at`; `key` tells a node's timers apart 定时."""

    node: str
    visit: int
    key: str
    at: str
    count: int = 0


@dataclass(frozen=True)
class StopTimers:
    """Nothing at `node` is waited for any more."""

    node: str


@dataclass(frozen=True)
class SetValues:
    """Write expressions' values into the record, or into those that `target` names; then `reported` happens."""

    node: str
    visit: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class CallOut:
    """Call an address outside; then `reported` happens, if the node waits for it."""

    node: str
    visit: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class StartChildren:
    """Add records of another form and start their workflows 子流程; then `reported` happens."""

    node: str
    visit: int
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class EndChildren:
    """The parent has gone on without them: what still runs is ended."""

    children: tuple[str, ...]


@dataclass(frozen=True)
class SendMessage:
    """Send `people` words of the workflow's own making; fields stand in braces."""

    node: str
    people: tuple[str, ...]
    text: str


Effect = (
    OpenTask | FinishTask | CloseTask | Copy | Notify | EndInstance
    | StartTimer | StopTimers | SetValues | CallOut | StartChildren | EndChildren | SendMessage
)  # fmt: skip
