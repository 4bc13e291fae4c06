"""Users, organizations, groups and ticket fields."""

from server.messages import Reply, Request, reply_json
from server.routes import Routes
from zendesk.changing import invalid
from zendesk.paging import page
from zendesk.records import COMPONENTS, CUSTOM, GROUPS, STATUSES, SYSTEM_FIELDS, organization_ids, shown_organization
from zendesk.showing import group_shown, user_shown

routes = Routes()


def users(desk, request: Request, found: list) -> Reply:
    return reply_json(200, page(request, "users", found, lambda person: user_shown(person, request.base),
                                lambda person: person.number))


@routes.on("GET", "users")
def list_users(desk, request: Request) -> Reply:
    roles = set(request.values("role") + request.values("role[]"))
    return users(desk, request, [person for person in desk.people.by_number.values() if not roles
                                 or person.role in roles])


@routes.on("GET", "users/me")
def me(desk, request: Request) -> Reply:
    return reply_json(200, {"user": user_shown(request.user, request.base)})


@routes.on("GET", "users/show_many")
def show_many_users(desk, request: Request) -> Reply:
    ids = [int(id) for id in request.values("ids")[:100] if id.isdigit()]
    return users(desk, request, [desk.people.by_number[id] for id in ids if id in desk.people.by_number])


@routes.on("GET", "users/search")
def search_users(desk, request: Request) -> Reply:
    word = request.query.get("query", "").lower().removeprefix("email:").strip('"')
    return users(desk, request, [person for person in desk.people.by_number.values()
                                 if word in person.email or word in person.name.lower()])


@routes.on("GET", "users/{id}")
def show_user(desk, request: Request, id: str) -> Reply:
    person = desk.people.by_number.get(int(id)) if id.isdigit() else None
    if person is None:
        raise desk.refuse(404, "Not found")
    return reply_json(200, {"user": user_shown(person, request.base)})


@routes.on("POST", "users", "users/create_or_update")
def create_user(desk, request: Request) -> Reply:
    given = desk.object(request, "user")
    email = given.get("email")
    if not (isinstance(email, str) and "@" in email):
        raise invalid("email", "Email: is not properly formatted")
    is_new = email.lower() not in desk.people.by_email
    if not is_new and request.path.rstrip("/").removesuffix(".json").endswith("/users"):
        raise invalid("email", f"Email: {email} is already being used by another user", "DuplicateValue")
    person = desk.person(email, given.get("name") if isinstance(given.get("name"), str) else None)
    desk.wrote(request, "", "user", {"email": email})
    return reply_json(201 if is_new else 200, {"user": user_shown(person, request.base)})


@routes.on("GET", "organizations")
def list_organizations(desk, request: Request) -> Reply:
    return organizations(desk, request, organization_ids())


@routes.on("GET", "organizations/show_many")
def show_many_organizations(desk, request: Request) -> Reply:
    wanted = {int(id) for id in request.values("ids") if id.isdigit()}
    return organizations(desk, request, [id for id in organization_ids() if id in wanted])


def organizations(desk, request: Request, ids: list[int]) -> Reply:
    return reply_json(200, page(request, "organizations", ids, lambda id: shown_organization(
        request.base, id, desk.started_iso), lambda id: id))


@routes.on("GET", "organizations/{id}")
def show_organization(desk, request: Request, id: str) -> Reply:
    if not id.isdigit() or int(id) not in organization_ids():
        raise desk.refuse(404, "Not found")
    return reply_json(200, {"organization": shown_organization(request.base, int(id), desk.started_iso)})


@routes.on("GET", "groups")
def list_groups(desk, request: Request) -> Reply:
    return reply_json(200, page(request, "groups", list(GROUPS.items()), lambda group: group_shown(
        *group, request.base, desk.started), lambda group: group[0]))


@routes.on("GET", "groups/{id}")
def show_group(desk, request: Request, id: str) -> Reply:
    if not id.isdigit() or int(id) not in GROUPS:
        raise desk.refuse(404, "Not found")
    return reply_json(200, {"group": group_shown(int(id), GROUPS[int(id)], request.base, desk.started)})


def fields(desk, base: str) -> list[dict]:
    """All ticket fields; the choices of status are the words a client may use."""
    named = [(350001 + index, kind, title) for index, (kind, title) in enumerate(SYSTEM_FIELDS)]
    named += [(id, kind, title) for id, (title, kind) in CUSTOM.items()]
    shown = []
    for position, (id, kind, title) in enumerate(named):
        field = {"url": f"{base}/api/v2/ticket_fields/{id}.json", "id": id, "type": kind, "title": title,
                 "raw_title": title,
                 "description": "", "raw_description": "", "position": position, "active": True, "required": False,
                 "collapsed_for_agents": False, "regexp_for_validation": None, "title_in_portal": title,
                 "raw_title_in_portal": title, "visible_in_portal": False, "editable_in_portal": False,
                 "required_in_portal": False, "tag": None, "created_at": desk.started_iso,
                 "updated_at": desk.started_iso,
                 "removable": id in CUSTOM, "agent_description": None}
        if kind == "status":
            field["system_field_options"] = [{"name": status.capitalize(), "value": status} for status in STATUSES]
        if kind == "tagger":
            field["custom_field_options"] = [
                {"id": 370001 + index, "name": name, "raw_name": name, "value": value, "default": False}
                for index, (value, name) in enumerate(COMPONENTS.items())]
        shown.append(field)
    return shown


@routes.on("GET", "ticket_fields")
def list_fields(desk, request: Request) -> Reply:
    return reply_json(200, page(request, "ticket_fields", fields(desk, request.base), lambda field: field,
                                lambda field: field["id"]))


@routes.on("GET", "ticket_fields/{id}")
def show_field(desk, request: Request, id: str) -> Reply:
    for field in fields(desk, request.base):
        if str(field["id"]) == id:
            return reply_json(200, {"ticket_field": field})
    raise desk.refuse(404, "Not found")
