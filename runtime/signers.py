"""The people of one approval while it runs 签批人: handed over, delegated, added, removed; a slot keeps its number."""

from collections.abc import Mapping, Sequence

from builder.problem import conflict, invalid
from runtime.ballot import APPROVED, Signer
from runtime.effect import CloseTask, FinishTask
from runtime.node import Here

Signers = list[Signer]


def signers_of(here: Here) -> Signers:
    """Everybody of the node."""
    return list(here.memo["signers"])


def mine(here: Here) -> Signer:
    """The slot of the person who answers."""
    found: Signer = next(one for one in here.memo["signers"] if one["who"] == here.event["person"])
    return found


def changed(signers: Sequence[Signer], slot: int, **more: object) -> Signers:
    """The same with one slot changed; None takes a key away."""
    kept = {key for key, value in more.items() if value is None}
    return [_without({**one, **more}, kept) if one["slot"] == slot else one for one in signers]


def released(signers: Sequence[Signer], slots: set[int]) -> Signers:
    """The same where nobody waits for those slots any more."""
    return [_without(one, {"held"}) if one.get("held") in slots else one for one in signers]


def _without(signer: Mapping[str, object], keys: set[str]) -> Signer:
    return {name: value for name, value in signer.items() if name not in keys}


def newcomer(here: Here) -> str:
    """The person to bring in: named, not the one who asks, not somebody who is asked already."""
    to: str = here.event.get("to", "")
    if not to:
        raise invalid("person_missing", "to")
    if to in (here.event["person"], here.event["by"]):
        raise conflict("transfer_to_self", "to")
    if any(to in (one["who"], one.get("for")) for one in here.memo["signers"]):
        raise conflict("already_asked", "to")
    return to


def handed_over(here: Here) -> Signers:
    """Transfer 转交: another person stands in the same place; what was delegated to him stays delegated."""
    return changed(here.memo["signers"], mine(here)["slot"], who=newcomer(here))


def delegated(here: Here) -> Signers:
    """Delegate 委派: he answers, and the first owner gets it back."""
    own = mine(here)
    return changed(here.memo["signers"], own["slot"], who=newcomer(here), **{"for": own.get("for", own["who"])})


def handed_back(here: Here) -> Signers:
    """The delegate has said his word; the decision is the delegator's again."""
    own = mine(here)
    return changed(here.memo["signers"], own["slot"], who=own["for"], **{"for": None})


def replaced(here: Here) -> Signers:
    """An admin puts somebody in another's place; who is asked already keeps one place only."""
    gone, to = here.event["person"], here.event.get("to", "")
    own = next((one for one in here.memo["signers"] if one["who"] == gone and not one["said"]), None)
    if own is None:
        raise conflict("not_asked_here", "person")
    if to == gone:
        raise conflict("transfer_to_self", "to")
    if any(to in (one["who"], one.get("for")) for one in here.memo["signers"] if one is not own):
        return dropped(here.memo["signers"], {own["slot"]})
    return changed(here.memo["signers"], own["slot"], who=to, **{"for": None})


def added(here: Here, position: str, levels: int, waits: bool) -> Signers:
    """Add a signer 加签: before me (I wait), after me (I agree, or answer first), or beside me."""
    own, to = mine(here), newcomer(here)
    level = own.get("level", 0) + 1
    if level > levels:
        raise conflict("no_nested_signer")
    if any(one.get("added") == own["who"] and not one["said"] for one in here.memo["signers"]):
        raise conflict("signer_pending")
    slot = max(one["slot"] for one in here.memo["signers"]) + 1
    fresh: Signer = {"slot": slot, "who": to, "said": "", "added": own["who"], "position": position, "level": level}
    signers = signers_of(here)
    place = next(index for index, one in enumerate(signers) if one["slot"] == own["slot"])
    if position == "before":
        signers[place] = {**own, "held": slot}
    elif position == "after" and waits:
        fresh["after"] = own["slot"]
    elif position == "after":
        signers = released(changed(signers, own["slot"], said=APPROVED), {own["slot"]})
    signers.insert(place if position == "before" else place + 1, fresh)
    return signers


def removed(here: Here) -> tuple[Signers, tuple[CloseTask, ...]]:
    """Remove a signer 减签 whom I added and who has not answered, with whom he added in turn."""
    to, by = here.event.get("to", ""), here.event["person"]
    gone = {one["slot"] for one in here.memo["signers"] if (one["who"], one.get("added"), one["said"]) == (to, by, "")}
    if not gone:
        raise conflict("not_an_added_signer", "to")
    people = {one["who"] for one in here.memo["signers"] if one["slot"] in gone}
    gone |= {one["slot"] for one in here.memo["signers"] if one.get("added") in people and not one["said"]}
    closed = [CloseTask(here.id, one["who"], "cancelled") for one in here.memo["signers"] if one["slot"] in gone]
    return dropped(here.memo["signers"], gone), tuple(closed)


def dropped(signers: Sequence[Signer], slots: set[int]) -> Signers:
    """The same without those slots; nobody waits for them."""
    return released([one for one in signers if one["slot"] not in slots], slots)


def done(here: Here, outcome: str) -> FinishTask:
    """The task of who answers is done."""
    return FinishTask(here.id, here.event["person"], outcome, here.event["by"], here.event.get("comment", ""))
