"""One question of a form 字段, and what every field type 字段类型 must answer."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar, Literal, Protocol, cast, runtime_checkable

from pydantic import Field as Setting
from pydantic import SerializerFunctionWrapHandler, ValidationInfo, model_serializer, model_validator

from builder.filter import Filter
from builder.model import Label, Model, Slug, Text
from builder.problem import FieldError
from builder.registry import load
from builder.source import Linkage, Origin, Source

Json = Any
"""A JSON value: what a record holds for a field."""

TYPES = "builder.fields"


class Kind(StrEnum):
    """What storage understands 存储类别: six, closed."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TIME = "time"
    LIST = "list"
    ROWS = "rows"


class FieldType(Model):
    """Five questions: settings (its own fields), `kind`, `coerce`, `value_schema`, `display`."""

    kind: ClassVar[Kind]
    valued: ClassVar[bool] = True
    """False for what only stands on the page: a divider, a button. It has no value, no column, no permission."""
    copyable: ClassVar[bool] = True
    """False for what is given once and for one record only: a signature."""

    def coerce(self, raw: Json) -> Json:
        """What the user meant, as the JSON value to store, or None for blank; raises `FieldError`."""
        raise NotImplementedError

    def value_schema(self) -> dict[str, Any]:
        """JSON Schema of a stored value."""
        raise NotImplementedError

    def display(self, value: Json, names: "Names") -> str:
        """The value read aloud: lists, export, print, notification."""
        return "" if value is None else str(value)

    @classmethod
    def name(cls) -> str:
        """The word this type is known by: its file's name."""
        return cls.__module__.rpartition(".")[2]


class Names(Protocol):
    """Who and what the ids in values stand for."""

    language: str
    timezone: str

    def member(self, id: str) -> str:
        """A member's name."""
        ...

    def department(self, id: str) -> str:
        """A department's name."""
        ...

    def title(self, form: str, id: str) -> str:
        """A record's title."""
        ...


# Optional abilities: small protocols that only those who need them implement.


@runtime_checkable
class Pointing(Protocol):
    """A type whose values are ids of records of another form; a list, if there may be several."""

    form: str
    fill: Mapping[str, str]

    def targets(self, value: Json) -> tuple[str, ...]:
        """The record ids a value names."""
        ...


@runtime_checkable
class Nesting(Protocol):
    """A type whose value is rows, each with fields of their own."""

    fields: "tuple[Field, ...]"


@runtime_checkable
class Numbering(Protocol):
    """A type whose value the machine gives once, from a counter."""

    def scope(self, today: str) -> str:
        """Which counter to draw from, e.g. one for each month; `today` is an ISO date."""
        ...

    def apart(self) -> bool:
        """Whether to draw in a transaction of its own: nobody waits for it, and what is refused leaves a gap."""
        ...

    def number(self, count: int, today: str, words: Mapping[str, str]) -> str:
        """The text for the count drawn; `words` are the record's values read aloud, by field."""
        ...

    def counted(self, text: str, today: str) -> tuple[str, int] | None:
        """The period and the count that a number was made of; None for a text that is no such number."""
        ...


@runtime_checkable
class Gathering(Protocol):
    """A type whose value the machine gathers from the records of `form` whose reference `by` names this record."""

    form: str
    by: str
    operation: Literal["count", "sum", "average", "min", "max"]
    field: str
    filter: "Filter"


@runtime_checkable
class Showing(Protocol):
    """A type that shows records of another form, and holds no value."""

    def shows(self) -> tuple[Source, tuple[str, ...], int]:
        """Which records, which of their fields, and how many at once."""
        ...


@runtime_checkable
class Choosing(Protocol):
    """A type with options."""

    def option_ids(self) -> tuple[str, ...]:
        """The ids that may be chosen, in their order."""
        ...


@runtime_checkable
class Holding(Protocol):
    """A type whose values name stored files."""

    def files(self, value: Json) -> tuple[str, ...]:
        """The file ids a value names."""
        ...


@runtime_checkable
class Peopled(Protocol):
    """A type whose values name members or departments."""

    people: ClassVar[Literal["member", "department"]]


@runtime_checkable
class Zoned(Protocol):
    """A type whose values are instants, written by people in local time."""

    def local(self, text: str, timezone: str) -> str:
        """A local time as people write it, with its offset; raises `FieldError`."""
        ...


@runtime_checkable
class Scaled(Protocol):
    """A type of decimals with a known number of digits after the point."""

    scale: int


@runtime_checkable
class Reading(Protocol):
    """A type that understands text as people write it in files: an option's label, a member's name."""

    def read(self, text: str, names: "Finder") -> Json:
        """The raw value that `text` means; raises `FieldError`."""
        ...


@runtime_checkable
class Writing(Protocol):
    """A type whose value is written into files otherwise than it is read aloud, so that it can be read back."""

    def write(self, value: Json) -> str:
        """The text that `coerce` or `read` understands as this value."""
        ...


@runtime_checkable
class Judging(Protocol):
    """A type that judges a value when it is submitted: by the day, or by how much of it is there."""

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Raises `FieldError` for a value that may not stand; `today` is an ISO date. Blank is asked about too."""
        ...


@runtime_checkable
class Mentioning(Protocol):
    """A type whose settings name other fields of the same record or row."""

    def mentions(self) -> tuple[str, ...]:
        """Their ids."""
        ...


@runtime_checkable
class Starting(Protocol):
    """A type whose new values begin with something by themselves."""

    def beginning(self) -> Json:
        """What a new record holds before anybody typed."""
        ...


class Finder(Protocol):
    """From words to ids, for imports."""

    def find_member(self, text: str) -> str | None:
        """The id of the member called so."""
        ...

    def find_department(self, text: str) -> str | None:
        """The id of the department called so."""
        ...

    def find_record(self, form: str, text: str) -> str | None:
        """The id of the record titled so."""
        ...


Width = Literal["auto", "full", "half", "third", "quarter"]
"""How much of the page's width a field takes; `auto` is one column of the form's grid."""


class Field(Model):
    """A question: its id and label, what is asked of its value, and its type with the type's settings.

    In JSON the settings of the type stand beside the field's own keys:
    `{"id": "amount", "type": "number", "label": "金额", "format": "money"}`.
    """

    id: Slug
    label: Label
    type: FieldType
    help: Text = ""
    placeholder: Label = ""
    required: bool = False
    unique: bool = False
    default: Json = None
    default_formula: Text = ""
    linkage: Linkage | None = None
    formula: Text = ""
    read_only: bool = False
    hidden: bool = False
    width: Width = "auto"
    scan: bool = Setting(default=False, description="offer to scan a code")

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, raw: Any, info: ValidationInfo) -> Any:
        if not isinstance(raw, Mapping) or not isinstance(raw.get("type"), str):
            return raw
        types = field_types()
        if raw["type"] not in types:
            raise ValueError(f"unknown field type '{raw['type']}'; known: {', '.join(sorted(types))}")
        own = {key: value for key, value in raw.items() if key in cls.model_fields}
        rest = {key: value for key, value in raw.items() if key not in cls.model_fields}
        return {**own, "type": types[raw["type"]].model_validate(rest)}

    @model_serializer(mode="wrap")
    def _flatten(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        own = handler(self)
        own.pop("type", None)
        head = {"id": self.id, "type": self.type.name(), "label": self.label}
        return {**head, **self.type.dump(), **{key: value for key, value in own.items() if key not in head}}

    @property
    def kind(self) -> Kind:
        """What storage understands of this field."""
        return self.type.kind

    @cached_property
    def nested(self) -> "tuple[Field, ...]":
        """The fields of its rows; none for a plain field."""
        return self.type.fields if isinstance(self.type, Nesting) else ()

    @cached_property
    def points(self) -> Pointing | None:
        """Its type as one that points to records of another form, if it does."""
        return self.type if isinstance(self.type, Pointing) else None

    @cached_property
    def offers(self) -> Choosing | None:
        """Its type as one with options of its own, if it has them."""
        return self.type if isinstance(self.type, Choosing) and self.origin is None else None

    @cached_property
    def origin(self) -> Origin | None:
        """Where its options come from, if they are what another form's records hold."""
        return getattr(self.type, "source", None)

    @cached_property
    def leads(self) -> Pointing | None:
        """Its type as one that names a single record, through which paths such as `customer.region` lead."""
        return None if self.kind is Kind.LIST else self.points

    @cached_property
    def lists(self) -> Pointing | None:
        """Its type as one that names several records, some of which an asker may not see."""
        return self.points if self.kind is Kind.LIST else None

    @cached_property
    def numbers(self) -> Numbering | None:
        """Its type as one that draws numbers, if it does."""
        return self.type if isinstance(self.type, Numbering) else None

    @cached_property
    def gathers(self) -> Gathering | None:
        """Its type as one that gathers from records that point here, if it does."""
        return self.type if isinstance(self.type, Gathering) else None

    @cached_property
    def holds(self) -> Holding | None:
        """Its type as one that names files, if it does."""
        return self.type if isinstance(self.type, Holding) else None

    @cached_property
    def peopled(self) -> Peopled | None:
        """Its type as one that names members or departments, if it does."""
        return self.type if isinstance(self.type, Peopled) else None

    @cached_property
    def zoned(self) -> Zoned | None:
        """Its type as one whose values are instants, if they are."""
        return self.type if isinstance(self.type, Zoned) else None

    @cached_property
    def judges(self) -> "Judging | None":
        """Its type as one that judges a value by the day, if it does; asked of every cell, so it is asked once."""
        return self.type if isinstance(self.type, Judging) else None

    @cached_property
    def starts(self) -> "Starting | None":
        """Its type as one that new records begin with a value of, if it does."""
        return self.type if isinstance(self.type, Starting) else None

    @cached_property
    def reads(self) -> Reading | None:
        """Its type as one that understands text as people write it, if it does."""
        return self.type if isinstance(self.type, Reading) else None

    @cached_property
    def files(self) -> "tuple[Field, ...]":
        """Itself and its columns as far as they name files."""
        return tuple(one for one in (self, *self.nested) if one.holds is not None)

    @cached_property
    def computed(self) -> bool:
        """Whether the machine alone gives its value."""
        return bool(self.formula) or self.numbers is not None or self.gathers is not None

    def coerce(self, raw: Json) -> Json:
        """What was meant, as the value to store; blank text is None. Raises `FieldError`."""
        return None if raw is None or raw == "" else self.type.coerce(raw)


def field_types() -> dict[str, type[FieldType]]:
    """Every field type by name."""
    return cast("dict[str, type[FieldType]]", load(TYPES, FieldType))


def text_of(raw: Json, limit: int) -> str:
    """`raw` as text of at most `limit` characters, without NUL and lone surrogates; raises `FieldError`."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise FieldError("must_be_text")
    text = str(raw).replace("\x00", "")
    if len(text) > limit:
        raise FieldError("text_too_long", limit=limit, length=len(text))
    return text.encode("utf-8", "replace").decode("utf-8")
