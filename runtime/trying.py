"""What a designer asks of a drawing 试走: simulate it, play its cases; administrators only, and nothing is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import ValidationError

from builder.case import Move, Persona
from builder.definition import Workflow
from builder.expression.parse import parse, references
from builder.expression.problem import ExpressionError
from builder.problem import Conflict, Invalid, missing
from runtime import cases, node, simulate
from runtime.designing import head_for_design
from runtime.drafted import malformed
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.simulate import Frame

Json = Any
DRAFT = 0
"""The number that stands for the draft."""


def manifest_of(gate: Gate, app: str, number: int) -> Mapping[str, str]:
    """The app as its draft (0) or one of its versions has it; raises `Missing`, `Forbidden`."""
    head = head_for_design(gate, app)
    if number == DRAFT:
        return head.draft
    if number == head.number:
        return head.live
    found = next((one for one in gate.world.definitions.versions(app) if one.number == number), None)
    if found is None:
        raise missing("no_such_version")
    return found.manifest


def walk(
    gate: Gate,
    app: str,
    workflow: str,
    *,
    number: int,
    initiator: Json,
    values: Mapping[str, Json],
    record: str,
    moves: Sequence[Json],
) -> dict[str, Json]:
    """The whole walk from its beginning: a frame for each move, what could be done next, what a case would expect."""
    manifest = manifest_of(gate, app, number)
    persona, told = Persona.model_validate(initiator), [Move.model_validate(move) for move in moves]
    try:
        play = simulate.begin(gate, app, workflow, manifest, persona, values, record)
    except ValidationError as error:
        raise Conflict(list(malformed(error))) from None
    went = play.begin()
    done = 0
    for move in told:
        if not went:
            break
        went, done = play.move(move), done + 1
    held = play.shadow.records.get(play.live.key, play.record)
    return {
        "frames": [_told(gate, frame) for frame in play.frames],
        "offers": simulate.offers(play),
        "awaits": simulate.awaits(play),
        "initiator": play.initiator,
        "done": done,
        "fields": asked(play.live, play.workflow),
        "values": dict(held.values) if held else {},
        "expect": cases.seen(play).dump(),
        "deadlines": [
            {"node": one.node, "timer": one.key, "at": one.due_at.isoformat()} for one in simulate.deadlines(play)
        ],
    }


def _told(gate: Gate, frame: Frame) -> dict[str, Json]:
    problem = frame.problem
    words = None if problem is None else {"code": problem.code, "detail": problem.sentence(gate.language)}
    plain = {key: value for key, value in asdict(frame).items() if key != "problem"}
    return {**plain, "open": {id: list(people) for id, people in frame.open.items()}, "problem": words}


def asked(live: LiveForm, workflow: Workflow) -> list[str]:
    """The fields that the drawing asks about: in its conditions and in its rules about people."""
    heads: dict[str, None] = {}
    for id in workflow.nodes:
        try:
            kind = node.at(workflow, id)
        except Invalid:
            continue
        for guard in kind.guards.values():
            heads |= dict.fromkeys(_heads(guard))
        for rule in kind.rules:
            heads |= dict.fromkeys(value for value in rule.dump().values() if isinstance(value, str))
        heads |= dict.fromkeys(_fields_in(workflow.nodes[id].settings))
    return [name for name in live.fields if name in heads]


def _heads(guard: str) -> Iterator[str]:
    try:
        yield from (path[0] for path in references(parse(guard)))
    except ExpressionError:
        return


def _fields_in(settings: Json) -> Iterator[str]:
    """What settings call a `field`, however deep: a date that a deadline runs from."""
    if isinstance(settings, dict):
        for key, value in settings.items():
            if key in ("field", "weight_field") and isinstance(value, str):
                yield value
            elif isinstance(value, dict | list | tuple):
                yield from _fields_in(value)
    elif isinstance(settings, list | tuple):
        for value in settings:
            yield from _fields_in(value)


def play_cases(gate: Gate, app: str, workflow: str, number: int) -> list[dict[str, Json]]:
    """How the workflow's saved cases come out."""
    try:
        found = cases.run(gate, app, manifest_of(gate, app, number), workflow)
    except ValidationError as error:
        raise Conflict(list(malformed(error))) from None
    return [
        {
            "id": one.case.id, "ok": one.problem is None, "blocking": one.blocking, "playable": one.playable,
            "step": one.step, "detail": one.problem.sentence(gate.language) if one.problem else "",
        }
        for one in found
    ]  # fmt: skip
