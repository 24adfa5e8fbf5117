"""What values name 所指: people, departments and files must be there, and be the writer's to name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from builder.among import Among
from builder.field import Field, Json, Kind
from builder.problem import FieldError, Problem
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import StoredFile

Cell = tuple[tuple[str | int, ...], Field, Json, Mapping[str, Json]]
"""Where it stands, its field, its value, and the record or row around it."""


def cells(found: Field, values: Mapping[str, Json]) -> Iterable[Cell]:
    """A field's value, and those in its rows."""
    value = values.get(found.id)
    yield (found.id,), found, value, values
    for index, row in enumerate(value or () if found.nested else ()):
        for column in found.nested:
            yield (found.id, index, column.id), column, row.get(column.id), {**values, **row}


def holders(found: Field, value: Json) -> Iterable[tuple[Any, Json]]:
    """(type that names files, value) for a field and for the cells of its rows."""
    for _, one, held, _ in cells(found, {found.id: value}) if found.files else ():
        if one.holds is not None and held is not None:
            yield one.holds, held


def file_ids(found: Field, value: Json) -> tuple[str, ...]:
    """The ids of all files that a field's value names."""
    return () if value is None else tuple(id for holds, held in holders(found, value) for id in holds.files(held))


def people_missing(
    gate: Gate, live: LiveForm, values: Mapping[str, Json], fresh: frozenset[str], before: Mapping[str, Json]
) -> Iterable[Problem]:
    """Members and departments that are not there, or may not be chosen here; those held before may stay."""
    for found in live.peopled:
        kept = {id for _, one, value, _ in cells(found, before) if one.peopled for id in _ids(value)}
        for path, one, value, around in cells(found, values) if found.id in fresh else ():
            if one.peopled is not None:
                ids = [id for id in _ids(value) if id not in kept]
                yield from (problem.under("values", *path) for problem in _people(gate, one, ids, around))


def _ids(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]


def _people(gate: Gate, one: Field, ids: list[str], around: Mapping[str, Json]) -> Iterable[Problem]:
    people = one.peopled.people if one.peopled is not None else "member"
    directory = gate.world.directory
    known: Mapping[str, Any] = directory.members() if people == "member" else directory.departments()
    among: Among | None = getattr(one.type, "among", None)
    for id in ids:
        if id not in known:
            yield Problem(f"no_such_{people}", (), {"value": id[:80]})
        elif among is not None and not among.open:
            chosen, tree = _ids(around.get(among.field or "")), directory.departments()
            let = (
                among.lets_member(id, known[id], tree, chosen)
                if people == "member"
                else among.lets_department(id, tree, chosen)
            )
            if not let:
                yield Problem("not_among_those", (), {"value": known[id].name[:80]})


Copied = Callable[[Sequence[StoredFile]], Mapping[str, StoredFile]]


def files_missing(
    gate: Gate, live: LiveForm, written: Sequence[Any], brought: Mapping[str, StoredFile], copied: Copied
) -> None:
    """Says in each entry's problems which files are not there, and makes the others what is stored of them.

    `brought` are about to be added. Of another record's file `copied` may give the entry one of its own."""
    for found in live.holding:
        wanted = {id(entry): file_ids(found, entry.values.get(found.id)) for entry in written}
        named = {file for files in wanted.values() for file in files}
        heads = {**gate.world.files.heads(named), **brought} if named else {}
        for entry in written:
            strange = [file for file in wanted[id(entry)] if not _own(gate, heads.get(file), entry)]
            new = copied([heads[file] for file in strange if file in heads]) if strange else {}
            missing = [file for file in strange if file not in new]
            entry.problems.extend(Problem("no_such_file", ("values", found.id), {"file": file}) for file in missing)
            if not entry.problems:
                _change(found, entry, partial(renamed, new))
                _as_stored(found, entry, {**heads, **{head.id: head for head in new.values()}})


def _own(gate: Gate, head: StoredFile | None, entry: Any) -> bool:
    return head is not None and (head.record == entry.id or (not head.record and head.by == gate.actor.id))


def renamed(new: Mapping[str, StoredFile], one: Field, value: Json) -> Json:
    """A value that names files, with other ids for those of `new`; raises `FieldError` where files are not copied."""
    if not new or one.holds is None or not any(id in new for id in one.holds.files(value)):
        return value
    if not one.type.copyable:
        raise FieldError("not_copied")
    if one.kind is Kind.LIST:
        return [{**each, "id": new[each["id"]].id} if each["id"] in new else each for each in value]
    for id, head in new.items():
        value = value.replace(id, head.id)
    return value


def _as_stored(found: Field, entry: Any, heads: Mapping[str, StoredFile]) -> None:
    """Name, size and type are those of the stored file, whatever the sender said of it."""

    def kept(one: Field, value: Json) -> Json:
        ids = one.holds.files(value) if one.holds is not None and one.kind is Kind.LIST else ()
        stored = [{"id": id, "name": heads[id].name, "size": heads[id].size, "type": heads[id].type} for id in ids]
        return one.coerce(stored) if stored else value

    _change(found, entry, kept)


def _change(found: Field, entry: Any, kept: Callable[[Field, Json], Json]) -> None:
    for path, one, value, _ in list(cells(found, entry.values)):
        if one.holds is None or value is None:
            continue
        try:
            new = kept(one, value)
        except FieldError as error:
            entry.problems.append(error.problem.under("values", *path))
            continue
        if len(path) == 1:
            entry.values[found.id] = new
        else:
            entry.values[found.id][path[1]][one.id] = new
