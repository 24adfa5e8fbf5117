"""The API's own manual at /api/docs 接口文档: drawn from the OpenAPI document by Swagger UI, of the web build."""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Qiaoban 巧板 API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/manual/swagger-ui.css"></head>
<body><div id="manual"></div>
<script src="/manual/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>"""
START = 'SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#manual", deepLinking: true, docExpansion: "none"});'


def install(app: FastAPI) -> None:
    """Serve the manual; its script is a file of its own, so that the content policy stays strict."""

    @app.get("/api/docs", include_in_schema=False)
    def page() -> HTMLResponse:
        """The page."""
        return HTMLResponse(PAGE)

    @app.get("/api/docs/start.js", include_in_schema=False)
    def start() -> Response:
        """What draws it."""
        return Response(START, media_type="text/javascript")
