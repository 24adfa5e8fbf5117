"""Old states of instances raised to today's format 状态格式: numbered functions, each from one number to the next."""

from collections.abc import Callable, Mapping
from typing import Any

Json = Any
State = Mapping[str, Json]

FORMAT = 2
"""The number of the state's own format."""


def raised(state: State) -> State:
    """The state in today's format; one that already is comes back as it is."""
    while state.get("format", 1) < FORMAT:
        state = STEPS[state.get("format", 1)](state)
    return state


def same(stored: State, folded: State) -> bool:
    """Whether a stored state is the fold of its events. One raised from format 1 lacks what was said at nodes left."""
    if stored.get("format", 1) == FORMAT:
        return bool(stored == folded)
    return _bare(raised(stored)) == _bare(folded)


def _bare(state: State) -> State:
    visits = [{key: value for key, value in visit.items() if key != "memo"} for visit in state["trail"]]
    return {**state, "trail": visits}


def _with_slots(state: State) -> State:
    """1 → 2: the people of an approval have numbered slots; who waits for whom is said by slot, not by name."""
    active = {node: _slotted(state, memo) for node, memo in state["active"].items()}
    return {**state, "format": 2, "active": active}


def _slotted(state: State, memo: Mapping[str, Json]) -> Mapping[str, Json]:
    if "signers" not in memo:
        return memo
    came = [
        line.get("to") for line in state["log"] if line["visit"] == memo["visit"] and line["action"] == "add_signer"
    ]
    order = sorted(
        range(len(memo["signers"])),
        key=lambda place: _age(memo["signers"][place], came),
    )
    slots = {place: slot for slot, place in enumerate(order)}
    named = {one["who"]: slots[place] for place, one in enumerate(memo["signers"])}
    signers = []
    for place, one in enumerate(memo["signers"]):
        more = {"held": named[one["held"]]} if one.get("held") in named else {}
        level = {"level": 1} if "added" in one else {}
        kept = {key: value for key, value in one.items() if key != "held"}
        signers.append({"slot": slots[place], **kept, **level, **more})
    return {**memo, "signers": signers}


def _age(signer: Mapping[str, Json], came: list[Json]) -> int:
    """Who was drawn comes first; who was added comes in the order in which they were added."""
    if "added" not in signer:
        return -1
    return came.index(signer["who"]) if signer["who"] in came else len(came)


STEPS: Mapping[int, Callable[[State], State]] = {1: _with_slots}
