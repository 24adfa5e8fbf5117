"""The rules of the house that a machine can check, each with its reason (架构守则)."""

import ast
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import (
    FLOORS,
    ROOT,
    Source,
    dotted,
    is_web_test,
    placeholders,
    python,
    sentences,
    stems,
    tracked,
    web,
)

LONGEST_FILE = 400
LONGER_BY_DECISION = {"runtime/ports.py": "docs/decisions/0004-one-page-of-ports.md"}
LONGEST_FUNCTION = 40
LONGEST_ROUTE = 3
OURS = (*FLOORS, "migrations", "scripts", "tests", "bench")

# A word has one Python file and one web file, and is spelled nowhere else.
WORDS = {"builder/fields": "web/src/fields", "runtime/nodes": "web/src/nodes"}
# These are also words of JSON Schema, of JavaScript, of HTML, of the expression language, or names of other things. For
# them only a comparison with somebody's type counts as spelling the word.
COMMON = {
    *("text", "number", "boolean", "date", "datetime", "email", "phone", "url", "member", "department", "choice"),
    *(
        "reference",
        "attachment",
        "time",
        "month",
        "members",
        "departments",
        "image",
        "signature",
        "location",
        "address",
    ),
    *("note", "button", "divider", "embed", "rating", "slider", "mobile"),
    *("start", "end", "fill", "copy", "branch", "join", "approve", "update", "timer", "webhook"),
}
CLOCKS = re.compile(r"(^|\.)((datetime|date)\.(now|today)|utcnow|time\.time|uuid[1-7])$")


def nothing(found: Iterable[str]) -> None:
    """Fails with every place that breaks the rule, one a line."""
    places = sorted(set(found))
    assert not places, "\n" + "\n".join(places)


# --- who may do what ------------------------------------------------------------------------------------------------


def test_only_the_transaction_commits() -> None:
    """One request, one transaction: what is written together is seen together."""
    sources = [each for each in python(*FLOORS) if each.path != "server/transaction.py"]
    nothing(each.at(call) for each in sources for call, name in each.calls() if name.endswith(".commit"))


def test_sql_is_written_only_in_the_cellar() -> None:
    """Routes, runtime and builder must work on any store; one place to look when a query is slow."""
    allowed = re.compile(r"server/store/|server/(transaction|wiring)\.py$")
    sources = [each for each in python(*FLOORS) if not allowed.match(each.path)]
    databases = {"sqlalchemy", "psycopg", "sqlite3"}
    # A handle that is only passed on, and a failure that is only caught, are no SQL.
    handles = {"sqlalchemy.Connection", "sqlalchemy.Engine", "sqlalchemy.exc"}
    nothing(
        f"{each.at(node)} imports {module}"
        for each in sources
        for node, module in each.imports()
        if module.split(".")[0] in databases
        and not (handles & {module, module.rsplit(".", 1)[0]} and each.path.startswith("server/"))
    )


def test_the_inner_floors_are_synchronous() -> None:
    """What decides must be callable from a test, a worker and a preview without a loop."""
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    nothing(each.at(node) for each in python("builder", "runtime") for node in each.each(*waits))


def test_time_and_ids_come_through_the_ports() -> None:
    """A test moves the clock and knows the next id; nothing else may read another clock, or make ids of its own."""
    sources = [each for each in python(*FLOORS) if each.path != "server/ports_live.py"]
    nothing(f"{each.at(call)} calls {name}" for each in sources for call, name in each.calls() if CLOCKS.search(name))


def test_nothing_runs_text_as_code() -> None:
    """Definitions and formulas come from strangers; there is one expression language, and it is ours."""
    forbidden = {"eval", "exec", "compile", "__import__"}
    nothing(each.at(call) for each in python(*OURS) for call, name in each.calls() if name in forbidden)
    spelled = re.compile(r"\bnew Function\(|(?<![\w.])eval\(|dangerouslySetInnerHTML")
    nothing(str(path.relative_to(ROOT)) for path in web() if spelled.search(path.read_text(encoding="utf-8")))


def test_templates_are_data() -> None:
    """A template that needs code shows that the vocabulary lacks a word."""
    code = {".py", ".js", ".ts", ".tsx", ".sh", ".sql"}
    nothing(str(path) for path in (ROOT / "templates").rglob("*") if path.suffix in code)


def test_imports_are_not_hidden_in_functions() -> None:
    """A hidden import hides a cycle from the contracts."""
    sources = python(*FLOORS)
    nothing(
        each.at(node)
        for each in sources
        for function in each.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    )


# --- routes ---------------------------------------------------------------------------------------------------------


def test_routes_only_pass_things_on() -> None:
    """A route that decides is a rule that the worker, the import and the command line do not have."""
    decisions = (ast.If, ast.For, ast.While, ast.Try, ast.Match)
    nothing(each.at(node) for each in python("server/routes") for node in each.each(*decisions))


def test_routes_have_at_most_three_statements() -> None:
    """Take apart, call, answer."""
    nothing(
        f"{each.at(function)} {function.name} has {len(statements(function))} statements"
        for each in python("server/routes")
        for function in each.functions()
        if len(statements(function)) > LONGEST_ROUTE
    )


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """A function's own statements, without its docstring."""
    return function.body[1:] if ast.get_docstring(function) else function.body


def test_only_problems_know_status_codes_of_failures() -> None:
    """Errors are sentences with a code; one file turns them into HTTP."""
    sources = [each for each in python(*FLOORS) if each.path != "server/problems.py"]
    nothing(f"{each.at(node)} HTTPException" for each in sources for node in each.each(ast.Name) if is_http(node))


def is_http(node: ast.Name) -> bool:
    """Whether a name is FastAPI's own exception."""
    return node.id == "HTTPException"


# --- one file a word ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("home", "twin"), WORDS.items(), ids=WORDS)
def test_every_word_has_its_twin(home: str, twin: str) -> None:
    """A type that the browser cannot draw, or the server cannot store, is half a word."""
    if (ROOT / twin).is_dir() and (ROOT / home).is_dir():
        assert stems(home, ".py") == stems(twin, ".tsx")


@pytest.mark.parametrize(("home", "twin"), WORDS.items(), ids=WORDS)
def test_a_word_is_spelled_only_in_its_own_two_files(home: str, twin: str) -> None:
    """Whoever asks for a type by name must be mended for every new type; ask for its kind or its ability."""
    words = stems(home, ".py") | stems(twin, ".tsx")
    nothing(
        f"{path.relative_to(ROOT).as_posix()}:{number} {word}"
        for path in tellers()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for word in words
        if spells(word).search(line) and not is_home(path, word, home, twin)
    )


def tellers() -> list[Path]:
    """The files that might spell a word: not the tests, and not the expression language, whose types are its own."""
    own = {ROOT / "builder" / "expression", ROOT / "web" / "src" / "expression"}
    files = [ROOT / each.path for each in python(*FLOORS)] + [path for path in web() if not is_web_test(path)]
    return [path for path in files if not own & set(path.parents)]


def spells(word: str) -> re.Pattern[str]:
    """How a word looks when it is used as a type's name: quoted, and for an everyday word compared with a type."""
    quoted = rf"[\"']{word}[\"']"
    if word not in COMMON:
        return re.compile(quoted)
    typed = r"((field|node|column|entry|definition)\w*(\?|!)?(\.type|\[[\"']type[\"']\])|(field|node)_?[tT]ype)"
    compared = rf"{typed}\s*(===?|!==?|(not )?in [\[({{].*)\s*{quoted}|{quoted}\s*[=!]==?\s*(\w+\.)*{typed}"
    return re.compile(rf"{compared}|{quoted}[^\])}}]*\]\.includes\((\w+\.)*{typed}")


def is_home(path: Path, word: str, home: str, twin: str) -> bool:
    """Whether a file is one of the word's own two."""
    return path in {ROOT / home / f"{word}.py", ROOT / twin / f"{word}.tsx"}


# --- size and order -------------------------------------------------------------------------------------------------


def test_files_are_short() -> None:
    """A file that does not fit in a head gets two owners and no reader."""
    files = [ROOT / each.path for each in python(*OURS)] + web()

    def allowed(path: Path) -> int:
        decided = LONGER_BY_DECISION.get(path.relative_to(ROOT).as_posix())
        return 700 if decided and (ROOT / decided).is_file() else LONGEST_FILE

    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    nothing(f"{path.relative_to(ROOT)}: {lines} lines" for path, lines in lengths.items() if lines > allowed(path))


def test_functions_are_short() -> None:
    """A function does one thing and fits in a glance; a migration is a list, and is read once."""
    nothing(
        f"{each.at(function)} {function.name}: {each.code_lines(function)} lines"
        for each in python(*OURS)
        if not each.path.startswith("migrations/versions/")
        for function in each.functions()
        if each.code_lines(function) > LONGEST_FUNCTION
    )


def test_every_file_says_why_it_exists() -> None:
    """The first line is the one that a stranger reads."""
    sources = [each for each in python(*OURS) if not each.path.endswith("__init__.py")]
    nothing(each.path for each in sources if not ast.get_docstring(each.tree))


def test_there_are_no_barrels() -> None:
    """A name is imported from where it lives, or nobody finds it."""
    packages = [each for each in python(*FLOORS) if each.path.endswith("__init__.py")]
    nothing(each.path for each in packages if statements_of(each))
    barrel = re.compile(r"^export \*", re.MULTILINE)
    nothing(str(path.relative_to(ROOT)) for path in web() if barrel.search(path.read_text(encoding="utf-8")))


def statements_of(source: Source) -> list[ast.stmt]:
    """What a module does beyond its docstring."""
    return source.tree.body[1:] if ast.get_docstring(source.tree) else source.tree.body


# --- tests ----------------------------------------------------------------------------------------------------------


def test_no_test_sleeps() -> None:
    """Sleeping is slow when it works and wrong when it does not; move the clock, or wait for the fact."""
    sleeps = re.compile(r"(^|\.)(sleep|wait_for_timeout)$")
    nothing(each.at(call) for each in python("tests") for call, name in each.calls() if sleeps.search(name))


def test_no_test_mocks_our_own_code() -> None:
    """A mock agrees with whoever wrote it; the world in a dict, runtime/memory.py, has to pass the contract."""
    nothing(
        each.at(node)
        for each in python("tests")
        for node, module in each.imports()
        if {"mock", "pytest_mock"} & set(module.split("."))
    )


def test_test_names_are_unique_in_their_file() -> None:
    """Of two tests with one name, one never runs."""
    nothing(
        f"{each.path} {name}"
        for each in python("tests")
        for name in [node.name for node in each.tree.body if isinstance(node, ast.FunctionDef)]
        if [node.name for node in each.tree.body if isinstance(node, ast.FunctionDef)].count(name) > 1
    )


# --- words and papers -----------------------------------------------------------------------------------------------


def test_both_languages_say_the_same_things() -> None:
    """A sentence that exists in one language is a bug for half of the people."""
    pairs = [(path, path.with_name("en.json")) for path in tracked() if path.name == "zh-CN.json"]
    for chinese, english in pairs:
        ours, theirs = sentences(chinese), sentences(english)
        nothing(f"{chinese.parent.relative_to(ROOT)} {key}" for key in base_keys(ours) ^ base_keys(theirs))
        nothing(
            f"{chinese.parent.relative_to(ROOT)} {key}: {{{name}}}"
            for key in ours.keys() & theirs.keys()
            for name in placeholders(ours[key]) ^ placeholders(theirs[key])
        )


def base_keys(language: dict[str, str]) -> set[str]:
    """The keys without the endings by which a language counts: English has one and many, Chinese has not."""
    return {re.sub(r"_(zero|one|two|few|many|other)$", "", key) for key in language}


def test_every_dependency_has_its_reason() -> None:
    """A dependency is a colleague for years: docs/dependencies.md says why it was hired."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [
        *project["project"]["dependencies"],
        *(line for group in project["dependency-groups"].values() for line in group),
    ]
    names = {re.match(r"[\w.-]+", line)[0] for line in lines}  # type: ignore[index]
    package = ROOT / "web" / "package.json"
    if package.exists():
        told = json.loads(package.read_text(encoding="utf-8"))
        names |= {*told.get("dependencies", {}), *told.get("devDependencies", {})}
    paper = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    nothing(name for name in names if f"`{name}`" not in paper)


def test_the_locks_belong_to_no_machine() -> None:
    """A lock that names an index or a folder works in one place only."""
    foreign = re.compile(r"^(-|/|\.|.*(://|@ ))", re.MULTILINE)
    nothing(path.name for path in ROOT.glob("requirements*.lock") if foreign.search(path.read_text(encoding="utf-8")))


def test_no_file_tells_where_it_was_written() -> None:
    """Nobody else has that folder."""
    place = re.compile(rb"(?<![\w.])/(work|root|home)/\w")
    written = {".py", ".md", ".toml", ".json", ".ts", ".tsx", ".sh", ".yml", ".ini", ".lock", ".html", ".css", ""}
    files = [path for path in tracked() if path.suffix in written]
    nothing(str(path.relative_to(ROOT)) for path in files if place.search(path.read_bytes()))


def test_inheritance_stays_flat() -> None:
    """No mixins and no trees of classes: a reader must not have to look in three files for one method."""
    nothing(
        f"{each.at(node)} {node.name}"
        for each in python(*FLOORS)
        for node in each.each(ast.ClassDef)
        if len([base for base in node.bases if dotted(base) not in {"Protocol", "Generic", "str", "StrEnum"}]) > 1
    )
