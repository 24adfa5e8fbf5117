"""A second, simple opinion on approvals in a line 参照模型: what the machine must agree with, written without it."""

from dataclasses import dataclass, field, replace

INI = "ini"


@dataclass
class Place:
    """One person's place at a node; `owner` gets it back, `by` added him, `waits` is the place before him."""

    who: str
    said: str = ""
    owner: str = ""
    by: str = ""
    position: str = ""
    waits: "Place | None" = None


@dataclass
class Stay:
    """The time at a node: where it came from, who moved it here (and the places he left), whether it was touched."""

    node: int
    before: "Stay | None"
    mover: str = ""
    left: list[Place] = field(default_factory=list)
    moves: int = -1
    """How often an admin had moved it when it came here; nobody takes back what he moved."""
    touched: bool = False
    places: list[Place] = field(default_factory=list)


class Model:
    """Node 0 is the initiator's form; the others are approvals. Every method answers whether it may be done."""

    def __init__(self, nodes: list[tuple[str, list[str]]]) -> None:
        self.nodes = nodes
        self.status, self.suspended, self.fresh = "running", False, True
        self.moves = 0
        self.stay = Stay(0, None)
        self._go(Stay(1, self.stay, INI, moves=0))

    def asked(self) -> set[str]:
        """Who is asked now."""
        if self.status != "running":
            return set()
        return {place.who for place in self._turn()}

    def act(self, who: str, action: str, to: str = "", position: str = "") -> bool:
        """Somebody answers."""
        if not self._open() or (who not in self.asked() and action != "remove"):
            return False
        if self.stay.node == 0:
            return action == "submit" and self._submit()
        if action == "remove":
            return self._remove(who, to)
        mine = next(place for place in self._turn() if place.who == who)
        if mine.owner and action in ("return", "add"):
            return False
        does = {"approve": self._say, "reject": self._say, "return": self._return, "transfer": self._hand,
                "delegate": self._hand, "add": self._add}  # fmt: skip
        return action in does and does[action](mine, action, to, position)

    def withdraw(self) -> bool:
        """The initiator takes everything back, until somebody acted or when it is his turn."""
        if not self._open() or not (self.fresh or self.stay.node == 0):
            return False
        return self._end("withdrawn")

    def take_back(self, who: str, node: int) -> bool:
        """Who moved it here takes it back before it was touched."""
        came = self.stay.before
        if not self._open() or self.stay.touched or self.stay.mover != who or self.stay.moves != self.moves:
            return False
        if came is None or came.node != node:
            return False
        places = self.stay.left
        again = Stay(came.node, came.before, came.mover, came.left, came.moves, places=places)
        for place in places:
            if place.who == who:
                place.said = ""
        self.fresh = False
        self.stay = again
        if node == 0:
            self.stay.places = [Place(who)]
        return True

    def jump(self, node: int) -> bool:
        """An admin moves it."""
        if not self._open() or node == self.stay.node:
            return False
        self.fresh = False
        self.moves += 1
        return self._go(Stay(node, self.stay))

    def reactivate(self, node: int) -> bool:
        """An admin starts it again."""
        if self.status in ("running", "withdrawn"):
            return False
        self.status, self.fresh = "running", False
        self.moves += 1
        return self._go(Stay(node, self.stay))

    def reassign(self, who: str, to: str) -> bool:
        """An admin puts another in somebody's place; who is there already keeps one place."""
        places = self.stay.places
        mine = next((place for place in places if place.who == who and not place.said), None)
        if not self._open() or mine is None or to == who:
            return False
        if any(to in (place.who, place.owner) for place in places if place is not mine):
            return self._drop([mine])
        mine.who, mine.owner = to, ""
        return self._decide()

    def end(self) -> bool:
        """An admin ends it."""
        return self.status == "running" and self._end("ended")

    def suspend(self) -> bool:
        """An admin stops it."""
        if not self._open():
            return False
        self.suspended = True
        return True

    def resume(self) -> bool:
        """An admin lets it go on."""
        if self.status != "running" or not self.suspended:
            return False
        self.suspended = False
        return True

    def _open(self) -> bool:
        return self.status == "running" and not self.suspended

    def _turn(self) -> list[Place]:
        silent = [place for place in self.stay.places if not place.said]
        if self.stay.node and self.nodes[self.stay.node][0] == "in_turn":
            silent = silent[:1]
        return [place for place in silent if place.waits is None]

    def _go(self, stay: Stay) -> bool:
        self.stay = stay
        if stay.node == len(self.nodes):
            return self._end("approved")
        people = [INI] if stay.node == 0 else self.nodes[stay.node][1]
        stay.places = [Place(who) for who in people]
        return True

    def _end(self, status: str) -> bool:
        self.status, self.suspended = status, False
        return True

    def _submit(self) -> bool:
        self.fresh = True
        return self._go(
            Stay(1, self.stay, self.stay.places[0].who, [replace(one) for one in self.stay.places], self.moves)
        )

    def _touch(self) -> None:
        self.stay.touched, self.fresh = True, False

    def _say(self, mine: Place, action: str, to: str, position: str) -> bool:
        self._touch()
        if mine.owner:
            mine.who, mine.owner = mine.owner, ""
            return True
        mine.said = {"approve": "yes", "reject": "no"}[action]
        self._release([mine])
        return self._decide(mine.who)

    def _release(self, gone: list[Place]) -> None:
        for place in self.stay.places:
            if any(place.waits is one for one in gone):
                place.waits = None

    def _decide(self, mover: str = "") -> bool:
        """On, if it is decided now."""
        places = self.stay.places
        voters = [place.said for place in places if place.position != "before"]
        if any(place.said == "no" for place in places if place.position == "before") or "no" in voters:
            return self._end("rejected")
        if any(place.position == "after" and not place.said for place in places):
            return True
        enough = "yes" in voters if self.nodes[self.stay.node][0] == "any" else "" not in voters
        if enough:
            self._go(Stay(self.stay.node + 1, self.stay, mover, places, self.moves))
        return True

    def _return(self, mine: Place, action: str, to: str, position: str) -> bool:
        earlier = self.stay.before
        here = (self.stay.node, len(self.nodes))
        while earlier is not None and (earlier.node in here or (to != "previous" and earlier.node != int(to))):
            earlier = earlier.before
        if earlier is None or (to != "previous" and int(to) == self.stay.node):
            return False
        self.fresh = False
        return self._go(Stay(earlier.node, earlier.before, earlier.mover, earlier.left, earlier.moves))

    def _newcomer(self, mine: Place, to: str) -> bool:
        return to != mine.who and not any(to in (place.who, place.owner) for place in self.stay.places)

    def _hand(self, mine: Place, action: str, to: str, position: str) -> bool:
        if not self._newcomer(mine, to):
            return False
        self._touch()
        if action == "delegate":
            mine.owner = mine.owner or mine.who
        mine.who = to
        return True

    def _add(self, mine: Place, action: str, to: str, position: str) -> bool:
        places = self.stay.places
        pending = any(place.by == mine.who and not place.said for place in places)
        beside = position == "beside" and self.nodes[self.stay.node][0] == "any"
        if not self._newcomer(mine, to) or mine.by or pending or beside:
            return False
        self._touch()
        fresh = Place(to, by=mine.who, position=position)
        places.insert(places.index(mine) + (position != "before"), fresh)
        if position == "before":
            mine.waits = fresh
        if position == "after":
            mine.said = "yes"
            self._release([mine])
            return self._decide(mine.who)
        return True

    def _remove(self, who: str, to: str) -> bool:
        gone = [place for place in self.stay.places if (place.who, place.by, place.said) == (to, who, "")]
        if not gone:
            return False
        self._touch()
        return self._drop(gone, who)

    def _drop(self, gone: list[Place], mover: str = "") -> bool:
        self.stay.places = [place for place in self.stay.places if not any(place is one for one in gone)]
        self._release(gone)
        return self._decide(mover)
