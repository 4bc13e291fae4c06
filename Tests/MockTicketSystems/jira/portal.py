"""/rest/servicedeskapi: the service desk, its request types, organizations and customers."""

from jira.records import TYPES
from jira.service_desk import API, DESK, PROJECT, REQUEST_TYPES, date, exactly, known_desk, page, user
from server.messages import Reply, Request, reply_json
from server.people import ORGANIZATIONS as NAMES
from server.routes import Routes

routes = Routes()


@routes.on("GET", API + "/info")
def info(desk, request: Request) -> Reply:
    return reply_json(200, {"version": "5.0.0", "platformVersion": "1001.0.0", "isLicensedForUse": True,
                            "buildChangeSet": "mock",
                            "buildDate": date(desk.clock.milliseconds()),
                            "_links": {"self": f"{request.base}/{API}/info"}})


def desk_shown(request: Request) -> dict:
    return {"id": DESK, "projectId": str(PROJECT.id), "projectKey": PROJECT.key, "projectName": PROJECT.name,
            "_links": {"self": f"{request.base}/{API}/servicedesk/{DESK}"}}


@routes.on("GET", API + "/servicedesk")
def list_desks(desk, request: Request) -> Reply:
    return page(request, [desk_shown(request)], lambda each: each)


@routes.on("GET", API + "/servicedesk/{id}")
def show_desk(desk, request: Request, id: str) -> Reply:
    known_desk(desk, id)
    return reply_json(200, desk_shown(request))


def type_shown(request: Request, id: str) -> dict:
    name, issue_type = REQUEST_TYPES[id]
    return {"id": id, "name": name, "description": "", "helpText": "", "issueTypeId": str(TYPES[issue_type]),
            "serviceDeskId": DESK,
            "groupIds": [], "portalId": "1",
            "_links": {"self": f"{request.base}/{API}/servicedesk/{DESK}/requesttype/{id}"}}


@routes.on("GET", API + "/servicedesk/{id}/requesttype")
def list_request_types(desk, request: Request, id: str) -> Reply:
    known_desk(desk, id)
    return page(request, list(REQUEST_TYPES), lambda each: type_shown(request, each))


@routes.on("GET", API + "/servicedesk/{id}/requesttype/{type}/field")
def list_request_fields(desk, request: Request, id: str, type: str) -> Reply:
    known_desk(desk, id)
    made = [{"fieldId": name, "name": name.capitalize(), "description": "", "required": name == "summary",
             "defaultValues": [],
             "validValues": [], "presetValues": [], "visible": True, "jiraSchema": {"type": "string", "system": name}}
            for name in ("summary", "description")]
    return reply_json(200, {"requestTypeFields": made, "canRaiseOnBehalfOf": request.user.is_agent,
                            "canAddRequestParticipants": True})


@routes.on("GET", API + "/organization", API + "/servicedesk/{id}/organization")
def list_organizations(desk, request: Request, id: str = DESK) -> Reply:
    return page(request, list(enumerate(NAMES, start=1)), lambda pair: {
        "id": str(pair[0]), "name": pair[1], "_links": {"self": f"{request.base}/{API}/organization/{pair[0]}"}})


@routes.on("GET", API + "/organization/{id}")
def show_organization(desk, request: Request, id: str) -> Reply:
    if not (id.isdigit() and 1 <= int(id) <= len(NAMES)):
        raise desk.refuse(404, "The organization doesn't exist.")
    return reply_json(200, {"id": id, "name": NAMES[int(id) - 1],
                            "_links": {"self": f"{request.base}/{API}/organization/{id}"}})


@routes.on("POST", API + "/customer")
def create_customer(desk, request: Request) -> Reply:
    given = exactly(desk, request, "email", "displayName", "fullName")
    if not (isinstance(given.get("email"), str) and "@" in given["email"]):
        raise desk.refuse(400, "The e-mail address is not valid.")
    if given["email"].lower() in desk.people.by_email:
        raise desk.refuse(400, "An account already exists for this email.")
    person = desk.people.add(given["email"], given.get("displayName") or given.get("fullName"))
    desk.wrote(request, "", "user", {"email": person.email})
    return reply_json(201, user(desk, request.base, person.number))
