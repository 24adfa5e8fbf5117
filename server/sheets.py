"""Tables in files 表格文件, as texts: workbooks read in a child process with limits, .csv by encoding and delimiter.

Run as `python -m server.sheets FILE` it is that child: it prints one JSON line for each sheet's name and row.
"""

import csv
import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes
from python_calamine import CalamineWorkbook

from builder.problem import Invalid, Problem

ENTRIES = 2_000
UNPACKED = 400_000_000
RATIO = 300
PATIENCE = 60
MEMORY = 1_500_000_000
MOST_ROWS = 300_000
MOST_COLUMNS = 300
MOST_SHEETS = 50
LONGEST_CELL = 100_000
LONGEST_TOLD = 200_000_000
PEEK = 65_536
DELIMITERS = ",;\t|"
ENCODINGS = {"utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "euc-kr", "cp1252", "latin-1"}
"""What a person may choose; others exist that are no texts, or are slow."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """One sheet: its name, and its rows as texts."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Book:
    """A file as understood; `encoding` and `delimiter` are those of a text file."""

    tables: list[Table]
    encoding: str = ""
    delimiter: str = ""


def read(path: Path, encoding: str = "", delimiter: str = "") -> Book:
    """The tables of a file, by what its bytes are, not its name; raises `Invalid` in words a clerk understands."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(ZIP):
        _bounded(path)
        return Book(_workbook(path))
    if head.startswith(OLE):
        return Book(_workbook(path))
    return _text(path, encoding, delimiter)


def _refused(code: str, **params: Any) -> Invalid:
    return Invalid(Problem(code, ("file",), params))


def _bounded(path: Path) -> None:
    """Refuse a workbook that would unpack to too much, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _refused("workbook_broken") from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    names = [entry.filename for entry in entries]
    if len(entries) > ENTRIES or unpacked > UNPACKED or (unpacked > 20_000_000 and unpacked / packed > RATIO):
        raise _refused("workbook_too_large")
    if len(set(names)) != len(names):
        raise _refused("workbook_broken")


def _workbook(path: Path) -> list[Table]:
    """Read in a child with bounded time and memory, for a hostile workbook must not take the server with it."""
    command = [sys.executable, "-m", "server.sheets", str(path)]
    try:
        ran = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise _refused("workbook_too_large") from None
    if ran.returncode != 0:
        raise _refused("workbook_broken")
    tables: list[Table] = []
    for line in ran.stdout.decode("utf-8", "replace").splitlines():
        told = json.loads(line)
        if isinstance(told, str):
            tables.append(Table(told, []))
        else:
            tables[-1].rows.append(told)
    if not any(table.rows for table in tables):
        raise _refused("file_empty")
    return tables


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


def _text(path: Path, encoding: str, delimiter: str) -> Book:
    raw = path.read_bytes()
    if b"\x00" in raw[:PEEK] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("file_unknown")
    if encoding and encoding.lower() not in ENCODINGS:
        raise _refused("encoding_wrong", encoding=encoding)
    if delimiter and delimiter not in DELIMITERS:
        raise _refused("delimiter_wrong")
    encoding = encoding or encoding_of(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeError:
        raise _refused("encoding_wrong", encoding=encoding) from None
    delimiter = delimiter or delimiter_of(text)
    rows = _csv_rows(text.removeprefix("\ufeff"), delimiter)
    if not rows:
        raise _refused("file_empty")
    return Book([Table("", rows)], encoding, delimiter)


def _csv_rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell.strip("\ufeff") for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS:
                raise _refused("too_many_file_rows", limit=MOST_ROWS)
    except csv.Error:
        raise _refused("file_broken") from None
    return trimmed(rows)


def encoding_of(raw: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, GBK, else a guess."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        try:
            raw.decode(encoding)
            return encoding
        except UnicodeDecodeError:
            continue
    best = from_bytes(raw[:PEEK]).best()
    return best.encoding if best else "latin-1"


def delimiter_of(text: str) -> str:
    """The sign that cuts the first lines into the same number of cells, the more the better."""
    lines = [line for line in text[:PEEK].splitlines()[:20] if line.strip()][:10]

    def score(sign: str) -> tuple[int, int]:
        counts = [len(next(csv.reader([line], delimiter=sign), [])) for line in lines]
        width = counts[0] if counts else 1
        return (sum(count == width for count in counts) if width > 1 else 0, width)

    return max(DELIMITERS, key=score)


def trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    """Without blank rows at the end, every row as wide as the widest that holds something."""
    kept = list(rows)
    while kept and not any(cell.strip() for cell in kept[-1]):
        kept.pop()
    width = max((index + 1 for row in kept for index, cell in enumerate(row) if cell.strip()), default=0)
    return [(row + [""] * (width - len(row)))[:width] for row in kept]


def cell_text(value: Any) -> str:
    """A cell as people would type it: whole numbers without a point, days without a time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)[:LONGEST_CELL]


def _sheets(path: Path) -> Iterator[str | list[str]]:
    """The names and rows of a workbook's sheets; merged cells keep their value at the top left."""
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names[:MOST_SHEETS]:
        rows: list[list[str]] = []
        for row in book.get_sheet_by_name(name).iter_rows():
            rows.append([cell_text(cell) for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS:
                break
        yield name
        yield from trimmed(rows)


def main() -> None:
    """The child: a line for each name and row; exit 1 for whatever is wrong with the workbook."""
    _limit()
    length = 0
    try:
        for told in _sheets(Path(sys.argv[1])):
            line = json.dumps(told, ensure_ascii=True) + "\n"
            length += len(line)
            if length > LONGEST_TOLD:
                sys.exit(1)
            sys.stdout.write(line)
    except BaseException:
        sys.exit(1)


if __name__ == "__main__":
    main()
