"""How the answers of several people become one 票决: any, all, in turn, a share, number or weight, or a claim."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pydantic import Field as Setting

from runtime.asked import Asked

Signer = dict[str, Any]
"""One person of a node: `slot`, his number that never changes; `who`; `said` (approved, rejected or ""); `for`: the
delegator who gets it back; `added`: by whom, `position` and `level` with it; `held` and `after`: the slot of him who
must answer first; `weight`, where weights count."""

APPROVED, REJECTED = "approved", "rejected"
Agree = Literal["any", "all", "in_turn", "ratio", "count", "weight", "claim"]
WHOLE = Decimal(100)


class Ballot(Asked):
    """any: the first decides 或签 · all: countersign 会签 · in_turn: one after another 依次 · ratio: so many per cent
    say yes · count: so many people do · weight: so much weight does · claim: who takes it decides 认领."""

    agree: Agree = "any"
    ratio: Decimal = Setting(default=Decimal(50), gt=0, le=100)
    compare: Literal["at_least", "more_than"] = "at_least"
    """Of a ratio, a number or a weight: whether reaching it is enough."""
    pass_count: int | None = Setting(default=None, ge=1, le=1000)
    reject_count: int | None = Setting(default=None, ge=1, le=1000)
    pass_weight: Decimal = Setting(default=Decimal(50), gt=0)
    weights: dict[str, Decimal] = Setting(default_factory=dict)
    """By member; who is not named weighs 1."""
    rejects: Literal["one", "all"] = "one"
    """Of any: whether one rejection decides, or only everybody's."""
    early_reject: bool = True
    """Whether a vote that can no longer pass is refused at once, or when everybody has voted."""

    def verdict(self, signers: Sequence[Signer]) -> str:
        """What has been decided so far: approved, rejected, or "" for nothing yet.

        A signer added before somebody can only refuse; one added after somebody is waited for.
        """
        if any(one.get("position") == "before" and one["said"] == REJECTED for one in signers):
            return REJECTED
        voters = [one for one in signers if one.get("position") != "before"]
        said = [one["said"] for one in voters]
        if any(one.get("position") == "after" and not one["said"] for one in signers) and REJECTED not in said:
            return ""
        if self.agree == "ratio":
            return self._share(said)
        if self.agree == "count":
            return self._number(said)
        if self.agree == "weight":
            return self._weight(voters)
        return self._plain(said)

    def turn(self, signers: Sequence[Signer], claimed: int | None = None) -> list[Signer]:
        """Whose turn it is: everybody who has not said anything, the first of them, or who claimed it."""
        silent = [one for one in signers if not one["said"]]
        if self.agree == "in_turn":
            silent = silent[:1]
        if self.agree == "claim" and claimed is not None:
            mine = [one["slot"] for one in signers if "added" in one] + [claimed]
            silent = [one for one in silent if one["slot"] in mine]
        quiet = {one["slot"] for one in signers if not one["said"]}
        return [one for one in silent if one.get("held") is None and one.get("after") not in quiet]

    def weight_of(self, person: str) -> Mapping[str, str]:
        """What a signer's slot remembers of his weight."""
        return {"weight": str(self.weights.get(person, Decimal(1)))} if self.agree == "weight" else {}

    def _plain(self, said: Sequence[str]) -> str:
        either = self.agree in ("any", "claim")
        if REJECTED in said and (self.rejects == "one" or not either or set(said) == {REJECTED}):
            return REJECTED
        enough = APPROVED in said if either else "" not in said
        return APPROVED if enough else ""

    def _reaches(self, part: Decimal, wanted: Decimal) -> bool:
        return part > wanted if self.compare == "more_than" else part >= wanted

    def _share(self, said: Sequence[str]) -> str:
        """The vote: per cent are rounded half up at four places of the fraction, so 2 of 3 is 66.67."""
        if self._reaches(percent(said.count(APPROVED), len(said)), self.ratio):
            return APPROVED
        against, spare = percent(said.count(REJECTED), len(said)), WHOLE - self.ratio
        hopeless = against >= spare if self.compare == "more_than" else against > spare
        return self._otherwise(said, hopeless)

    def _number(self, said: Sequence[str]) -> str:
        """So many say yes, or so many say no; either may be named, or both."""
        yes, no, all = said.count(APPROVED), said.count(REJECTED), len(said)
        if self.reject_count is not None and no >= min(self.reject_count, all):
            return REJECTED
        passes = self.pass_count
        if passes is None:
            passes = all if self.reject_count is None else all - min(self.reject_count, all) + 1
        if yes >= min(passes, all):
            return APPROVED
        return self._otherwise(said, no > all - min(passes, all))

    def _weight(self, voters: Sequence[Signer]) -> str:
        """The yes weigh enough; all the weight there is, is always enough."""
        yes = _sum(one for one in voters if one["said"] == APPROVED)
        silent = _sum(one for one in voters if not one["said"])
        wanted = min(self.pass_weight, yes + silent + _sum(one for one in voters if one["said"] == REJECTED))
        said = [one["said"] for one in voters]
        if set(said) == {APPROVED} or (yes and self._reaches(yes, wanted)):
            return APPROVED
        return self._otherwise(said, not self._reaches(yes + silent, wanted) and REJECTED in said)

    def _otherwise(self, said: Sequence[str], hopeless: bool) -> str:
        return REJECTED if "" not in said or (hopeless and self.early_reject) else ""


def _sum(signers: Any) -> Decimal:
    return sum((Decimal(one.get("weight", "1")) for one in signers), Decimal(0))


def percent(part: int, whole: int) -> Decimal:
    """Rounded half up at four places of the fraction."""
    return (Decimal(part) / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) * 100
