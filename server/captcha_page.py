"""The page in which the operator's captcha is drawn 人机验证页: framed by public pages, with a policy of its own.

So a script of others never runs in a page of ours, and the policy of every other page stays as strict as it is.
"""

from html import escape
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response

from builder.problem import missing
from server.settings import Settings
from server.wiring import wired_of

SCRIPTS = {
    "turnstile": ("https://challenges.cloudflare.com/turnstile/v0/api.js", "cf-turnstile"),
    "hcaptcha": ("https://js.hcaptcha.com/1/api.js", "h-captcha"),
}
OTHERS = {"hcaptcha": " https://hcaptcha.com https://*.hcaptcha.com"}


def install(app: FastAPI) -> None:
    """One page; nothing where no captcha is set up."""

    @app.get("/captcha", include_in_schema=False)
    def captcha(request: Request) -> Response:
        """The captcha's page."""
        settings = wired_of(request).settings
        if not settings.captcha:
            raise missing("not_found")
        headers = {"Content-Security-Policy": policy(settings), "Cache-Control": "no-cache"}
        return Response(drawn(settings), media_type="text/html", headers=headers)


def _script(settings: Settings) -> tuple[str, str]:
    return SCRIPTS.get(settings.captcha, (settings.captcha_script_url, "captcha"))


def policy(settings: Settings) -> str:
    """What this page may load: ours, and the captcha's."""
    place = urlsplit(_script(settings)[0])
    theirs = f"{place.scheme}://{place.netloc}{OTHERS.get(settings.captcha, '')}"
    return (
        f"default-src 'none'; script-src 'self' {theirs}; frame-src {theirs}; connect-src {theirs}; "
        f"style-src 'unsafe-inline' {theirs}; img-src data: {theirs}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'"
    )


def drawn(settings: Settings) -> str:
    """The page: our few lines that pass the answer on, then theirs."""
    address, name = _script(settings)
    key = escape(settings.captcha_site_key, quote=True)
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>captcha</title>'
        f'<script src="/captcha.js"></script><script src="{escape(address, quote=True)}" async defer></script></head>'
        f'<body style="margin:0"><div class="{name}" data-sitekey="{key}" data-callback="captchaAnswered" '
        'data-expired-callback="captchaExpired"></div></body></html>'
    )
