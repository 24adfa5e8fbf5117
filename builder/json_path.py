"""Where in a JSON answer a value is 取值路径: `data.items[0].name`, with an optional leading `$`."""

import re
from typing import Any

STEP = re.compile(r"""\.?(?:(?P<name>[^.\[\]"$][^.\[\]"]*)|\[(?P<place>\d{1,6})\]|\["(?P<quoted>[^"]{1,100})"\])""")
DEEPEST = 20

Step = str | int


def steps_of(path: str) -> tuple[Step, ...]:
    """The path's steps: keys and places in lists; none for the whole answer. Raises `ValueError`."""
    text = path.strip()
    text = text[1:] if text.startswith("$") else text
    found: list[Step] = []
    at = 0
    while at < len(text):
        step = STEP.match(text, at)
        if step is None or len(found) >= DEEPEST or (text[at] == "." and step["name"] is None):
            raise ValueError(f"nothing can be found at '{path[:80]}'")
        if step["place"] is not None:
            found.append(int(step["place"]))
        else:
            found.append((step["name"] or "").strip() or step["quoted"])
        at = step.end()
    return tuple(found)


def found_at(whole: Any, path: str) -> Any:
    """What the answer holds at the path; None for nothing there. `a.0.b` finds places in lists too.

    `a[0]` of what is no list is that itself: XML says nothing of lists, so one of a kind comes alone."""
    for step in steps_of(path):
        if isinstance(whole, list):
            place = int(step) if isinstance(step, int) or (step.isascii() and step.isdigit()) else -1
            whole = whole[place] if 0 <= place < len(whole) else None
        elif step != 0 or not isinstance(whole, str | dict) or "0" in whole:
            whole = whole.get(str(step)) if isinstance(whole, dict) else None
    return whole
