"""Everything the machine may ask of the world 动作: a closed set, plain data; `perform` carries it out."""

from dataclasses import dataclass


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


Effect = OpenTask | FinishTask | CloseTask | Copy | Notify | EndInstance
