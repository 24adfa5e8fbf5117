"""Saved cases played again 用例回放: does every kept walk still end as it did? Asked at every publish."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from builder.access import Actor
from builder.case import Case, Expected, Persona
from builder.definition import App, Workflow
from builder.parts import manifest_of, to_parts
from builder.problem import LANGUAGES, Problem, Refusal, sentence
from builder.template import Samples
from runtime import simulate, story
from runtime.gate import Gate
from runtime.live import Library
from runtime.memory import Memory
from runtime.ports import AppHead, Department, Directory, Json, Member
from runtime.simulate import Frame, Simulation

ARROW = " → "


@dataclass(frozen=True)
class Verdict:
    """How one case came out; `problem` says what is different. `step` is the move at which it went another way."""

    workflow: str
    case: Case
    index: int
    problem: Problem | None = None
    step: int = -1
    playable: bool = True

    @property
    def blocking(self) -> bool:
        """Whether a publish is refused because of it."""
        return self.problem is not None and self.case.blocking and self.playable


@dataclass(frozen=True)
class Filled:
    """A directory in which every role that a case speaks of is held by somebody: a stand-in where nobody holds it."""

    real: Directory
    roles: Mapping[str, str]

    def members(self) -> Mapping[str, Member]:
        """Everybody, and the stand-ins."""
        known = self.real.members()
        held = {role for member in known.values() if member.enabled for role in member.roles}
        home = tuple(next(iter(known.values())).departments) if known else ()
        more = {role: Member(role, name, home, (role,)) for role, name in self.roles.items() if role not in held}
        return {**known, **more}

    def departments(self) -> Mapping[str, Department]:
        """The tree of departments."""
        return self.real.departments()

    def role_names(self) -> Mapping[str, str]:
        """The roles, those of the stand-ins among them."""
        return {**self.roles, **self.real.role_names()}

    def timezone(self) -> str:
        """The workspace's time zone."""
        return self.real.timezone()


def run(gate: Gate, app: str, manifest: Mapping[str, str], workflow: str = "") -> list[Verdict]:
    """Every case of the app as `manifest` has it (or of one workflow), played behind glass."""
    head = gate.world.definitions.app(app)
    if head is None:
        return []
    whole = gate.library.open(gate.world.definitions, head, gate.language, manifest).app
    return [
        verdict(gate, app, manifest, whole, id, index, case)
        for id, kept in whole.checks.items()
        if workflow in ("", id) and id in whole.workflows
        for index, case in enumerate(kept.cases)
    ]


def at_publish(gate: Gate, app: str, live: Mapping[str, str], drafted: Mapping[str, str]) -> list[Verdict]:
    """How the draft's cases come out. One that comes out differently with the live version too is no matter of this
    draft, but of the company as it is today: it is told where the cases are kept."""
    found = run(gate, app, drafted)
    if all(one.problem is None for one in found):
        return found
    wrong = [(one.workflow, one.case) for one in run(gate, app, live) if one.problem is not None]
    return [one for one in found if (one.workflow, one.case) not in wrong]


def verdict(
    gate: Gate, app: str, manifest: Mapping[str, str], whole: App, workflow: str, index: int, case: Case
) -> Verdict:
    """How one case comes out."""
    members = gate.world.directory.members()
    gone = [one.member for one in _personas(case) if one.member and one.member not in members]
    if gone:
        return Verdict(workflow, case, index, _problem("case_no_member", case, member=gone[0]), playable=False)
    roles = {one.role for one in _personas(case) if one.role}
    names = {role.id: role.name for role in whole.roles}
    directory = Filled(gate.world.directory, {role: names.get(role, role) for role in sorted(roles)})
    try:
        play = simulate.begin(gate, app, workflow, manifest, case.initiator, case.values, directory=directory)
    except Refusal as refusal:
        return Verdict(workflow, case, index, _stopped(case, 0, refusal.problems[0]), 0)
    return _compared(play, workflow, case, index)


def _personas(case: Case) -> Iterator[Persona]:
    yield case.initiator
    for move in case.moves:
        yield move.by
        if isinstance(move.to, Persona):
            yield move.to


def _compared(play: Simulation, workflow: str, case: Case, index: int) -> Verdict:
    went = play.begin()
    step = 0
    for number, move in enumerate(case.moves, 1):
        if not went:
            break
        went, step = play.move(move), number
    last = play.frames[-1]
    if last.problem is not None:
        return Verdict(workflow, case, index, _stopped(case, step, last.problem), step)
    return Verdict(workflow, case, index, _difference(play.workflow, case, last), len(case.moves))


def _stopped(case: Case, step: int, problem: Problem) -> Problem:
    """A move was refused; the sentence says why in both languages."""
    reasons = {language[:2]: problem.sentence(language) for language in LANGUAGES}
    return _problem("case_stopped", case, step=step, reason=problem.code, **reasons)


def _difference(workflow: Workflow, case: Case, last: Frame) -> Problem | None:
    """Where it stands and how it came there, beside what was kept."""
    wanted = case.expect
    if (wanted.status, set(wanted.at)) != (last.status, set(last.active)):
        stands = _stands("found", workflow, last.status, last.active)
        stands |= _stands("wanted", workflow, wanted.status, wanted.at)
        return _problem("case_ends_differently", case, **stands, **_parting(workflow, wanted.route, last.visited))
    if wanted.route and wanted.route != last.visited:
        ways = {"wanted": _line(workflow, wanted.route), "found": _line(workflow, last.visited)}
        return _problem("case_other_route", case, **ways, **_parting(workflow, wanted.route, last.visited))
    return None


def _parting(workflow: Workflow, wanted: Sequence[str], found: Sequence[str]) -> dict[str, str]:
    """The first step at which the ways part, as a sentence in both languages; "" when no way was kept."""
    pairs = enumerate(zip_longest(wanted, found, fillvalue=""), 1)
    number, pair = next(((number, pair) for number, pair in pairs if pair[0] != pair[1]), (0, ("", "")))
    if not wanted or not number:
        return {f"first_{language[:2]}": "" for language in LANGUAGES}
    names = [story.label(workflow, id) or id for id in pair]
    told = {}
    for language in LANGUAGES:
        ends = sentence("case_way_ends", language, {})
        said = {"step": number, "wanted": names[0] or ends, "found": names[1] or ends}
        told[f"first_{language[:2]}"] = sentence("case_parts", language, said)
    return told


def _stands(what: str, workflow: Workflow, status: str, active: Iterable[str]) -> dict[str, str]:
    """Status and places in both languages."""
    places = " + ".join(story.label(workflow, id) or id for id in active)
    words = {language: sentence(f"status_{status}", language, {}) for language in LANGUAGES}
    return {f"{what}_{lang[:2]}": f"{word} ({places})" if places else word for lang, word in words.items()}


def _line(workflow: Workflow, route: Iterable[str]) -> str:
    return ARROW.join(story.label(workflow, id) or id for id in route)


def _problem(code: str, case: Case, **params: Json) -> Problem:
    return Problem(code, (), {"case": case.name, **params})


def problems(verdicts: Iterable[Verdict], every: bool = False) -> list[Problem]:
    """The blocking ones (or all), with their place in the app."""
    return [
        one.problem.under("checks", one.workflow, "cases", one.index)
        for one in verdicts
        if (one.blocking or every) and one.problem is not None
    ]


def seen(play: Simulation) -> Expected:
    """What a case of this walk would expect: what has just been seen."""
    last = play.frames[-1]
    return Expected(status=last.status, at=last.active, route=last.visited)


def in_company(app: App, samples: Samples) -> list[Verdict]:
    """Every case of a folder, played by the small company of its samples; without one nobody can play them."""
    people = samples.people
    if not people.get("members"):
        return []
    members = [_member(one) for one in people.get("members", ())]
    chief = Member("operator", "operator", admin=True)
    departments = [
        Department(one["id"], one["name"], one.get("parent", ""), tuple(one.get("heads", ())))
        for one in people.get("departments", ())
    ]
    memory = Memory([*members, chief], departments)
    parts = to_parts(app)
    manifest = manifest_of(parts)
    memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
    memory.definitions.save(AppHead(app.id, app.name, app.icon, app.color, 1, manifest, manifest, 1))
    gate = Gate(memory.world(), Actor("member", chief.id, admin=True), LANGUAGES[0], Library())
    return run(gate, app.id, manifest)


def _member(raw: Mapping[str, Json]) -> Member:
    return Member(raw["id"], raw["name"], (raw["department"],), tuple(raw.get("roles", ())), bool(raw.get("admin")))
