"""Is this workflow sound? 流程检查: every node can be reached and left, and nothing waits or turns for ever."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from builder.definition import App, Node, Workflow
from builder.problem import Invalid, Problem
from builder.scope import scope_of
from runtime.drawing import Ways, path, reach, ways
from runtime.node import NodeType, read
from runtime.ports import Directory
from runtime.sound_branches import uncovered
from runtime.sound_nodes import Company, setting_problems

Kinds = Mapping[str, NodeType]
ARROW = " → "


def for_check(directory: Directory | None = None) -> Callable[[App, Workflow], Iterable[Problem]]:
    """What `builder.check` asks of the floor above; with a directory, rules are also held against today's people."""
    return lambda app, workflow: check(app, workflow, directory)


def check(app: App, workflow: Workflow, directory: Directory | None = None) -> tuple[Problem, ...]:
    """Everything unsound about the nodes of a workflow; paths start at the workflow.

    What is wrong at a node carries `nodes`: a way to it from the start. To an unreachable node there is none by
    definition: it carries those from which it would be reached, if they were. A node or a form that is named but not
    there is said by `builder.check`.
    """
    kinds: dict[str, NodeType] = {}
    found: list[Problem] = []
    for id, node in workflow.nodes.items():
        try:
            kinds[id] = read(node)
        except Invalid as refusal:
            found += [problem.under("nodes", id) for problem in refusal.problems]
    if workflow.form in app.forms:
        form = app.forms[workflow.form]
        company = Company.of(app, directory, form)
        scope = scope_of(form, app.forms)
        for id, kind in kinds.items():
            problems = setting_problems(app, form, scope, kind, company, label(workflow, id))
            found += [problem.under("nodes", id) for problem in problems]
    for id, kind in kinds.items():
        found += [problem.under("nodes", id) for problem in _handlers(workflow, kind, label(workflow, id))]
        found += [problem.under("nodes", id) for problem in _exits(workflow.nodes[id], kind, label(workflow, id))]
    if workflow.form in app.forms:
        found = [_with_example(app, workflow, kinds, problem) for problem in found]
    if len(kinds) == len(workflow.nodes) and workflow.start in workflow.nodes:
        found += _shape(workflow, kinds)
    routes = ways(workflow)
    return tuple(_with_way(workflow, routes, problem) for problem in found)


def _with_way(workflow: Workflow, routes: Ways, problem: Problem) -> Problem:
    """The problem with a way that shows it; one that a rule of its own showed keeps that."""
    if "nodes" in problem.params or problem.path[:1] not in (("nodes",), ("start",)):
        return problem
    place = workflow.start if problem.path[0] == "start" else "".join(str(each) for each in problem.path[1:2])
    line = path(routes, workflow.start, place) if place else _farthest(routes, workflow.start)
    return replace(problem, params={**problem.params, "nodes": line or _above(routes, place)})


def _farthest(routes: Ways, start: str) -> list[str]:
    """A way from the start to where it is longest: how far one comes when there is no end."""
    return max((path(routes, start, each) for each in routes), key=len, default=[])


def _above(routes: Ways, node: str) -> list[str]:
    """The unreachable nodes that lead to an unreachable node, from the uppermost one, and the node itself."""
    up: Ways = {id: tuple(each for each, targets in routes.items() if id in targets) for id in routes}
    return max((path(up, node, each)[::-1] for each in [node, *reach(up, node)]), key=len, default=[node])


def _with_example(app: App, workflow: Workflow, kinds: Kinds, problem: Problem) -> Problem:
    """A branch without an else, with a record of which no condition is true, where one can be found."""
    if problem.code != "workflow_no_else":
        return problem
    example = uncovered(app, workflow, kinds[str(problem.path[1])])
    return replace(problem, params={**problem.params, **example})


def label(workflow: Workflow, id: str) -> str:
    """The words on a node."""
    return workflow.nodes[id].label or id


def _handlers(workflow: Workflow, kind: NodeType, name: str) -> Iterator[Problem]:
    """Rules and returns that name a node which is not there."""
    for index, rule in enumerate(kind.rules):
        if rule.handler_of and rule.handler_of not in workflow.nodes:
            params = {"node": name, "name": rule.handler_of}
            yield Problem("workflow_no_node", ("assignees", index, "handler_of"), params)
    for index, id in enumerate(kind.back_nodes):
        if id not in workflow.nodes:
            yield Problem("workflow_no_node", ("return_nodes", index), {"node": name, "name": id})


def _exits(node: Node, kind: NodeType, name: str) -> Iterator[Problem]:
    """Exits without a target, with a name that the node does not know, too many or too few."""
    if kind.needs is None:
        if len(node.on) != 1:
            yield Problem("workflow_one_exit", ("on",), {"node": name})
        return
    for exit in sorted(kind.needs - set(node.on)):
        code = "workflow_no_else" if exit == kind.otherwise else "workflow_exit_missing"
        yield Problem(code, ("on", exit), {"node": name, "exit": exit})
    for exit in node.on:
        if kind.knows is not None and exit not in kind.knows:
            yield Problem("workflow_exit_unknown", ("on", exit), {"node": name, "exit": exit})
    if kind.knows is None and len(node.on) < 2:
        yield Problem("workflow_too_few_branches", ("on",), {"node": name})


def _shape(workflow: Workflow, kinds: Kinds) -> Iterator[Problem]:
    routes = ways(workflow)
    if not kinds[workflow.start].starts:
        yield Problem("workflow_cannot_start", ("start",), {"node": label(workflow, workflow.start)})
    if not any(kind.ends for kind in kinds.values()):
        yield Problem("workflow_no_end", ("nodes",))
    reached = {workflow.start, *reach(routes, workflow.start)}
    for id in kinds:
        if id not in reached:
            yield Problem("workflow_unreachable", ("nodes", id), {"node": label(workflow, id)})
    yield from _ways_out(workflow, kinds, routes, reached)
    yield from _loops(workflow, kinds, routes)
    yield from _joins(workflow, kinds, routes)
    for id, kind in kinds.items():
        if kind.splits and id in reached:
            yield from _split(workflow, kinds, id)


def _told(workflow: Workflow, line: Iterable[str]) -> dict[str, object]:
    """A counter-example: in words, and as ids for the canvas."""
    ids = list(line)
    return {"path": ARROW.join(label(workflow, id) for id in ids), "nodes": ids}


def _ways_out(workflow: Workflow, kinds: Kinds, routes: Ways, reached: set[str]) -> Iterator[Problem]:
    """Nodes from which no end can be reached."""
    ends = {id for id, kind in kinds.items() if kind.ends}
    for id in kinds:
        if id in reached - ends and ends and not ends & reach(routes, id):
            line = path(routes, workflow.start, id)
            yield Problem("workflow_dead_end", ("nodes", id), {"node": label(workflow, id), **_told(workflow, line)})


def _loops(workflow: Workflow, kinds: Kinds, routes: Ways) -> Iterator[Problem]:
    """Circles without a person in them: they would turn for ever."""
    turning = [id for id, kind in kinds.items() if not kind.asks and not kind.pauses]
    alone = {id: tuple(to for to in routes[id] if to in turning) for id in turning}
    told: set[str] = set()
    for id in alone:
        if id not in told and id in reach(alone, id):
            line = min((path(alone, to, id) for to in alone[id] if path(alone, to, id)), key=len)
            told |= set(line)
            name = label(workflow, id)
            yield Problem("workflow_automatic_loop", ("nodes", id), {"node": name, **_told(workflow, [id, *line])})


def _joins(workflow: Workflow, kinds: Kinds, routes: Ways) -> Iterator[Problem]:
    """Joins at which nothing is gathered."""
    for id, kind in kinds.items():
        if not kind.gathers:
            continue
        into = sum(list(targets).count(id) for targets in routes.values())
        split = any(kinds[other].splits and id in reach(routes, other) for other in kinds)
        if into < 2 or not split:
            code = "workflow_join_of_one" if into < 2 else "workflow_join_without_split"
            yield Problem(code, ("nodes", id), {"node": label(workflow, id)})


def _split(workflow: Workflow, kinds: Kinds, split: str) -> Iterator[Problem]:
    """Branches that end the workflow, or meet, while others are still on their way: a join is missing."""
    forward = _forward(workflow, kinds)
    branches = {exit: _before_join(forward, kinds, target) for exit, target in workflow.nodes[split].on.items()}
    for exit, branch in branches.items():
        end = next((id for id in branch if kinds[id].ends_all), "")
        if end:
            line = [split, *path(forward, workflow.nodes[split].on[exit], end)]
            params = {"node": label(workflow, split), **_told(workflow, line)}
            yield Problem("workflow_split_without_join", ("nodes", split, "on", exit), params)
    exits = list(branches)
    for place, exit in enumerate(exits):
        for other in exits[:place]:
            shared = [id for id in branches[exit] if id in branches[other] and not kinds[id].ends and id != split]
            if shared:
                line = [split, *path(forward, workflow.nodes[split].on[exit], shared[0])]
                params = {"node": label(workflow, split), "meet": label(workflow, shared[0]), **_told(workflow, line)}
                yield Problem("workflow_branches_meet", ("nodes", shared[0]), params)
                return


def _forward(workflow: Workflow, kinds: Kinds) -> Ways:
    """The ways that are taken when nobody says no."""
    return {
        id: tuple(to for exit, to in node.on.items() if exit not in kinds[id].refusals and to in workflow.nodes)
        for id, node in workflow.nodes.items()
    }


def _before_join(forward: Ways, kinds: Kinds, start: str) -> list[str]:
    """What a branch passes before it is gathered, in the drawing's order."""
    if start not in forward or kinds[start].gathers:
        return []
    joins = {id for id, kind in kinds.items() if kind.gathers}
    passed = {start, *reach(forward, start, joins)}
    return [id for id in forward if id in passed]
