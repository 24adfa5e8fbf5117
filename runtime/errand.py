"""Effects that reach beyond the instance itself 差事: other records, other workflows, the world outside.

Each kind has its own file in `runtime/errands`; `perform` finds them here, so that they may use all of the runtime.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from builder.problem import LANGUAGES, Refusal
from builder.registry import load
from runtime.gate import Gate
from runtime.running import Running

Json = Any
HOME = "runtime.errands"


class Errand:
    """How one kind of effect is carried out."""

    effect: ClassVar[type]

    @staticmethod
    def run(gate: Gate, running: Running, effect: Any) -> Mapping[str, Json] | None:
        """Do it; answers the event that follows at once, if any."""
        raise NotImplementedError


@cache
def errands() -> Mapping[type, type[Errand]]:
    """Every errand by its effect."""
    return {one.effect: one for one in load(HOME, Errand).values()}


def failure(node: str, visit: int, code: str, reason: str, params: Mapping[str, Json] | None = None) -> dict[str, Json]:
    """The event that says that an errand could not be done."""
    said = {"type": "reported", "node": node, "visit": visit, "by": "system", "result": "failed"}
    return {**said, "code": code, "reason": reason, "params": dict(params or {})}


def refused(effect: Any, refusal: Refusal) -> dict[str, Json]:
    """The event that says that an effect could not be carried out, and why."""
    problem = refusal.problems[0]
    return failure(effect.node, effect.visit, problem.code, problem.sentence(LANGUAGES[0]), problem.params)


def success(node: str, visit: int, **more: Json) -> dict[str, Json]:
    """The event that says that an errand is done."""
    return {"type": "reported", "node": node, "visit": visit, "by": "system", "result": "done", **more}
