"""The front end's files 页面文件, packed when the browser unpacks them; every other address is drawn by the page."""

from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse

from builder.problem import missing
from server.wiring import wired_of

LASTING = "public, max-age=31536000, immutable"
PACKINGS = {"br": ".br", "gzip": ".gz"}
FILLED = ("p/", "fill/")
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}


def install(app: FastAPI) -> None:
    """The last route: whatever is not the API's."""

    @app.get("/{rest:path}", include_in_schema=False)
    def page(request: Request, rest: str) -> Response:
        """A file of the web build, else the page that draws every address."""
        web = wired_of(request).settings.web.resolve()
        wanted = (web / rest).resolve()
        if rest and wanted.is_relative_to(web) and wanted.is_file():
            return packed(wanted, request, LASTING if rest.startswith("assets/") else "no-cache")
        if rest.startswith(("assets/", "manual/")):
            raise missing("not_found")
        return packed(_drawing(web, rest), request, "no-cache")


def _drawing(web: Path, rest: str) -> Path:
    """What draws an address: fill pages have an entry of their own, which weighs less."""
    light = web / "fill.html"
    return light if rest.startswith(FILLED) and light.is_file() else web / "index.html"


def packed(file: Path, request: Request, keeping: str) -> FileResponse:
    """`file` as the build packed it, in the best way that the browser takes; as it is if there is none."""
    headers = {"Cache-Control": keeping, "Vary": "Accept-Encoding"}
    kind = TYPES.get(file.suffix)
    taken = {each.split(";")[0].strip() for each in request.headers.get("accept-encoding", "").split(",")}
    for name, suffix in PACKINGS.items():
        twin = file.with_name(file.name + suffix)
        if kind is not None and name in taken and twin.is_file():
            return FileResponse(twin, media_type=kind, headers={**headers, "Content-Encoding": name})
    return FileResponse(file, media_type=kind, headers=headers)
