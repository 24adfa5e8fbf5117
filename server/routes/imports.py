"""Import and export over HTTP 导入导出."""

from typing import Annotated, Any, Literal

from fastapi import File, Query, Response, UploadFile
from pydantic import Field

from server import exporting, importing, recognising
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(tags=["import"])


class ColumnOut(Answer):
    """A column of the file: its heading, some of its texts, and the field it seems to be."""

    index: int
    heading: str
    samples: list[str]
    guess: str = Field(default="", description="A field id, or `lines.product` for a subform's column; empty: none.")
    why: str = Field(default="", examples=["label"])


class ImportOut(Answer):
    """An uploaded file as understood: nothing of it is written yet."""

    id: str
    name: str
    sheets: list[str]
    sheet: str
    encoding: str = ""
    delimiter: str = ""
    header_row: int = Field(description="Which row, from 0, holds the headings.")
    columns: list[ColumnOut]
    rows: list[list[str]] = Field(description="The first 50 rows under the headings.")
    total: int
    files: int = Field(default=0, description="How many files came along in a .zip.")
    targets: list[str] = Field(description="The fields and columns that a column of this file may go to.")


class ReadAs(Shape):
    """How to read the file."""

    sheet: str = Field(default="", max_length=200)
    header_row: int = Field(default=0, ge=0, le=100)
    encoding: str = Field(default="", max_length=40)
    delimiter: str = Field(default="", max_length=1)


class Mapping(ReadAs):
    """Which column goes to which field, and how.

    `columns`: column index (as text) → field id. `replace`: field → file text → the text to read instead ("" = blank).
    `key`: update the record whose field has the same value, instead of adding one. `skip_bad`: import the good
    rows and leave the bad to the error file.
    """

    columns: dict[str, str]
    replace: dict[str, dict[str, str]] = {}
    key: str = Field(default="", max_length=63)
    skip_bad: bool = True


class Trouble(Answer):
    """The same trouble in several rows."""

    code: str
    field: str
    label: str
    value: str
    count: int
    rows: list[int] = Field(description="The first row numbers, as the file counts them.")
    detail: str
    suggestions: list[str] = []


class Verdict(Answer):
    """Every row was tried; nothing was written."""

    total: int
    good: int
    bad: int
    creates: int
    updates: int
    troubles: list[Trouble]
    rows: list[dict[str, Any]] = Field(
        description="The first 100 bad rows: number, and problems with field and detail."
    )


class Progress(Answer):
    """How far an import is."""

    id: str
    state: Literal["ready", "queued", "running", "done", "failed", "undoing", "undone"]
    total: int
    done: int
    created: int
    updated: int
    bad: int
    can_undo: bool = False
    detail: str = ""


class ReadingOut(Answer):
    """A type of field that a column may be, with the settings that its texts need."""

    type: str
    settings: dict[str, Any]


class GuessedOut(Answer):
    """A column of the file as a field: the types that its texts may be, the surest first."""

    index: int
    heading: str
    readings: list[ReadingOut]
    samples: list[str]
    filled: int = Field(description="How many rows have something in it.")


class RecognisedOut(Answer):
    """A file as the form that it could become; nothing of it is kept."""

    name: str
    sheet: str
    header_row: int
    encoding: str = ""
    delimiter: str = ""
    columns: list[GuessedOut]
    total: int


@router.post("/apps/{app}/recognised", reads=True)
def recognise(app: AppId, file: Annotated[UploadFile, File()], asker: Asker) -> RecognisedOut:
    """What form an .xlsx, .xls or .csv could become 识别表格."""
    return RecognisedOut.model_validate(recognising.described(asker, app, file))


@router.post("/apps/{app}/forms/{form}/imports", status_code=201, reads=True)
def upload(app: AppId, form: FormId, file: Annotated[UploadFile, File()], asker: Asker) -> ImportOut:
    """Upload an .xlsx, .xls or .csv, or a .zip of one with its files: columns with guessed fields 上传导入文件."""
    return ImportOut.model_validate(importing.upload(asker, app, form, file))


@router.post("/imports/{id}/read", reads=True)
def read_again(id: str, body: ReadAs, asker: Asker) -> ImportOut:
    """Read the file another way: sheet, heading row, encoding, delimiter 换一种方式读取."""
    return ImportOut.model_validate(importing.read(asker, id, **body.model_dump()))


@router.post("/imports/{id}/check", reads=True)
def check(id: str, body: Mapping, asker: Asker) -> Verdict:
    """Try every row without writing 校验."""
    return Verdict.model_validate(importing.check(asker, id, body.model_dump()))


@router.post("/imports/{id}/start", reads=True)
def start(id: str, body: Mapping, asker: Asker) -> Progress:
    """Start the import in the background 开始导入."""
    return Progress.model_validate(importing.start(asker, id, body.model_dump()))


@router.get("/imports/{id}")
def progress(id: str, asker: Asker) -> Progress:
    """How far it is 导入进度."""
    return Progress.model_validate(importing.progress(asker, id))


@router.get("/imports/{id}/errors", response_class=Response)
def errors(id: str, asker: Asker) -> Response:
    """The bad rows as .xlsx, each with what is wrong 下载错误文件."""
    return importing.errors(asker, id)


@router.post("/imports/{id}/undo")
def undo(id: str, asker: Asker) -> Progress:
    """Undo the whole import; records changed since are kept and told 撤销导入."""
    return Progress.model_validate(importing.undo(asker, id))


@router.get("/apps/{app}/forms/{form}/imports")
def list_imports(app: AppId, form: FormId, asker: Asker) -> list[Progress]:
    """The asker's latest imports into the form 最近的导入."""
    return [Progress.model_validate(entry) for entry in importing.latest(asker, app, form)]


@router.get("/apps/{app}/forms/{form}/export", response_class=Response)
def export(
    app: AppId,
    form: FormId,
    asker: Asker,
    format: Literal["xlsx", "csv", "zip"] = "xlsx",
    ask: Annotated[
        str, Query(max_length=20_000, description="The list's question as JSON: filter, search, sort.")
    ] = "{}",
    columns: Annotated[str, Query(max_length=5_000, description="Field ids, separated by commas; empty: all.")] = "",
) -> Response:
    """The filtered list as a file, streamed; `zip` brings the files of its records along 导出."""
    return exporting.stream(asker, app, form, format, ask, columns)


@router.get("/apps/{app}/forms/{form}/import-template", response_class=Response)
def template(app: AppId, form: FormId, asker: Asker) -> Response:
    """An empty .xlsx with the form's headings 导入模板."""
    return exporting.template(asker, app, form)
