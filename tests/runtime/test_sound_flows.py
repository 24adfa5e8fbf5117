"""The law of waiting 流程不变式: whatever people do, a running instance asks somebody and an ended one nobody."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.definition import App, Workflow
from builder.problem import Refusal
from runtime.soundness import check
from runtime.step import fold
from tests.cases.approvals import Company, Performance
from tests.runtime.office import FORM

PEOPLE = ("ini", "ann", "bo", "cy")
EVERYTHING = ["approve", "reject", "return", "transfer", "delegate", "add_signer"]


class Drawing:
    """Draws nodes one after another; each piece says where it leads when it is done."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.nodes: dict[str, Any] = {}
        self.asking: list[str] = []

    def new(self, node: dict[str, Any]) -> str:
        """A node with the next id."""
        id = f"n{len(self.nodes)}"
        self.nodes[id] = node
        return id

    def piece(self, to: str, depth: int) -> str:
        """A random sound piece that leads to `to`; answers where it begins."""
        kinds = ["approve", "approve", "fill", "copy"] + (["branch", "parallel", "inclusive", "row"] if depth else [])
        return {
            "approve": self.approve,
            "fill": self.fill,
            "copy": self.copy,
            "branch": self.branch,
            "parallel": self.parallel,
            "inclusive": self.inclusive,
            "row": self.row,
        }[self.data.draw(st.sampled_from(kinds))](to, depth)

    def people(self) -> list[dict[str, Any]]:
        """Some people, or nobody."""
        found = self.data.draw(st.lists(st.sampled_from([*PEOPLE, "ghost"]), min_size=1, max_size=3))
        return [{"member": id} for id in found]

    def approve(self, to: str, depth: int) -> str:
        """An approval; a rejection ends it, or goes back to somewhere that asks."""
        agree = self.data.draw(st.sampled_from(["any", "all", "in_turn", "ratio"]))
        rejects = self.data.draw(st.sampled_from(["one", "all"]))
        empty = self.data.draw(st.sampled_from(["admin", "skip"]))
        no = self.data.draw(st.sampled_from(["", "no", "draft"]))
        on = {"approved": to} | ({"rejected": no} if no else {})
        more = {"agree": agree, "rejects": rejects, "empty": empty, "actions": EVERYTHING}
        return self.new({"type": "approve", "assignees": self.people(), "on": on, **more})

    def fill(self, to: str, depth: int) -> str:
        """Something to fill in."""
        return self.new({"type": "fill", "assignees": self.people(), "on": {"submit": to}})

    def copy(self, to: str, depth: int) -> str:
        """A copy."""
        return self.new({"type": "copy", "assignees": self.people(), "on": {"next": to}})

    def row(self, to: str, depth: int) -> str:
        """One piece after another."""
        return self.piece(self.piece(to, depth - 1), depth - 1)

    def branch(self, to: str, depth: int) -> str:
        """One of two ways."""
        on = {"high": self.piece(to, depth - 1), "else": self.piece(to, depth - 1)}
        return self.new({"type": "branch", "when": {"high": "amount > 5"}, "on": on})

    def inclusive(self, to: str, depth: int) -> str:
        """Some of several ways, and a join."""
        join = self.new({"type": "join", "on": {"next": to}})
        on = {exit: self.piece(join, depth - 1) for exit in ("some", "more", "else")}
        when = {"some": "amount > 2", "more": "amount > 5"}
        return self.new({"type": "branch", "take": "all", "when": when, "on": on})

    def parallel(self, to: str, depth: int) -> str:
        """Several ways at once, and a join."""
        join = self.new({"type": "join", "on": {"next": to}})
        count = self.data.draw(st.integers(2, 3))
        return self.new({"type": "parallel", "on": {f"b{each}": self.piece(join, depth - 1) for each in range(count)}})


def drawn(data: st.DataObject) -> Workflow:
    """A random sound workflow."""
    drawing = Drawing(data)
    first = drawing.piece("yes", 2)
    ends: dict[str, Any] = {"yes": {"type": "end"}}
    if any("no" in node["on"].values() for node in drawing.nodes.values()):
        ends["no"] = {"type": "end", "status": "rejected"}
    nodes = {"draft": {"type": "fill", "on": {"submit": first}}, **drawing.nodes, **ends}
    withdraw = data.draw(st.sampled_from(["off", "until_acted", "always"]))
    whole = {"id": "deal", "form": "deal", "name": "w", "start": "draft", "nodes": nodes, "withdraw": withdraw}
    return Workflow.model_validate(whole)


def random_event(data: st.DataObject, play: Performance) -> dict[str, Any]:
    """Somebody does something, sensible or not."""
    kind = data.draw(st.sampled_from(["answered"] * 12 + ["withdrawn", "commented"]))
    if kind != "answered":
        return {"type": kind, "by": data.draw(st.sampled_from(PEOPLE)), "comment": "hm"}
    open_tasks = [(node, person) for node, people in play.asked.items() for person in people]
    node, person = data.draw(st.sampled_from(open_tasks))
    action = data.draw(st.sampled_from(["approve", "approve", "submit", "submit", *EVERYTHING, "remove_signer"]))
    places = ["start", "previous", *play.workflow.nodes]
    to = data.draw(st.sampled_from(places if action == "return" else PEOPLE))
    position = data.draw(st.sampled_from(["before", "after", "beside"]))
    return {
        "type": "answered",
        "node": node,
        "person": person,
        "by": person,
        "action": action,
        "to": to,
        "position": position,
    }


def holds_the_law(play: Performance) -> bool:
    """Running: somebody is asked, and only at active nodes. Ended: nobody is, anywhere."""
    if play.state["status"] == "running":
        return bool(play.asked) and set(play.asked) <= set(play.state["active"])
    return not play.asked and not play.state["active"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_running_instance_asks_somebody_and_an_ended_one_nobody(data: st.DataObject) -> None:
    workflow = drawn(data)
    amount = data.draw(st.integers(0, 9))
    play = Performance(workflow, Company(frozenset({*PEOPLE, "admin"})), "ini", {"amount": amount})
    play.happen(type="started", by="ini")
    assert holds_the_law(play)

    for _ in range(data.draw(st.integers(0, 15))):
        if play.state["status"] != "running":
            break
        try:
            play.happen(**random_event(data, play))
        except Refusal:
            continue
        assert holds_the_law(play)

    assert fold(workflow, play.events) == play.state


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_drawings_of_this_file_are_sound_but_for_people_who_are_not_there(data: st.DataObject) -> None:
    workflow = drawn(data)
    app = App.model_validate({"id": "a", "name": "a", "forms": {"deal": FORM}, "workflows": {"deal": workflow.dump()}})

    assert [problem.code for problem in check(app, workflow)] == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_if_everybody_agrees_the_instance_ends_well(data: st.DataObject) -> None:
    play = Performance(
        drawn(data), Company(frozenset({*PEOPLE, "admin"})), "ini", {"amount": data.draw(st.integers(0, 9))}
    )
    play.happen(type="started", by="ini")

    for _ in range(200):
        if play.state["status"] != "running":
            break
        node, people = next(iter(play.asked.items()))
        action = {"approve": "approve", "fill": "submit"}[play.workflow.nodes[node].type]
        play.happen(type="answered", node=node, person=people[0], by=people[0], action=action)

    assert play.state["status"] == "approved"


class Careless(Drawing):
    """Draws whatever comes to mind: joins without a split, splits without a join, ways into other branches."""

    def anything(self) -> str:
        """Some place that is there, or an end."""
        return str(self.data.draw(st.sampled_from([*self.nodes, "yes", "stop"])))

    def join(self) -> str:
        """A join of any kind that leads anywhere."""
        wait = self.data.draw(st.sampled_from(["all", "first", "number"]))
        rest = self.data.draw(st.sampled_from(["cancel", "finish"]))
        return self.new({"type": "join", "wait": wait, "number": 2, "rest": rest, "on": {"next": self.anything()}})

    def split(self) -> str:
        """A split whose branches lead anywhere, and may never meet."""
        if self.data.draw(st.booleans()):
            return self.new({"type": "parallel", "on": {f"b{each}": self.anything() for each in range(2)}})
        on = {exit: self.anything() for exit in ("some", "else")}
        return self.new({"type": "branch", "take": "all", "when": {"some": "amount > 2"}, "on": on})

    def whole(self) -> Workflow:
        """Several of each, one after another; soundness would refuse most of these."""
        makers = [self.join, self.split, lambda: self.approve(self.anything(), 0)]
        first = "yes"
        for _ in range(self.data.draw(st.integers(3, 9))):
            first = self.data.draw(st.sampled_from(makers))()
        ends = {"yes": {"type": "end"}, "no": {"type": "end"}, "stop": {"type": "end", "closes": "branch"}}
        nodes = {"draft": {"type": "fill", "on": {"submit": first}}, **self.nodes, **ends}
        return Workflow.model_validate({"id": "deal", "form": "deal", "name": "w", "start": "draft", "nodes": nodes})


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_join_waits_for_ever_however_carelessly_it_is_drawn(data: st.DataObject) -> None:
    """A join goes on as soon as nothing else is active that could still arrive: what waits always waits for people."""
    play = Performance(Careless(data).whole(), Company(frozenset({*PEOPLE, "admin"})), "ini", {"amount": 3})
    play.happen(type="started", by="ini")
    for _ in range(30):
        assert holds_the_law(play)
        if play.state["status"] != "running":
            break
        node, people = next(iter(play.asked.items()))
        action = {"approve": "approve", "fill": "submit"}[play.workflow.nodes[node].type]
        play.happen(type="answered", node=node, person=people[0], by=people[0], action=action)
