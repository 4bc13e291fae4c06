"""/wiki/api/v2/pages: making, reading and updating by version."""

import base64
import json
from collections.abc import Callable
from urllib.parse import urlencode
from xml.etree import ElementTree

from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes

routes = Routes()
NAMESPACES = 'xmlns:ac="urn:ac" xmlns:ri="urn:ri" xmlns:at="urn:at"'
STATUSES = ("current", "draft", "archived", "trashed")


class Version:
    __slots__ = ("number", "message", "author", "created")

    def __init__(self, number: int, message: str, author: str, created: str) -> None:
        self.number, self.message, self.author, self.created = number, message, author, created


class Page:
    """A page as it is now; `properties` are (id, key, value, version) by key."""

    __slots__ = ("id", "space", "title", "body", "status", "parent", "author", "created", "versions", "labels",
                 "properties", "writer")

    def __init__(self, id: int, space: str, title: str, body: str, status: str, parent: str | None, author: str,
                 created: str) -> None:
        self.id, self.space, self.title, self.body, self.status = id, space, title, body, status
        self.parent, self.author, self.created = parent, author, created
        self.versions = [Version(1, "", author, created)]
        self.labels: list[str] = []
        self.properties: dict[str, list] = {}


def version_shown(version: Version) -> dict:
    return {"number": version.number, "message": version.message, "minorEdit": False, "authorId": version.author,
            "createdAt": version.created}


def shown(page: Page, request: Request) -> dict:
    """A page; the body only when `body-format` asks for it."""
    kind = request.query.get("body-format")
    body = {}
    if kind in ("storage", "view"):
        body = {kind: {"representation": kind, "value": page.body}}
    elif kind == "atlas_doc_format":
        text = "".join(ElementTree.fromstring(f"<x {NAMESPACES}>{entities(page.body)}</x>").itertext())
        document = '{"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":%s}]}]}'
        body = {kind: {"representation": kind, "value": document % json.dumps(text or " ")}}
    parent = {"parentId": page.parent, "parentType": "page"} if page.parent else {}
    return {"id": str(page.id), "status": page.status, "title": page.title, "spaceId": page.space, **parent,
            "position": 0,
            "authorId": page.author, "ownerId": page.author, "createdAt": page.created,
            "version": version_shown(page.versions[-1]), "body": body,
            "_links": {"webui": f"/spaces/KB/pages/{page.id}", "editui": f"/pages/resumedraft.action?draftId={page.id}",
                       "tinyui": f"/x/{page.id}"}}


def paged(request: Request, items: list, key: Callable, made: Callable) -> Reply:
    """A page by cursor; the address of the next stands in the body and in the Link header."""
    limit = request.number("limit", 25, 1, 250)
    cursor = request.query.get("cursor")
    if cursor is not None:
        try:
            last = int(base64.urlsafe_b64decode(cursor).decode().removeprefix("id:"))
        except ValueError:
            raise Refused(failure(400, "BAD_REQUEST", "The cursor is not valid")) from None
        items = [item for item in items if key(item) > last]
    part, links, headers = items[:limit], {"base": f"{request.base}/wiki"}, {}
    if len(items) > limit:
        after = base64.urlsafe_b64encode(f"id:{key(part[-1])}".encode()).decode()
        kept = {name: value for name, value in request.query.items() if name != "cursor"}
        links["next"] = f"{request.raw_path}?{urlencode({**kept, 'cursor': after})}"
        headers["Link"] = f'<{request.base}{links["next"]}>; rel="next"'
    return reply_json(200, {"results": [made(item) for item in part], "_links": links}, headers)


def failure(status: int, code: str, title: str) -> Reply:
    return reply_json(status, {"errors": [{"status": status, "code": code, "title": title, "detail": None}]})


def find(desk, id: str, statuses: tuple[str, ...] = ("current", "draft", "archived")) -> Page:
    page = desk.pages.get(int(id)) if id.isascii() and id.isdigit() else None
    if page is None or page.status not in statuses:
        raise Refused(failure(404, "NOT_FOUND", f"Cannot find page with id {id}"))
    return page


def read_body(given: dict) -> str | None:
    """The storage text of a body, plain or nested; None when there is none. Raises Refused with 400."""
    body = given.get("body")
    if isinstance(body, dict) and isinstance(body.get("storage"), dict):
        body = {"representation": "storage", **body["storage"]}
    if body is None:
        return None
    if not (isinstance(body, dict) and body.get("representation") == "storage" and isinstance(body.get("value"), str)):
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "body: a representation and a value are needed"))
    try:
        ElementTree.fromstring(f"<x {NAMESPACES}>{entities(body['value'])}</x>")
    except ElementTree.ParseError as error:
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", f"Error parsing xhtml: {error}")) from None
    return body["value"]


def entities(text: str) -> str:
    """Names of HTML that XML does not know, as spaces."""
    for name in ("nbsp", "ndash", "mdash", "rsquo", "lsquo", "rdquo", "ldquo", "hellip", "rarr", "copy"):
        text = text.replace(f"&{name};", " ")
    return text


def unique(desk, space: str, title: str, but: Page | None = None) -> None:
    other = desk.titles.get((space, title.lower()))
    if other is not None and other is not but:
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER",
                              "A page with this title already exists: A page already exists with the "
                                                                f"same TITLE in this space: {title}"))


@routes.on("GET", "pages")
def list_pages(desk, request: Request) -> Reply:
    wanted = {name: set(request.values(name)) for name in ("space-id", "id", "status")}
    title = request.query.get("title")
    statuses = wanted["status"] or {"current", "archived"}
    found = [page for page in desk.pages.values()
             if page.status in statuses and (not wanted["space-id"] or page.space in wanted["space-id"])
             and (not wanted["id"] or str(page.id) in wanted["id"]) and (title is None or page.title == title)]
    return paged(request, found, lambda page: page.id, lambda page: shown(page, request))


@routes.on("GET", "spaces/{id}/pages")
def list_space_pages(desk, request: Request, id: str) -> Reply:
    found = [page for page in desk.pages.values() if page.space == id and page.status in ("current", "archived")]
    return paged(request, found, lambda page: page.id, lambda page: shown(page, request))


@routes.on("POST", "pages")
def create_page(desk, request: Request) -> Reply:
    given = desk.object(request)
    space, title, status = str(given.get("spaceId")), given.get("title"), given.get("status", "current")
    if space not in desk.spaces:
        raise Refused(failure(404, "NOT_FOUND", f"Cannot find space with id {space}"))
    if status not in ("current", "draft") or status == "current" and not (isinstance(title, str) and title.strip()):
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "title: is needed"))
    body, title = read_body(given), str(title or "")
    if status == "current":
        unique(desk, space, title)
    parent = given.get("parentId")
    page = Page(desk.next_id(), space, title, body or "", status, None if parent is None else str(parent),
                request.user.account, desk.now())
    page.writer = request.user.email
    desk.pages[page.id] = page
    if status == "current":
        desk.titles[space, title.lower()] = page
    desk.wrote(request, str(page.id), "article", {"title": title, "status": status})
    return reply_json(200, with_body(page, request))


def with_body(page: Page, request: Request) -> dict:
    """What a write answers: always with the storage body."""
    return {**shown(page, request), "body": {"storage": {"representation": "storage", "value": page.body}}}


@routes.on("GET", "pages/{id}")
def show_page(desk, request: Request, id: str) -> Reply:
    statuses = tuple(request.values("status")) or ("current", "draft", "archived")
    return reply_json(200, shown(find(desk, id, statuses), request))


@routes.on("PUT", "pages/{id}")
def update_page(desk, request: Request, id: str) -> Reply:
    page, given = find(desk, id, STATUSES), desk.object(request)
    missing = [name for name in ("id", "status", "title", "body", "version") if name not in given]
    if missing or str(given.get("id")) != id:
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", f"{(missing or ['id'])[0]}: is needed"))
    number = desk.object(request, "version").get("number")
    current = page.versions[-1].number
    title, status, body = given["title"], given["status"], read_body(given)
    if not isinstance(number, int) or status not in ("current",
                                                     "draft") or not (isinstance(title, str) and title.strip()):
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "version.number, status or title: is not valid"))
    if status == "draft":
        # Of drafts there are no versions.
        if number != 1:
            raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "Version must be 1 when updating a draft"))
    elif number != current + 1:
        raise Refused(failure(409, "CONFLICT", "Version must be incremented when updating a page. "
                                               f"Current Version: [{current}]. Provided version: [{number}]"))
    unique(desk, page.space, title, page)
    desk.titles.pop((page.space, page.title.lower()), None)
    desk.titles[page.space, title.lower()] = page
    page.title, page.status = title, status
    page.body = page.body if body is None else body
    if status == "draft":
        page.versions.pop()
    page.versions.append(Version(number, str(given["version"].get("message") or ""), request.user.account, desk.now()))
    page.writer = request.user.email
    desk.wrote(request, id, "article", {"title": title, "version": number})
    return reply_json(200, with_body(page, request))


@routes.on("DELETE", "pages/{id}")
def delete_page(desk, request: Request, id: str) -> Reply:
    page = find(desk, id, STATUSES)
    if request.flag("purge"):
        if page.status != "trashed":
            raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "Only a page in the trash can be purged"))
        del desk.pages[page.id]
    else:
        if page.status == "trashed":
            raise Refused(failure(404, "NOT_FOUND", f"Cannot find page with id {id}"))
        page.status = "trashed"
        desk.titles.pop((page.space, page.title.lower()), None)
    desk.wrote(request, id, "delete")
    return Reply(204)


@routes.on("GET", "pages/{id}/versions")
def list_versions(desk, request: Request, id: str) -> Reply:
    page = find(desk, id)
    return paged(request, page.versions, lambda version: version.number, lambda version: {
        **version_shown(version), "page": {"id": id, "title": page.title}})


@routes.on("GET", "pages/{id}/labels")
def list_labels(desk, request: Request, id: str) -> Reply:
    labels = list(enumerate(find(desk, id).labels, start=1))
    return paged(request, labels, lambda pair: pair[0], lambda pair: {"id": str(pair[0]), "name": pair[1],
                                                                      "prefix": "global"})
