"""Which values depend on other records 跨表依赖: gathered numbers, and formulas that read through references."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.check_across import met, paths
from builder.definition import Form
from builder.field import Field
from builder.filter import names


@dataclass(frozen=True)
class Gathered:
    """A field of `form` that gathers from the records of another form; `reads` are those of its fields that matter."""

    form: str
    field: Field
    reads: frozenset[str]


@dataclass(frozen=True)
class Through:
    """Formulas of `form` that read the fields `reads` of a record which they reach by `ways`, nearest first."""

    form: str
    ways: tuple[tuple[str, str], ...]
    reads: frozenset[str]

    @property
    def head(self) -> str:
        """The field of the form's own record that the way begins in."""
        return self.ways[0][1].partition(".")[0]


@dataclass(frozen=True)
class Dependants:
    """By the form whose records are read: what must be computed again when one of them changes."""

    gathered: Mapping[str, tuple[Gathered, ...]] = field(default_factory=dict)
    through: Mapping[str, tuple[Through, ...]] = field(default_factory=dict)


def of_app(forms: Mapping[str, Form]) -> Dependants:
    """The dependants of every form of an app."""
    gathered: dict[str, list[Gathered]] = defaultdict(list)
    through: dict[tuple[str, str, tuple[tuple[str, str], ...]], set[str]] = defaultdict(set)
    for form in forms.values():
        for entry in form.fields:
            if entry.gathers is not None:
                gathered[entry.gathers.form].append(Gathered(form.id, entry, _gathered_from(entry)))
            for one in (entry, *entry.nested):
                for path in paths(one.formula):
                    for place in met(forms, form.id, entry if one is not entry else None, path):
                        if place.ways:
                            through[place.form, form.id, place.ways].add(place.field)
    read: dict[str, list[Through]] = defaultdict(list)
    for (target, form_id, ways), fields in through.items():
        read[target].append(Through(form_id, ways, frozenset(fields)))
    return Dependants(
        {form: tuple(found) for form, found in gathered.items()}, {form: tuple(found) for form, found in read.items()}
    )


def _gathered_from(entry: Field) -> frozenset[str]:
    gathers = entry.gathers
    if gathers is None:
        return frozenset()
    heads = {name.partition(".")[0] for name in names(gathers.filter)}
    return frozenset((heads | {gathers.by, gathers.field}) - {""})
