"""An app as a folder of JSON that people read, edit and send 模板: out and in again with the same bytes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError

from builder.definition import FORMAT, App
from builder.locales import in_order
from builder.model import SLUG
from builder.problem import Invalid, Problem
from builder.schemas import LANGUAGE
from builder.spelling import Misspelt, read, spell, spell_line
from builder.validation import closest, duplicates, shape_problems

Json = Any
Files = Mapping[str, bytes]

ROOMS = {
    "forms": "form", "workflows": "workflow", "dashboards": "dashboard", "aggregates": "aggregate", "checks": "case",
    "locales": "locale",
}  # fmt: skip
LINED = ("samples", "checks")
"""The folders whose files hold one object on each line."""
HEADS = {"app.json": "app", "roles.json": "roles"}
MOST_FILES = 2_000
LARGEST_FILE = 20_000_000
MEGABYTES = LARGEST_FILE // 1_000_000
LARGEST_FOLDER = 100_000_000
MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Samples:
    """Sample records 示例数据 by form, as the files spell them, and the small company they belong to.

    `words` holds, by language, what texts in the records read in that language: whole text → whole text.
    """

    people: Mapping[str, Json] = field(default_factory=dict)
    records: Mapping[str, tuple[Mapping[str, Json], ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


UPGRADES: dict[int, Callable[[dict[str, Json]], dict[str, Json]]] = {}
"""From a format number to what raises all artefacts (file name → JSON) to the next one; format 1 is the first."""


def read_folder(path: Path) -> tuple[App, Samples]:
    """The app and the samples in the folder; raises `Invalid` with every problem's file and JSON path."""
    return read_files(_gather(path))


def write_folder(app: App, samples: Samples, path: Path) -> None:
    """Writes the app as a folder; files of parts that are gone are taken away."""
    files = write_files(app, samples)
    path.mkdir(parents=True, exist_ok=True)
    for room in (*ROOMS, "samples"):
        for old in sorted((path / room).glob("*.json*")):
            if f"{room}/{old.name}" not in files:
                old.unlink()
    for name, content in files.items():
        place = path / name
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)


def write_files(app: App, samples: Samples) -> dict[str, bytes]:
    """Every file of the app's folder."""
    head = app.dump()
    for part in (*ROOMS, "roles", "readme", "format"):
        head.pop(part, None)
    files = {"app.json": spell({"format": FORMAT, **head}), "roles.json": spell([role.dump() for role in app.roles])}
    files |= {f"forms/{id}.json": spell(form.dump()) for id, form in app.forms.items()}
    files |= {f"workflows/{id}.json": spell(_workflow(flow.dump())) for id, flow in app.workflows.items()}
    files |= {f"dashboards/{id}.json": spell(dashboard.dump()) for id, dashboard in app.dashboards.items()}
    files |= {f"aggregates/{id}.json": spell(aggregate.dump()) for id, aggregate in app.aggregates.items()}
    files |= {f"checks/{id}.jsonl": _told_on_lines(one.dump().get("cases", ())) for id, one in app.checks.items()}
    files |= {f"locales/{language}.json": spell(in_order(app, words)) for language, words in app.locales.items()}
    for form, records in samples.records.items():
        files[f"samples/{form}.jsonl"] = _told_on_lines(records)
    files |= {f"samples/{language}.json": spell(words) for language, words in samples.words.items()}
    if samples.people:
        files["samples/people.json"] = spell(samples.people)
    if app.readme:
        files["README.md"] = app.readme
    for name in files:
        if not _is_ours(name):
            raise Invalid(Problem("template_bad_name", (name,), {"file": name}))
    return {name: files[name].encode() for name in sorted(files)}


def _told_on_lines(told: Iterable[Json]) -> str:
    return "".join(spell_line(one) + "\n" for one in told)


def _workflow(flow: dict[str, Json]) -> dict[str, Json]:
    """Nodes in the order in which they are walked; a node reads best with its exits last."""
    nodes = {id: dict(sorted(flow["nodes"][id].items(), key=lambda entry: entry[0] == "on")) for id in _walked(flow)}
    drawing = {id: flow["drawing"][id] for id in nodes if id in flow.get("drawing", {})}
    ordered = {**flow, "nodes": nodes, "drawing": {**drawing, **flow.get("drawing", {})}}
    return {key: ordered[key] for key in flow}


def _walked(flow: Mapping[str, Json]) -> list[str]:
    """Node ids from the start on, nearest first; those that cannot be reached come last."""
    nodes: Mapping[str, Json] = flow["nodes"]
    found = [flow["start"]] if flow["start"] in nodes else []
    for id in found:
        found += [
            next_id
            for next_id in dict.fromkeys(nodes[id].get("on", {}).values())
            if next_id in nodes and next_id not in found
        ]
    return [*found, *sorted(set(nodes) - set(found))]


def read_files(files: Files) -> tuple[App, Samples]:
    """The app and the samples that the files hold; raises `Invalid`."""
    problems = _strangers(files)
    parsed: dict[str, Json] = {}
    for name in sorted(files):
        if _is_ours(name):
            _parse(name, files[name], parsed, problems)
    if "app.json" not in files:
        problems.append(Problem("template_no_app", ("app.json",)))
    _raise(problems)
    parsed = upgrade(parsed)
    for name, value in parsed.items():
        if name.startswith("checks/"):
            problems += _case_problems(name, value)
        elif not name.endswith((".jsonl", ".md")):
            problems += shape_problems(_artefact(name), value, name)
            problems += duplicates(value, name)
            problems += _misnamed(name, value)
    _raise(problems)
    return _app(parsed), _samples(parsed)


def _case_problems(name: str, cases: list[Json]) -> Iterable[Problem]:
    for number, case in enumerate(cases, 1):
        yield from shape_problems("case", case, f"{name}:{number}")
    yield from duplicates({"cases": cases}, name)


def upgrade(parsed: dict[str, Json]) -> dict[str, Json]:
    """The artefacts in today's format, raised step by step."""
    head = parsed["app.json"]
    number = head.get("format", FORMAT) if isinstance(head, dict) else FORMAT
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= FORMAT:
        raise Invalid(
            Problem("template_format_unknown", ("app.json", "format"), {"found": str(number)[:20], "known": FORMAT})
        )
    for step in range(number, FORMAT):
        parsed = UPGRADES[step](parsed)
    return parsed


def location(problem: Problem) -> str:
    """Where a template's problem is, e.g. `forms/customer.json $.fields[3].type`."""
    file, *steps = problem.path or ("",)
    if file == "checks" and steps:
        line = f":{steps[2] + 1}" if len(steps) > 2 and isinstance(steps[2], int) else ""
        file, steps = f"checks/{steps[0]}.jsonl{line}", steps[3:]
    elif file in FOLDERS and steps:
        file, steps = f"{file}/{steps[0]}.json", steps[1:]
    elif problem.path and "." not in str(file):
        file, steps = ("roles.json", steps) if file == "roles" else ("app.json", [file, *steps])
    return f"{file} ${''.join(f'[{step}]' if isinstance(step, int) else f'.{step}' for step in steps)}"


FOLDERS = ("forms", "workflows", "dashboards", "aggregates", "locales")
"""The folders of a template with a file for each part."""


def _gather(path: Path) -> dict[str, bytes]:
    """The bytes of every file in the folder; hidden files, and links that could lead out, are not followed."""
    if not path.is_dir():
        raise Invalid(Problem("template_no_folder", (), {"folder": path.name}))
    files: dict[str, bytes] = {}
    total = 0
    for place in sorted(path.rglob("*")):
        name = place.relative_to(path).as_posix()
        if any(part.startswith(".") for part in name.split("/")) or (place.is_dir() and not place.is_symlink()):
            continue
        if place.is_symlink() or not place.is_file():
            raise Invalid(Problem("template_link_refused", (name,), {"file": name}))
        size = place.stat().st_size
        total += size
        if size > LARGEST_FILE or total > LARGEST_FOLDER or len(files) >= MOST_FILES:
            raise Invalid(Problem("template_too_large", (name,), {"file": name, "megabytes": MEGABYTES}))
        files[name] = place.read_bytes()
    return files


def _is_ours(name: str) -> bool:
    if name in HEADS or name in ("README.md", "samples/people.json"):
        return True
    room, _, rest = name.partition("/")
    stem, _, ending = rest.partition(".")
    if room == "locales" or (room == "samples" and ending == "json"):
        return ending == "json" and re.fullmatch(LANGUAGE, stem) is not None
    wanted = "jsonl" if room in LINED else "json" if room in ROOMS else None
    return ending == wanted and SLUG.fullmatch(stem) is not None


def _strangers(files: Files) -> list[Problem]:
    known = [*HEADS, "README.md", "samples/people.json", *(f"{room}/" for room in ROOMS), "samples/"]
    strange = sorted(name for name in files if not _is_ours(name))
    return [
        Problem("template_unknown_file", (name[:200],), {"file": name[:200], **closest(name, known)})
        for name in strange
    ]


def _artefact(name: str) -> str:
    if name.startswith("samples/"):
        return "people" if name == "samples/people.json" else "locale"
    return HEADS.get(name) or ROOMS[name.partition("/")[0]]


def _parse(name: str, content: bytes, parsed: dict[str, Json], problems: list[Problem]) -> None:
    try:
        if len(content) > LARGEST_FILE:
            raise Misspelt("template_too_large", file=name, megabytes=MEGABYTES)
        text = content.decode("utf-8-sig")
        if name.endswith(".md"):
            parsed[name] = text
        elif name.endswith(".jsonl"):
            parsed[name] = _lines(text)
        else:
            parsed[name] = read(text)
    except UnicodeDecodeError:
        problems.append(Problem("template_not_utf8", (name,), {"file": name}))
    except Misspelt as error:
        problems.append(Problem(error.code, (name,), {"file": name, **error.params}))


def _lines(text: str) -> list[Json]:
    found: list[Json] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = read(line)
        except Misspelt as error:
            raise Misspelt(error.code, number, error.params["column"]) from error
        if not isinstance(record, dict):
            raise Misspelt("template_sample_no_object", number)
        found.append(record)
    return found


def _misnamed(name: str, value: Json) -> Iterable[Problem]:
    room, stem = PurePosixPath(name).parent.as_posix(), PurePosixPath(name).stem
    if (
        room in ("forms", "workflows", "dashboards", "aggregates")
        and isinstance(value, dict)
        and value.get("id", stem) != stem
    ):
        yield Problem("template_id_differs", (name, "id"), {"file": name, "id": str(value["id"])[:80], "wanted": stem})


def _app(parsed: Mapping[str, Json]) -> App:
    whole: dict[str, Json] = {**parsed["app.json"], "roles": parsed.get("roles.json", [])}
    for room in ROOMS:
        inside = {name: value for name, value in parsed.items() if name.startswith(f"{room}/")}
        whole[room] = {PurePosixPath(name).stem: value for name, value in inside.items()}
    whole["checks"] = {id: {"id": id, "cases": cases} for id, cases in whole["checks"].items()}
    whole["readme"] = parsed.get("README.md", "")
    try:
        return App.model_validate(whole)
    except ValidationError as error:
        raise Invalid(tuple(_told(found) for found in error.errors(include_url=False)[:MOST_PROBLEMS])) from error


def _told(found: Mapping[str, Json]) -> Problem:
    """What the models themselves refuse, with the file it came from."""
    steps = tuple(found["loc"])
    in_room = len(steps) > 1 and steps[0] in ROOMS
    path = (f"{steps[0]}/{steps[1]}.json", *steps[2:]) if in_room else ("app.json", *steps)
    reason = found.get("ctx", {}).get("error", found["msg"])
    return Problem("template_invalid", path, {"reason": str(reason)[:300]})


def _samples(parsed: Mapping[str, Json]) -> Samples:
    records = {
        PurePosixPath(name).stem: tuple(value)
        for name, value in parsed.items()
        if name.startswith("samples/") and name.endswith(".jsonl")
    }
    words = {
        PurePosixPath(name).stem: value
        for name, value in parsed.items()
        if name.startswith("samples/") and name.endswith(".json") and name != "samples/people.json"
    }
    return Samples(parsed.get("samples/people.json", {}), records, words)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems[:MOST_PROBLEMS])
