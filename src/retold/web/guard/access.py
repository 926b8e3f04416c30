"""Who asks, whether they may, and whether the request comes from the desk's own pages.

Everything is refused that is not allowed here by name: an address that is forgotten needs an
editor to change anything and a reader to see anything.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retold.desk.people import GRANTED, People, Person, Role, same
from retold.web.guard.asgi import SAFE, header, headers, replayed, state
from retold.web.problems import refusal, wants_page
from retold.web.settings import Settings

LOCAL = Person("local", Role.EDITOR)
"""Whoever sits at this machine, where the desk is served to nobody else and has no secrets."""
PUBLIC = frozenset({"/login", "/healthz"})
STATIC = "/static/"
READING = frozenset({"/logout", "/seen", "/compare", "/api/v1/seen", "/api/v1/compare"})
"""What readers may POST to: it changes nothing that is stored but their own session."""
PASSED_ON = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "via",
)
"""Headers that proxies send, one or another."""
FIELD, HEADER = "csrf", "x-csrf-token"
FORM = "application/x-www-form-urlencoded"
OWN_SITE = ("same-origin", "none")
"""What browsers say of requests by the desk's own pages, and by people themselves."""
FIELDS = 200
"""Fields of a form, at most."""


def needed(method: str, path: str) -> Role | None:
    """Return who may make a request, or None for everybody."""
    if path in PUBLIC or path.startswith(STATIC):
        return None
    return Role.READER if method in SAFE or path in READING else Role.EDITOR


def cookie_name(port: int, *, https: bool) -> str:
    """Name the cookie: browsers tell two desks on one machine apart by it, as not by the port."""
    return f"{'__Host-' if https else ''}retold-{port}"


def set_cookie(name: str, secret: str, *, https: bool, seconds: int | None = None) -> str:
    """Return the header that sets the cookie, or that ends it where ``seconds`` is 0."""
    parts = [f"{name}={secret}", "Path=/", "HttpOnly", "SameSite=Strict"]
    if https:
        parts.append("Secure")
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    return "; ".join(parts)


def csrf_of(secret: str) -> str:
    """Return the token that a page's forms carry: known only to who knows the cookie."""
    return hmac.new(secret.encode("latin-1", "replace"), b"csrf", hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Visit:
    """What a route may ask about the request that it answers."""

    person: Person | None
    cookie: str
    """Name of the cookie."""
    secret: str
    """Secret of the session or, where there is none, of this browser."""
    https: bool
    cookies: list[str] = field(default_factory=list)
    """Headers that set cookies."""
    fresh: bool = False
    """Whether the browser does not know the secret yet."""
    open: bool = False
    """Whether nobody needs to log in."""

    @property
    def csrf(self) -> str:
        """Token for the forms of a page; makes sure that the browser knows the secret."""
        if self.fresh:
            self.fresh = False
            self.cookies.append(set_cookie(self.cookie, self.secret, https=self.https))
        return csrf_of(self.secret)

    def begin(self, secret: str, hours: float) -> None:
        """Give the browser a new session."""
        self.secret, self.fresh = secret, False
        told = set_cookie(self.cookie, secret, https=self.https, seconds=round(hours * 3600))
        self.cookies.append(told)

    def end(self) -> None:
        """Take the session from the browser."""
        self.cookies.append(set_cookie(self.cookie, "", https=self.https, seconds=0))

    @property
    def editor(self) -> bool:
        """Whether the person may change things."""
        return self.person is not None and self.person.role is Role.EDITOR


class Access:
    """Lets through who may."""

    def __init__(self, app: ASGIApp, people: People, settings: Settings) -> None:
        """Stand before ``app``."""
        self.app, self.people, self.settings = app, people, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["path"].startswith(STATIC):
            await self.app(scope, receive, send)
            return
        bearer = self._bearer(scope)
        visit = await run_in_threadpool(self.visit, scope, bearer)
        state(scope)["visit"] = visit
        refused = self.judge(scope, visit, bearer) or self._peeking(scope)
        if refused is None and scope["method"] not in SAFE and bearer is None:
            body = await self._form(scope, receive)
            if body is not None:
                receive = replayed(body, receive)
            refused = self._foreign(scope, visit, body or b"")
        await (refused or self.app)(scope, receive, self._sending(visit, send))

    def visit(self, scope: Scope, bearer: str | None) -> Visit:
        """Find out who asks."""
        https = scope["scheme"] == "https"
        name = cookie_name(self.settings.port, https=https)
        secret = cookie_parser("; ".join(headers(scope, "cookie"))).get(name, "")
        grant = self.settings.token
        is_open = self.settings.loopback and not grant and not self.people.any()
        person: Person | None
        if bearer is not None:
            person = GRANTED if same(bearer, grant) else self.people.token(bearer)
        elif is_open:
            person = LOCAL
        else:
            person = self.people.session(secret, grant) if secret else None
        fresh = not secret
        return Visit(
            person,
            name,
            secret or secrets.token_urlsafe(32),
            https,
            fresh=fresh,
            open=is_open,
        )

    def judge(self, scope: Scope, visit: Visit, bearer: str | None) -> Response | None:
        """Return the refusal of a request that its sender may not make."""
        role = needed(scope["method"], scope["path"])
        if visit.open and bearer is None and any(headers(scope, name) for name in PASSED_ON):
            why = "This request came through a proxy; tell of it with --proxy, and give a --token."
            return refusal(scope, 403, why)
        if role is None:
            return None
        if visit.person is None:
            if wants_page(scope) and scope["method"] in SAFE:
                query = scope["query_string"].decode("latin-1")
                back = scope["path"] + (f"?{query}" if query else "")
                return RedirectResponse(f"/login?next={quote(back, safe='')}", 303)
            more = {"www-authenticate": "Bearer"}
            return refusal(scope, 401, "Log in, or send a token that is valid.", more=more)
        if role is Role.EDITOR and not visit.editor:
            return refusal(scope, 403, "Only editors may do this.")
        return None

    @staticmethod
    def _peeking(scope: Scope) -> Response | None:
        """Return the refusal of a request by a page of another site that is no link followed.

        Such a page cannot read the answer, but where nobody has to log in it could load lists and
        searches in the background and learn from the time that they take.
        """
        foreign = any(s not in OWN_SITE for s in headers(scope, "sec-fetch-site"))
        if foreign and header(scope, "sec-fetch-mode") != "navigate":
            return refusal(scope, 403, "Pages of other sites may lead here, but load nothing.")
        return None

    @staticmethod
    def _bearer(scope: Scope) -> str | None:
        """Return the token that was sent; an empty one where what was sent is no token."""
        if not headers(scope, "authorization"):
            return None
        kind, _, secret = (header(scope, "authorization") or "").partition(" ")
        return secret.strip() if kind.lower() == "bearer" else ""

    @staticmethod
    async def _form(scope: Scope, receive: Receive) -> bytes | None:
        """Return the body of a form; None where it is something else."""
        kind = (header(scope, "content-type") or "").partition(";")[0].strip().lower()
        if kind != FORM:
            return None
        message = await receive()  # whole: the guard of bodies has read it
        return bytes(message.get("body", b""))

    @staticmethod
    def _foreign(scope: Scope, visit: Visit, body: bytes) -> Response | None:
        """Return the refusal of a request that another site may have had the browser make."""
        why = "This did not come from a page of the desk, or the page is too old: load it anew."
        site = header(scope, "sec-fetch-site")
        if site is not None and site not in OWN_SITE:
            return refusal(scope, 403, why)
        origins = headers(scope, "origin")
        host = (header(scope, "host") or "").lower()
        if any(o.lower() not in (f"http://{host}", f"https://{host}") for o in origins):
            return refusal(scope, 403, why)
        sent = header(scope, HEADER) or ""
        if body and not sent:
            try:
                found = parse_qs(body.decode("latin-1"), max_num_fields=FIELDS).get(FIELD, [])
            except ValueError:
                return refusal(scope, 400, f"A form has {FIELDS} fields at most.")
            sent = found[0] if len(found) == 1 else ""
        told = sent.encode("utf-8", "replace")
        if visit.fresh or not hmac.compare_digest(told, csrf_of(visit.secret).encode()):
            return refusal(scope, 403, why)
        return None

    @staticmethod
    def _sending(visit: Visit, send: Send) -> Send:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for cookie in visit.cookies:
                    answer.append("set-cookie", cookie)
            await send(message)

        return sent
