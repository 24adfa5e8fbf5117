"""Files over HTTP 附件."""

from typing import Annotated

from fastapi import File, Response, UploadFile

from server import filing, strangers
from server.asker import Asker, Visitor
from server.door import Door
from server.routes.shapes import Answer

router = Door(prefix="/files", tags=["files"])


class FileOut(Answer):
    """A stored file, as attachment fields hold it."""

    id: str
    name: str
    size: int
    type: str


@router.post("", status_code=201, reads=True)
def upload(file: Annotated[UploadFile, File(description="At most 100 MB.")], asker: Asker) -> FileOut:
    """Store a file, to be named by a record afterwards 上传."""
    return FileOut.model_validate(filing.store(asker, file))


@router.get("/{file}", response_class=Response)
def download(file: str, visitor: Visitor) -> Response:
    """A file's bytes, for who may read the record and field that hold it, or has just brought it by a link 下载."""
    return strangers.file_of(visitor, file)
