"""A published app made ready to run: trees parsed, formulas in order, columns known 已发布应用的编译."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from builder.access import SYSTEM_FIELDS
from builder.aggregate import as_form
from builder.definition import App, Form, Workflow
from builder.expression.parse import Tree, parse, references
from builder.expression.problem import ExpressionError
from builder.expression.program import Program
from builder.expression.values import Scope
from builder.field import Choosing, Field, Scaled, Zoned
from builder.form_event import ANSWER, FormEvent, Further
from builder.locales import in_language
from builder.parts import from_parts
from builder.problem import missing
from builder.scope import row_scope_of, scope_of
from runtime.dependants import Dependants, of_app
from runtime.formulas import Formulas, ordered
from runtime.ports import AppHead, Column, Definitions

REMEMBERED = 300


@dataclass
class LiveForm:
    """A form ready to run; `key` names its records: "app.form"."""

    app: "LiveApp"
    form: Form
    fields: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {entry.id: entry for entry in self.form.fields if entry.type.valued}

    @property
    def key(self) -> str:
        """What its records are kept under."""
        return f"{self.app.id}.{self.form.id}"

    @property
    def hash(self) -> str:
        """The hash of its definition: records carry that of the definition that computed them."""
        return self.app.hashes.get(f"forms/{self.form.id}", "")

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """How the store reads each field, system fields among them."""
        system = {name: Column(kind) for name, kind in SYSTEM_FIELDS.items()}
        return {**system, **{entry.id: Column(str(entry.kind), scale_of(entry)) for entry in self.fields.values()}}

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Each field's storage kind."""
        return {name: column.kind for name, column in self.columns.items()}

    @cached_property
    def instants(self) -> frozenset[str]:
        """The fields that hold moments rather than days."""
        own = {entry.id for entry in self.form.fields if isinstance(entry.type, Zoned)}
        return frozenset(own | {"created_at", "updated_at"})

    @cached_property
    def scope(self) -> Scope:
        """The names that expressions of this form may use."""
        return scope_of(self.form, self.app.app.forms)

    def row_scope(self, subform: str) -> Scope:
        """The names in a row: its columns, then the record's fields."""
        if subform not in self._row_scopes:
            self._row_scopes[subform] = row_scope_of(self.form, self.fields[subform], self.app.app.forms)
        return self._row_scopes[subform]

    @cached_property
    def _row_scopes(self) -> dict[str, Scope]:
        return {}

    def tree(self, text: str) -> Tree:
        """The parsed expression; a text that does not parse is refused before it is published."""
        return self.trees[text]

    @cached_property
    def trees(self) -> dict[str, Tree]:
        """Every expression of the form by its text; those that do not parse are left out."""
        found: dict[str, Tree] = {}
        for text in expressions(self.form):
            try:
                found[text] = parse(text)
            except ExpressionError:
                continue
        return found

    def program(self, text: str, subform: str = "") -> Program:
        """The expression compiled, for the record or for the rows of a subform."""
        name = (text, subform)
        if name not in self._programs:
            self._programs[name] = Program(self.trees[text], self.row_scope(subform) if subform else self.scope)
        return self._programs[name]

    @cached_property
    def _programs(self) -> dict[tuple[str, str], Program]:
        return {}

    def guard(self, text: str) -> Program | None:
        """A condition of a workflow over the form's records, compiled; None when it does not parse."""
        if text not in self._guards:
            try:
                self._guards[text] = Program(["call", "AND", parse(text)], self.scope)
            except ExpressionError:
                self._guards[text] = None
        return self._guards[text]

    @cached_property
    def _guards(self) -> dict[str, Program | None]:
        return {}

    @cached_property
    def formulas(self) -> Formulas:
        """What to compute, each after what it needs; formulas that turn in a circle are left out."""
        return ordered(self.form, self.trees, self.scope, self.row_scope)

    @cached_property
    def worded(self) -> tuple[str, ...]:
        """The fields whose words a quick search finds."""
        return tuple(id for id, entry in self.fields.items() if str(entry.kind) == "text" and _is_words(entry))

    @cached_property
    def claiming(self) -> tuple[str, ...]:
        """The fields whose values no other record may hold."""
        return tuple(entry.id for entry in self.form.fields if entry.unique or entry.numbers is not None)

    @cached_property
    def holding(self) -> tuple[Field, ...]:
        """The fields that name files, themselves or in a column."""
        return tuple(entry for entry in self.form.fields if entry.files)

    @cached_property
    def pointing(self) -> tuple[Field, ...]:
        """The fields that name records of other forms, themselves or in a column."""
        return tuple(
            entry
            for entry in self.form.fields
            if entry.points is not None or any(one.points is not None for one in entry.nested)
        )

    @cached_property
    def listing(self) -> tuple[Field, ...]:
        """The fields that name several records of another form, themselves or in a column."""
        return tuple(
            entry for entry in self.pointing if entry.lists or any(one.lists is not None for one in entry.nested)
        )

    @cached_property
    def linking(self) -> tuple[Field, ...]:
        """The fields that begin with what another form's record holds."""
        return tuple(
            entry for entry in self.form.fields if any(one.linkage is not None for one in (entry, *entry.nested))
        )

    @cached_property
    def ranging(self) -> tuple[Field, ...]:
        """The fields whose options depend on records, this one or another form's; themselves or in a column."""
        return tuple(entry for entry in self.form.fields if any(map(_ranges, (entry, *entry.nested))))

    @cached_property
    def peopled(self) -> tuple[Field, ...]:
        """The fields that name members or departments, themselves or in a column."""
        return tuple(
            entry
            for entry in self.form.fields
            if entry.peopled is not None or any(one.peopled is not None for one in entry.nested)
        )

    @cached_property
    def verifying(self) -> tuple[Field, ...]:
        """The fields whose numbers must be verified by a code."""
        return tuple(entry for entry in self.form.fields if getattr(entry.type, "verify", False))

    @cached_property
    def serials(self) -> tuple[Field, ...]:
        """The fields that draw numbers."""
        return tuple(entry for entry in self.form.fields if entry.computed and not entry.formula)

    @cached_property
    def serials_are_read(self) -> bool:
        """Whether an expression of the form reads a number that is drawn."""
        drawn = {entry.id for entry in self.serials}
        return any(path[0] in drawn for tree in self.trees.values() for path in references(tree))


def _is_words(entry: Field) -> bool:
    chosen = hasattr(entry.type, "options") and entry.origin is None
    return entry.points is None and entry.peopled is None and not chosen


def _ranges(entry: Field) -> bool:
    return entry.origin is not None or any(option.when for option in getattr(entry.type, "options", ()))


def expressions(form: Form) -> Iterator[str]:
    """Every expression's text in a form."""
    for entry in form.fields:
        for one in (entry, *entry.nested):
            yield from (text for text in (one.formula, one.default_formula) if text)
            yield from (option.when for option in getattr(one.type, "options", ()) if option.when)
    yield from (rule.when for rule in form.rules)
    yield from (check.that for check in form.checks)
    for action in form.actions:
        yield from (text for text in (action.when, *action.fill.values()) if text)
    for event in form.events:
        calls: list[FormEvent | Further] = [event, *event.further]
        for call in calls:
            sent = (*call.request.parameters.values(), *call.request.body.values())
            yield from (text for text in (call.when, *sent) if text and not ANSWER.match(text))


def scale_of(entry: Field) -> int:
    """How many digits after the point the field's values may have."""
    return entry.type.scale if isinstance(entry.type, Scaled) else 8


def ranks_of(entry: Field) -> tuple[str, ...]:
    """The ids of a choice's options in their own order, for sorting."""
    return entry.type.option_ids() if isinstance(entry.type, Choosing) else ()


@dataclass
class LiveApp:
    """An app's version ready to run."""

    app: App
    hashes: Mapping[str, str]
    forms: dict[str, LiveForm] = field(init=False)

    def __post_init__(self) -> None:
        self.forms = {id: LiveForm(self, form) for id, form in self.app.forms.items()}

    @cached_property
    def aggregates(self) -> Mapping[str, LiveForm]:
        """Each aggregate as a form. There are no grants over these: whoever reads them asks those over their forms."""
        return {id: LiveForm(self, as_form(self.app, one)) for id, one in self.app.aggregates.items()}

    @cached_property
    def dependants(self) -> Dependants:
        """What must be computed again when a record of a form changes."""
        return of_app(self.app.forms)

    @property
    def id(self) -> str:
        """The app's id."""
        return self.app.id

    def form(self, id: str) -> LiveForm:
        """The form called so; raises `Missing`."""
        if id not in self.forms:
            raise missing("no_such_form", form=id)
        return self.forms[id]


@dataclass
class Library:
    """Compiled apps by the hash of their manifest: never stale, shared by all workspaces of a process."""

    apps: dict[tuple[str, frozenset[tuple[str, str]], str], LiveApp] = field(default_factory=dict)
    workflows: dict[tuple[str, str, str], Workflow] = field(default_factory=dict)

    def pinned(self, key: tuple[str, str, str], read: Callable[[], Workflow]) -> Workflow:
        """A workflow of an older version by its hash, language and translation; read once."""
        if key not in self.workflows:
            if len(self.workflows) >= REMEMBERED:
                self.workflows.pop(next(iter(self.workflows)), None)
            self.workflows[key] = read()
        return self.workflows[key]

    def open(
        self, definitions: Definitions, head: AppHead, language: str, manifest: Mapping[str, str] | None = None
    ) -> LiveApp:
        """The app of `manifest` (the live one if None) with its words in `language`, compiled once."""
        parts = head.live if manifest is None else manifest
        known = f"locales/{language}" in parts
        name = (head.id, frozenset(parts.items()), language if known else "")
        if name not in self.apps:
            blobs = definitions.blobs(parts.values())
            app = from_parts({part: blobs[hash] for part, hash in parts.items()})
            if len(self.apps) >= REMEMBERED:
                self.apps.pop(next(iter(self.apps)), None)
            app = in_language(app.model_copy(update={"id": head.id}), language)
            self.apps[name] = LiveApp(app, dict(parts))
        return self.apps[name]
