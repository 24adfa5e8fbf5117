"""What the drawing of a workflow says about its ways 流程图: who can reach whom, and which split a join belongs to."""

from collections.abc import Container, Mapping

from builder.definition import Workflow

Ways = Mapping[str, tuple[str, ...]]


def ways(workflow: Workflow) -> Ways:
    """From each node to the nodes that its exits lead to, those that do not exist left out."""
    return {
        id: tuple(target for target in node.on.values() if target in workflow.nodes)
        for id, node in workflow.nodes.items()
    }


def reach(ways: Ways, start: str, without: Container[str] = ()) -> set[str]:
    """What can be reached from `start` in one step or more, not passing `without`."""
    found: set[str] = set()
    open_ends = list(ways.get(start, ()))
    while open_ends:
        each = open_ends.pop()
        if each not in found and each not in without:
            found.add(each)
            open_ends += ways.get(each, ())
    return found


def path(ways: Ways, start: str, target: str) -> list[str]:
    """A shortest way from `start` to `target`, both included; empty when there is none."""
    before: dict[str, str] = {start: ""}
    line = [start]
    for each in line:
        if each == target:
            break
        for following in ways.get(each, ()):
            if following not in before:
                before[following] = each
                line.append(following)
    else:
        return []
    back = [target]
    while before[back[-1]]:
        back.append(before[back[-1]])
    return back[::-1]


def split_of(ways: Ways, start: str, splits: Container[str], join: str) -> str:
    """The split that `join` closes: the nearest one that every way from the start to the join passes; "" for none."""
    doors = [each for each in ways if each in splits and each != join and _dominates(ways, start, each, join)]
    return max(doors, key=lambda door: sum(_dominates(ways, start, other, door) for other in doors), default="")


def _dominates(ways: Ways, start: str, door: str, node: str) -> bool:
    """Whether every way from the start to `node` passes `door`."""
    return door in (start, node) or node not in {start, *reach(ways, start, (door,))}
