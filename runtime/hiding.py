"""What a field that a rule hides holds after a submit 隐藏字段的值: kept, cleared, or as a new record begins."""

from builder.expression.values import Context
from builder.field import Json
from runtime import compute
from runtime.compute import Shown
from runtime.gate import Gate
from runtime.live import LiveForm

ROUNDS = 8
"""What is cleared may hide more; a chain of rules longer than this is left as it then stands."""


def settle(gate: Gate, live: LiveForm, values: dict[str, Json], shown: Shown, at: Context) -> Shown:
    """Clear or begin anew what is hidden, as the rules say; answers what is shown then."""
    done: set[str] = set()
    for _ in range(ROUNDS):
        fresh = sorted(path for path in _hidden(live, shown) if path not in done)
        changed = {path.partition(".")[0] for path in fresh if _settle(live, values, path, at)}
        done |= set(fresh)
        if not changed:
            break
        compute.formulas(live, values, at, changed)
        shown = compute.rules(live, values, at)
    return shown


def _hidden(live: LiveForm, shown: Shown) -> list[str]:
    """The fields and columns that a rule hides and that are not to keep what they hold."""
    return [path for path in shown.hidden if path in shown.governed and policy(live, path) != "keep"]


def policy(live: LiveForm, path: str) -> str:
    """What becomes of what the field holds when it is hidden: as the rule that shows it says, else the form."""
    own = (rule.hidden for rule in live.form.rules if path in rule.show and rule.hidden)
    return next(own, None) or live.form.hidden


def _settle(live: LiveForm, values: dict[str, Json], path: str, at: Context) -> bool:
    head, _, column = path.partition(".")
    found = live.fields.get(head)
    inner = next((one for one in found.nested if one.id == column), None) if found and column else found
    if found is None or inner is None or inner.computed or inner.numbers is not None:
        return False
    anew = policy(live, path) == "recompute"
    if not column:
        before = values.pop(head, None)
        if anew:
            compute.begin(live, found, values, values, "", at)
        values.setdefault(head, None)
        return bool(values[head] != before)
    moved = False
    for row in values.get(head) or ():
        before = row.pop(column, None)
        if anew:
            compute.begin(live, inner, row, {**values, **row}, head, at)
        moved |= bool(row.get(column) != before)
    return moved
