"""What a heading or a wrong text seems to mean 猜测: fields for columns, and texts that a field would understand."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher, get_close_matches

from builder.field import Field
from builder.problem import Refusal
from runtime import asking
from runtime.gate import Gate
from runtime.importing import called, importable
from runtime.live import LiveForm
from runtime.naming import title_map

ALIKE = 0.72
LONGEST_HEADING = 60
"""What is compared of a heading: a cell may hold a whole book."""
MOST_TITLES = 3_000


def guess(gate: Gate, live: LiveForm, headings: Sequence[str], with_files: bool = False) -> list[tuple[str, str]]:
    """For each heading the path of the field that it seems to be and why: label, id, similar; ("", "") for none."""
    known = importable(live, gate, numbered=False, with_files=with_files)
    headings = [heading[:LONGEST_HEADING] for heading in headings]
    names = {path: called(live, path) for path in known}
    taken: set[str] = set()
    found = [("", "")] * len(headings)
    for why, fits, inner in PASSES:
        for place, heading in enumerate(headings):
            if found[place][0] or not heading.strip():
                continue
            open_names = (path for path in names if path not in taken and ("." in path) is inner)
            path = next((path for path in open_names if fits(heading, path, names[path])), "")
            if path:
                taken.add(path)
                found[place] = (path, why)
    return found


def _folded(text: str) -> str:
    return re.sub(r"[\s_\-（）()*：:]+", "", text).casefold()


def _same_label(heading: str, path: str, label: str) -> bool:
    return _folded(heading) in (_folded(label), _folded(label.rpartition(".")[2]) if "." in path else "")


def _same_id(heading: str, path: str, label: str) -> bool:
    return _folded(heading) == _folded(path)


def _similar(heading: str, path: str, label: str) -> bool:
    one = _folded(heading)
    others = [other for other in (path.rpartition(".")[2], label) if len(_folded(other)) > 1]
    held = any(_within(other, heading) or _within(heading, other) for other in others)
    return held or any(SequenceMatcher(None, one, _folded(other)).ratio() >= ALIKE for other in others)


def _within(part: str, whole: str) -> bool:
    """Whether whole words of `whole` make `part`; Chinese has no gaps between words."""
    if len(_folded(part)) < 3 and part.isascii():
        return False
    if not part.isascii():
        return len(_folded(part)) > 1 and _folded(part) in _folded(whole)
    words = [word for word in re.split(r"[\s_\-.]+", whole.casefold()) if word]
    runs = {"".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    return _folded(part) in runs


PASSES = (
    ("label", _same_label, False), ("id", _same_id, False), ("label", _same_label, True), ("id", _same_id, True),
    ("similar", _similar, False), ("similar", _similar, True),
)  # fmt: skip
"""How a heading is compared, the surest first; columns of rows only after the record's own fields."""


def suggestions(gate: Gate, live: LiveForm, path: str, value: str) -> list[str]:
    """Texts like `value` that the field would understand: options, people, titles of readable records."""
    head, _, column = path.partition(".")
    entry = live.fields.get(head)
    if entry is not None and column:
        entry = next((one for one in entry.nested if one.id == column), None)
    if entry is None:
        return []
    known = _understood(gate, live, entry)
    folded = {_folded(text): text for text in known}
    close = get_close_matches(_folded(value), list(folded), 3, 0.6)
    return [folded[one] for one in close]


def _understood(gate: Gate, live: LiveForm, entry: Field) -> list[str]:
    if entry.points is not None and entry.points.form in live.app.forms:
        target = live.app.form(entry.points.form)
        try:
            query = asking.ask(gate, target, {"limit": MOST_TITLES})
        except Refusal:
            return []
        return [title for title in title_map(gate, target, gate.world.records.find(query).records).values() if title]
    options = getattr(entry.type, "options", ())
    people = getattr(entry.type, "people", "")
    if people:
        listed = gate.world.directory.members() if people == "member" else gate.world.directory.departments()
        return [one.name for one in listed.values()]
    return [option.label for option in options]
