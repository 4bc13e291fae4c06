"""The mock Confluence: its pages, spaces, errors and limit."""

from random import Random

from confluence import pages, properties
from confluence.pages import Page, Version, failure
from server import words
from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json
from server.people import logins
from server.routes import Route, Routes
from server.system import System

CODES = {400: "BAD_REQUEST", 401: "UNAUTHORIZED", 403: "FORBIDDEN", 404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED",
         409: "CONFLICT",
         410: "GONE", 429: "TOO_MANY_REQUESTS"}
SPACES = {"100": ("KB", "Knowledge base"), "101": ("OPS", "Operations")}


class Confluence(System):
    """Pages by number."""

    name = "confluence"
    prefixes = ("/wiki/api/v2/", "/wiki/rest/api/")
    logins = logins("")
    routes = Routes()

    def __init__(self, world) -> None:
        super().__init__(world)
        self.pages: dict[int, Page] = {}
        self.titles: dict[tuple[str, str], Page] = {}
        self.spaces = SPACES
        self.last_id = 65_000

    def route_path(self, path: str) -> str:
        return "removed" if path.startswith("/wiki/rest/api/") else path.removeprefix("/wiki/api/v2/").rstrip("/")

    def error(self, status: int, message: str) -> Reply:
        return failure(status, CODES.get(status, "INTERNAL_SERVER_ERROR"), message)

    def limit(self, request: Request, route: Route | None) -> tuple[Reply | None, dict[str, str]]:
        limit, now = self.settings.limit("confluence", "perSecond"), self.clock.now()
        if not limit:
            return None, {}
        allowed, left, wait = self.limits.take("perSecond", request.user.email, limit, 1, now)
        headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left),
                   "X-RateLimit-Reset": iso(int(now + wait))}
        if allowed:
            return None, headers
        refusal = self.error(429, "Rate limit exceeded")
        refusal.headers["Retry-After"] = str(wait)
        return refusal, headers

    def permit(self, request: Request, route: Route) -> None:
        if route.writes and not request.user.is_agent:
            raise self.refuse(403, "Not permitted to edit")

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def now(self) -> str:
        milliseconds = self.clock.milliseconds()
        return f"{iso(milliseconds // 1000)[:-1]}.{milliseconds % 1000:03}Z"

    # The control API.

    def counts(self) -> dict:
        deleted = sum(page.status == "trashed" for page in self.pages.values())
        return {"tickets": len(self.pages) - deleted, "deleted": deleted, "comments": 0}

    def state(self, ids):
        return iter(())

    def articles_state(self) -> list[dict]:
        return [{"id": str(page.id), "title": page.title, "body": page.body, "state": page.status,
                 "author": page.writer,
                 "version": page.versions[-1].number} for page in self.pages.values()]

    def seed(self, count: int, comments: tuple[int, int], number: int, days: float) -> int:
        """Makes pages of made-up text in space 100; there are no comments."""
        random, now = Random(number), self.clock.seconds()
        agent = self.people.by_email["agent@example.com"]
        for time in sorted(now - int(random.random() * days * 86_400) for _ in range(count)):
            id, stamp = self.next_id(), iso(time)[:-1] + ".000Z"
            title = f"{words.subject(random)} ({id})"
            page = Page(id, "100", title, f"<p>{words.reply(random)}</p>", "current", None, agent.account, stamp)
            page.versions = [Version(1, "", agent.account, stamp)]
            page.writer = agent.email
            self.pages[id] = self.titles["100", title.lower()] = page
        return 0

    def customer_wrote(self, id, email, text, subject) -> str:
        raise ValueError("system: confluence has no tickets")

    def automation_changed(self, id, fields) -> None:
        raise ValueError("system: confluence has no tickets")


def space_shown(request: Request, desk: Confluence, id: str) -> dict:
    key, name = SPACES[id]
    return {"id": id, "key": key, "name": name, "type": "global", "status": "current", "authorId": "",
            "createdAt": "2026-01-01T00:00:00.000Z",
            "_links": {"webui": f"/spaces/{key}"}}


@Confluence.routes.on("GET", "spaces")
def list_spaces(desk, request: Request) -> Reply:
    keys, ids = set(request.values("keys")), set(request.values("ids"))
    found = [id for id, (key, _) in SPACES.items() if (not keys or key in keys) and (not ids or id in ids)]
    return pages.paged(request, found, int, lambda id: space_shown(request, desk, id))


@Confluence.routes.on("GET", "spaces/{id}")
def show_space(desk, request: Request, id: str) -> Reply:
    if id not in SPACES:
        raise desk.refuse(404, f"Cannot find space with id {id}")
    return reply_json(200, space_shown(request, desk, id))


@Confluence.routes.on("GET", "removed", is_open=True)
@Confluence.routes.on("POST", "removed", is_open=True)
@Confluence.routes.on("PUT", "removed", is_open=True)
@Confluence.routes.on("DELETE", "removed", is_open=True)
def removed(desk, request: Request) -> Reply:
    raise Refused(failure(410, "GONE", "This deprecated endpoint has been removed. Use /wiki/api/v2."))


for module in (pages, properties):
    Confluence.routes.include(module.routes)
