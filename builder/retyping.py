"""What a stored value becomes when its field changes its type 改类型: value → words → value, exactly where words lose.

There is one rule and no table of types by types: the old type gives words, as it does in files, and the new type
reads them, as it does there. What two types share (options, people, records, files, numbers, days) goes without words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, Protocol, runtime_checkable

from builder.field import Choosing, Field, FieldType, Holding, Json, Kind, Names, Numbering
from builder.problem import FieldError, Problem, Refusal

State = Literal["blank", "converted", "emptied", "refused", "computed", "fresh"]
"""`refused` keeps the old value aside; `fresh` was written in the new type and never needed converting."""
LONGEST_WORDS = 200


class Words(Names, Protocol):
    """From ids to words and back, for everybody and everything in the workspace: `Names` and `Finder` at once."""

    def find_member(self, text: str) -> str | None:
        """The id of the member called so."""
        ...

    def find_department(self, text: str) -> str | None:
        """The id of the department called so."""
        ...

    def find_record(self, form: str, text: str) -> str | None:
        """The id of the record titled so."""
        ...


@runtime_checkable
class Giving(Protocol):
    """A type whose value is told to another type otherwise than it is read aloud."""

    def give(self, value: Json, names: Names) -> str:
        """The words that another type is to understand."""
        ...


@runtime_checkable
class Taking(Protocol):
    """A type that takes words of other types otherwise than it reads its own text."""

    def take(self, words: str) -> Json:
        """The raw value that plain words mean."""
        ...


@dataclass(frozen=True)
class Lost:
    """What did not convert: the path of its field or column, its words, and why."""

    path: str
    words: str
    problem: Problem


@dataclass(frozen=True)
class Retyped:
    """The value in the new type, and what of it did not convert."""

    value: Json
    state: State
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True)
class Change:
    """A field before and after."""

    before: Field
    after: Field


def changes(before: Sequence[Field], after: Sequence[Field]) -> Iterator[Change]:
    """The fields that stay and stand for something else than before."""
    kept = {field.id: field for field in after}
    for field in before:
        again = kept.get(field.id)
        if again is not None and changed(field, again):
            yield Change(field, again)


def changed(before: Field, after: Field) -> bool:
    """Whether values of the one are none of the other: another type, records of another form, or a column of it."""
    if before.type.name() != after.type.name():
        return before.type.valued
    if before.points is not None and after.points is not None and before.points.form != after.points.form:
        return True
    return any(True for _ in changes(before.nested, after.nested))


def refusal(old: type[FieldType], new: type[FieldType]) -> Problem | None:
    """Why no value of the one can become one of the other; None when it may be tried."""
    if not old.valued or old.name() == new.name():
        return None
    if not new.valued:
        return Problem("retype_holds_nothing")
    if (old.kind is Kind.ROWS) != (new.kind is Kind.ROWS):
        return Problem("retype_rows")
    if _files(old) != _files(new):
        return Problem("retype_files")
    if issubclass(new, Numbering) and not issubclass(old, Numbering):
        return Problem("retype_numbers")
    return None


def refused(change: Change) -> Problem | None:
    """Why the change, or that of one of its columns, makes no sense."""
    inner = (refused(one) for one in changes(change.before.nested, change.after.nested))
    return refusal(type(change.before.type), type(change.after.type)) or next((one for one in inner if one), None)


def _files(kind: type[FieldType]) -> bool:
    """Whether its values are stored files alone."""
    return issubclass(kind, Holding) and kind.kind is Kind.LIST


def paths(change: Change) -> Iterator[tuple[str, Field, Field]]:
    """What changes, by path: the field itself, or those of its columns that change."""
    if change.before.nested and change.after.nested:
        for inner in changes(change.before.nested, change.after.nested):
            yield f"{change.after.id}.{inner.after.id}", inner.before, inner.after
        return
    yield change.after.id, change.before, change.after


def retyped(value: Json, change: Change, words: Words) -> Retyped:
    """What the stored value becomes."""
    old, new = change.before, change.after
    if value is None or value in ("", []):
        return Retyped(None, "blank")
    if new.computed and new.numbers is None:
        return Retyped(None, "computed")
    if old.nested and new.nested and isinstance(value, list):
        return _rows(value, change, words)
    try:
        found = new.coerce(_raw(value, old, new, words))
    except FieldError as error:
        return _refused(value, change, words, error.problem)
    except Refusal as problem:
        return _refused(value, change, words, problem.problems[0])
    except (ValueError, TypeError, ArithmeticError, AttributeError, KeyError, LookupError):
        return _refused(value, change, words, Problem("retype_unreadable"))
    return Retyped(found, "emptied" if found is None else "converted")


def mended(told: str, change: Change, words: Words) -> Retyped:
    """What other words for a value that did not convert mean in the new type."""
    try:
        found = change.after.coerce(_understood(told, change.after, words))
    except FieldError as error:
        return _refused(told, change, words, error.problem)
    except Refusal as problem:
        return _refused(told, change, words, problem.problems[0])
    except (ValueError, TypeError, ArithmeticError, AttributeError, KeyError, LookupError):
        return _refused(told, change, words, Problem("retype_unreadable"))
    return Retyped(found, "emptied" if found is None else "converted")


def _refused(value: Json, change: Change, words: Words, problem: Problem) -> Retyped:
    told = Lost(change.after.id, said(value, change.before, words), Problem(problem.code, (), problem.params))
    return Retyped(None, "refused", (told,))


def said(value: Json, field: Field, words: Names) -> str:
    """The value read aloud, or as it is when its type does not understand it."""
    try:
        found = field.type.display(value, words)
    except (ValueError, TypeError, ArithmeticError, AttributeError, KeyError, LookupError):
        found = ""
    return (found or str(value))[:LONGEST_WORDS]


def _rows(rows: Sequence[Json], change: Change, words: Words) -> Retyped:
    """Rows with each changed column's cells in its new type."""
    columns = list(changes(change.before.nested, change.after.nested))
    found, lost = [], list[Lost]()
    for row in rows:
        told = {column.after.id: retyped(row.get(column.after.id), column, words) for column in columns}
        found.append({**row, **{id: cell.value for id, cell in told.items()}})
        lost += [
            Lost(f"{change.after.id}.{one.path}", one.words, one.problem) for cell in told.values() for one in cell.lost
        ]
    return Retyped(found, "refused" if lost else "converted", tuple(lost))


def _raw(value: Json, old: Field, new: Field, words: Words) -> Json:
    """What the new type is to coerce."""
    exact = _shared(value, old, new, words)
    if exact is not None:
        return exact
    told = old.type.give(value, words) if isinstance(old.type, Giving) else old.type.display(value, words)
    if not told.strip():
        raise FieldError("retype_unreadable")
    return _understood(told, new, words)


def _understood(told: str, new: Field, words: Words) -> Json:
    if isinstance(new.type, Taking):
        return new.type.take(told)
    if new.reads is not None:
        return new.reads.read(told, words)
    return new.zoned.local(told, words.timezone) if new.zoned is not None else told


def _shared(value: Json, old: Field, new: Field, words: Words) -> Json:
    """The raw value where both types know what words would lose; None for the way through words."""
    if isinstance(old.type, Choosing) and isinstance(new.type, Choosing):
        return _fitting([_option(id, old, new, words) for id in _listed(value)], new)
    if _same_people(old, new) or _same_form(old, new) or (_files(type(old.type)) and _files(type(new.type))):
        return _fitting(_listed(value), new)
    if old.kind is new.kind and old.kind is Kind.NUMBER:
        return value
    if old.kind is Kind.BOOLEAN and new.kind is Kind.NUMBER:
        return 1 if value else 0
    if old.kind is Kind.TIME and (new.kind is Kind.TIME or old.zoned is not None):
        return _moment(str(value), old, new, words)
    return None


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _fitting(values: Sequence[Json], new: Field) -> Json:
    """Several values for a list; the only one for a type that holds one."""
    if new.kind is Kind.LIST:
        return list(values)
    if len(values) != 1:
        raise FieldError("too_many_chosen", limit=1)
    return values[0]


def _option(id: Json, old: Field, new: Field, words: Words) -> Json:
    """The same option by its id, or by its label."""
    single = isinstance(new.type, Choosing) and id in new.type.option_ids()
    if single or new.reads is None:
        return id
    label = old.type.display([id] if old.kind is Kind.LIST else id, words)
    found = new.reads.read(label, words)
    return _listed(found)[0] if len(_listed(found)) == 1 else id


def _same_people(old: Field, new: Field) -> bool:
    return old.peopled is not None and new.peopled is not None and old.peopled.people == new.peopled.people


def _same_form(old: Field, new: Field) -> bool:
    return old.points is not None and new.points is not None and old.points.form == new.points.form


def _moment(value: str, old: Field, new: Field, words: Words) -> Json:
    """A day or an instant for another type of times; None for words that are to be read as people see them."""
    if new.zoned is not None:
        return value if old.zoned is not None else new.zoned.local(value, words.timezone)
    if old.zoned is None:
        return value
    local = old.type.display(value, words)
    return local if new.kind is Kind.TIME or _clock(new) else None


def _clock(new: Field) -> bool:
    """Whether the type is one of plain texts: then a moment is told as it is shown."""
    return new.reads is None and new.kind is Kind.TEXT and not isinstance(new.type, Taking)


@dataclass(frozen=True)
class Step:
    """An earlier change of type that a value went through: what it was, in which field, and what it became."""

    before: Field
    was: Json
    became: Json
    computed: bool = False


def unwound(value: Json, target: Field, steps: Sequence[Step]) -> tuple[bool, Json]:
    """The very value that a record held when its field was like `target`, if nobody changed it since.

    `steps` are what the value went through, the latest first."""
    for step in steps:
        if value != step.became and not step.computed:
            return False, None
        value = step.was
        if _fits(value, step.before, target):
            return True, value
    return False, None


def _fits(value: Json, held: Field, target: Field) -> bool:
    """Whether the field was set up as it is to be, or the value is one of its values all the same."""
    if changed(held, target):
        return False
    if held.type.dump() == target.type.dump():
        return True
    if value is None:
        return False
    try:
        return bool(target.coerce(value) == value)
    except (FieldError, Refusal, ValueError, TypeError, ArithmeticError):
        return False


def paragraphs(words: str) -> str:
    """Plain words as HTML, a paragraph for each line."""
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in words.split("\n"))
