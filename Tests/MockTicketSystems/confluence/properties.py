"""Content properties of a page: values by key, each with a version of its own."""

from confluence.pages import Page, failure, find, paged
from server.messages import Refused, Reply, Request, reply_json
from server.routes import Routes

routes = Routes()
PROPERTIES = "pages/{id}/properties"


class Property:
    __slots__ = ("id", "key", "value", "number", "author", "created")

    def __init__(self, id: int, key: str, value, author: str, created: str) -> None:
        self.id, self.key, self.value, self.author, self.created = id, key, value, author, created
        self.number = 1


def shown(kept: Property) -> dict:
    return {"id": str(kept.id), "key": kept.key, "value": kept.value, "version": {
        "number": kept.number, "message": "", "minorEdit": False, "authorId": kept.author, "createdAt": kept.created}}


def property_of(page: Page, id: str) -> Property:
    for kept in page.properties.values():
        if str(kept.id) == id:
            return kept
    raise Refused(failure(404, "NOT_FOUND", f"Cannot find property with id {id}"))


@routes.on("GET", PROPERTIES)
def list_properties(desk, request: Request, id: str) -> Reply:
    key = request.query.get("key")
    found = [kept for kept in find(desk, id).properties.values() if key in (None, kept.key)]
    return paged(request, found, lambda kept: kept.id, shown)


@routes.on("POST", PROPERTIES)
def create_property(desk, request: Request, id: str) -> Reply:
    page, given = find(desk, id), desk.object(request)
    key = given.get("key")
    if not isinstance(key, str) or not key or "value" not in given:
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", "key and value are needed"))
    if key in page.properties:
        raise Refused(failure(400, "INVALID_REQUEST_PARAMETER", f"A property with the key {key} already exists"))
    page.properties[key] = Property(desk.next_id(), key, given["value"], request.user.account, desk.now())
    desk.wrote(request, id, "property", {key: given["value"]})
    return reply_json(200, shown(page.properties[key]))


@routes.on("GET", PROPERTIES + "/{property}")
def show_property(desk, request: Request, id: str, property: str) -> Reply:
    return reply_json(200, shown(property_of(find(desk, id), property)))


@routes.on("PUT", PROPERTIES + "/{property}")
def update_property(desk, request: Request, id: str, property: str) -> Reply:
    kept, given = property_of(find(desk, id), property), desk.object(request)
    number = desk.object(request, "version").get("number")
    if number != kept.number + 1:
        raise Refused(failure(409, "CONFLICT", f"Version must be incremented. Current Version: [{kept.number}]."))
    kept.value, kept.number, kept.created = given.get("value"), number, desk.now()
    desk.wrote(request, id, "property", {kept.key: kept.value})
    return reply_json(200, shown(kept))


@routes.on("DELETE", PROPERTIES + "/{property}")
def delete_property(desk, request: Request, id: str, property: str) -> Reply:
    page = find(desk, id)
    del page.properties[property_of(page, property).key]
    desk.wrote(request, id, "property")
    return Reply(204)
