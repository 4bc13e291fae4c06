"""What a site tells about itself: server, fields, statuses, projects, people."""

from jira.issues import page_of
from jira.records import CATEGORIES, CUSTOM, PRIORITIES, PROJECTS, RESOLUTIONS, STATUSES, TYPES
from jira.showing import View, time
from server.messages import Reply, Request, reply_json
from server.routes import Routes

routes = Routes()
SYSTEM_FIELDS = {"summary": "string", "description": "string", "status": "status", "priority": "priority",
                 "issuetype": "issuetype",
                 "project": "project", "reporter": "user", "assignee": "user", "creator": "user", "labels": "array",
                 "created": "datetime",
                 "updated": "datetime", "resolution": "resolution", "resolutiondate": "datetime",
                 "comment": "comments-page",
                 "issuelinks": "array", "attachment": "array", "parent": "issuelink", "subtasks": "array"}


@routes.on("GET", "rest/api/3/serverInfo", is_open=True)
def server_info(desk, request: Request) -> Reply:
    return reply_json(200, {
        "baseUrl": request.base, "version": "1001.0.0-SNAPSHOT", "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100288, "buildDate": "2026-11-01T00:00:00.000+0000", "scmInfo": "mock", "serverTitle": "Jira",
        "serverTime": time(desk.clock.milliseconds(), "UTC")})


@routes.on("GET", "rest/api/3/field")
def list_fields(desk, request: Request) -> Reply:
    fields = [{"id": id, "key": id, "name": id.capitalize(), "custom": False, "orderable": True, "navigable": True,
               "searchable": True, "clauseNames": [id], "schema": {"type": kind, "system": id}} for id,
              kind in SYSTEM_FIELDS.items()]
    for id, (name, kind, plugin) in CUSTOM.items():
        number = int(id.removeprefix("customfield_"))
        schema = {"type": kind, "custom": f"com.atlassian.jira.plugin.system.customfieldtypes:{plugin}",
                  "customId": number}
        fields.append({"id": id, "key": id, "name": name, "custom": True, "orderable": True, "navigable": True,
                       "searchable": True,
                       "clauseNames": [f"cf[{number}]", name], "schema": schema})
    return reply_json(200, fields)


@routes.on("GET", "rest/api/3/status")
def list_statuses(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.status(status) for status in STATUSES.values()])


@routes.on("GET", "rest/api/3/statuscategory")
def list_categories(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.category(key) for key in CATEGORIES])


@routes.on("GET", "rest/api/3/priority")
def list_priorities(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.priority(name) for name in PRIORITIES])


@routes.on("GET", "rest/api/3/resolution")
def list_resolutions(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.resolution(name) for name in RESOLUTIONS])


@routes.on("GET", "rest/api/3/issuetype")
def list_types(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.type(name) for name in TYPES])


@routes.on("GET", "rest/api/3/project")
def list_projects(desk, request: Request) -> Reply:
    view = View(desk, request)
    return reply_json(200, [view.project(key) for key in PROJECTS])


@routes.on("GET", "rest/api/3/project/search")
def search_projects(desk, request: Request) -> Reply:
    view = View(desk, request)
    page, about = page_of(request, [view.project(key) for key in PROJECTS], 50)
    return reply_json(200, {**about, "isLast": about["startAt"] + len(page) >= about["total"], "values": page})


def project_of(desk, name: str):
    for project in PROJECTS.values():
        if name in (project.key, str(project.id)):
            return project
    raise desk.refuse(404, f"No project could be found with key '{name}'.")


@routes.on("GET", "rest/api/3/project/{key}")
def show_project(desk, request: Request, key: str) -> Reply:
    project, view = project_of(desk, key), View(desk, request)
    return reply_json(200, {**view.project(project.key), "issueTypes": [view.type(name) for name in project.types]})


@routes.on("GET", "rest/api/3/project/{key}/statuses")
def list_project_statuses(desk, request: Request, key: str) -> Reply:
    """The statuses of the workflow, by issue type: here a client sees which words are valid."""
    project, view = project_of(desk, key), View(desk, request)
    used = {project.first} | {move.target for move in project.moves}
    statuses = [view.status(status) for id, status in STATUSES.items() if id in used]
    return reply_json(200, [{"self": view.api(f"issuetype/{TYPES[name]}"), "id": str(TYPES[name]), "name": name,
                             "subtask": name == "Sub-task", "statuses": statuses} for name in project.types])


@routes.on("GET", "rest/api/3/myself")
def myself(desk, request: Request) -> Reply:
    return reply_json(200, View(desk, request).user(request.user))


@routes.on("GET", "rest/api/3/user")
def show_user(desk, request: Request) -> Reply:
    person = desk.people.by_account.get(request.query.get("accountId", ""))
    if person is None:
        raise desk.refuse(404, "Specified user does not exist or you do not have required permissions")
    return reply_json(200, View(desk, request).user(person))


@routes.on("GET", "rest/api/3/user/search", "rest/api/3/user/assignable/search")
def search_users(desk, request: Request) -> Reply:
    word, view = request.query.get("query", "").lower(), View(desk, request)
    wanted = request.query.get("accountId")
    agents_only = "assignable" in request.path
    found = [person for person in desk.people.by_number.values()
             if (person.account == wanted if wanted else word in person.email or word in person.name.lower())
             and (person.is_agent or not agents_only)]
    page, _ = page_of(request, found, 50)
    return reply_json(200, [view.user(person) for person in page])


@routes.on("GET", "rest/api/3/user/bulk")
def bulk_users(desk, request: Request) -> Reply:
    view = View(desk, request)
    found = [desk.people.by_account[id] for id in request.values("accountId") if id in desk.people.by_account]
    page, about = page_of(request, found, 10)
    return reply_json(200, {**about, "isLast": about["startAt"] + len(page) >= about["total"],
                            "values": [view.user(person) for person in page]})
