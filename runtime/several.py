"""Fields that name several records 关联多条: those that an asker may not see he is not told, and does not lose."""

from collections.abc import Callable, Collection, Sequence

from builder.field import Field, Json
from builder.problem import FieldError

Seen = Callable[[str, Sequence[str]], Collection[str]]
"""Of the ids of records of a form, those that the asker may see."""


def told(found: Field, value: Json, seen: Seen) -> Json:
    """The value without the ids that may not be seen, in rows too."""
    if found.lists is not None:
        return _open(found, value, seen) or None
    columns = [column for column in found.nested if column.lists is not None]
    return [row | {one.id: _open(one, row[one.id], seen) or None for one in columns if row.get(one.id)}
            for row in value or ()] or value  # fmt: skip


def ids_in(found: Field, value: Json) -> list[tuple[str, str]]:
    """(form, id) of everything that the value names in such a field or column."""
    cells: list[tuple[Field, Json]] = [(found, value)] if found.lists is not None else []
    cells += [(one, row.get(one.id)) for one in found.nested if one.lists is not None for row in value or ()]
    return [(one.lists.form, id) for one, held in cells if one.lists is not None for id in held or ()]


def kept(found: Field, held: Json, sent: Json, seen: Seen) -> Json:
    """What was sent, with what is held and may not be seen where it was; raises `FieldError`."""
    if found.lists is not None:
        return _kept(found, held, sent, seen)
    columns = [column for column in found.nested if column.lists is not None]
    if not columns or not isinstance(sent, list):
        return sent
    was = {row.get("id"): row for row in held or ()}
    rows = []
    for row in sent:
        before = was.get(row.get("id")) or {}
        both = {one.id: _kept(one, before[one.id], row.get(one.id), seen) for one in columns if before.get(one.id)}
        rows.append({**row, **both})
    return rows


def _kept(found: Field, held: Json, sent: Json, seen: Seen) -> Json:
    open_ids = _open(found, held, seen)
    if len(open_ids) == len(held or ()):
        return sent
    if (sent or []) == open_ids:
        return held
    strange = next((id for id in sent or () if id in held and id not in open_ids), None)
    if strange is not None:  # as for any record that is not his to see
        raise FieldError("no_such_record", value=strange)
    joined = list(sent or ())
    for place, id in enumerate(held):
        if id not in open_ids:
            joined.insert(min(place, len(joined)), id)
    most = getattr(found.type, "max_count", None)
    if most is not None and len(joined) > most:
        raise FieldError("too_many_chosen", limit=most)
    return joined


def _open(found: Field, value: Json, seen: Seen) -> list[str]:
    held = [str(id) for id in value or ()]
    if not held or found.lists is None:
        return held
    known = seen(found.lists.form, held)
    return [id for id in held if id in known]
