"""Links between issues, and links to the outside, which a `globalId` makes unique."""

from jira import history, linking
from jira.issues import ISSUE
from jira.records import LINK_TYPES, Issue
from server.messages import Reply, Request, reply_json
from server.routes import Routes

routes = Routes()


@routes.on("GET", "rest/api/3/issueLinkType")
def list_link_types(desk, request: Request) -> Reply:
    return reply_json(200, {"issueLinkTypes": [
        {"id": str(id), "name": name, "inward": inward, "outward": outward,
         "self": f"{request.base}/rest/api/3/issueLinkType/{id}"}
        for name, (id, inward, outward) in LINK_TYPES.items()]})


@routes.on("POST", "rest/api/3/issueLink")
def create_link(desk, request: Request) -> Reply:
    given = desk.object(request)
    id = linking.link(desk, given, request.user, request)
    ends = [desk.issues[end].key for end in desk.links[id]]
    desk.wrote(request, ends[0], "link", {"to": ends[1], "type": given["type"].get("name")})
    return Reply(201, headers={"Location": f"{request.base}/rest/api/3/issueLink/{id}"})


@routes.on("GET", "rest/api/3/issueLink/{id}")
def show_link(desk, request: Request, id: str) -> Reply:
    inward, outward = (desk.issues[end] for end in ends_of(desk, id))
    name = next(link[1] for link in inward.links if str(link[0]) == id)
    type_id, inward_text, outward_text = LINK_TYPES[name]
    return reply_json(200, {
        "id": id, "self": f"{request.base}/rest/api/3/issueLink/{id}", "type": {
            "id": str(type_id), "name": name, "inward": inward_text, "outward": outward_text},
        "inwardIssue": {"id": str(inward.id), "key": inward.key},
        "outwardIssue": {"id": str(outward.id), "key": outward.key}})


@routes.on("DELETE", "rest/api/3/issueLink/{id}")
def delete_link(desk, request: Request, id: str) -> Reply:
    ends = ends_of(desk, id)
    linking.unlink(desk, int(id), request.user, request)
    desk.wrote(request, desk.issues[ends[0]].key, "delete link")
    return Reply(204)


def ends_of(desk, id: str) -> tuple[int, int]:
    if not id.isdigit() or int(id) not in desk.links:
        raise desk.refuse(404, f"No issue link with id '{id}' exists.")
    return desk.links[int(id)]


def shown(request: Request, issue: Issue, link: dict) -> dict:
    place = f"{request.base}/rest/api/3/issue/{issue.id}/remotelink/{link['id']}"
    return {name: value for name, value in {**link, "self": place}.items() if value is not None}


@routes.on("GET", ISSUE + "/remotelink")
def list_remote_links(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    if (wanted := request.query.get("globalId")) is None:
        return reply_json(200, [shown(request, issue, link) for link in issue.remote_links or ()])
    for link in issue.remote_links or ():
        if link["globalId"] == wanted:
            return reply_json(200, shown(request, issue, link))
    raise desk.refuse(404, f"The remote issue link with global id {wanted} does not exist.")


@routes.on("POST", ISSUE + "/remotelink")
def put_remote_link(desk, request: Request, key: str) -> Reply:
    issue = desk.issue(key, request.user)
    given, target = desk.object(request), desk.object(request, "object")
    if not (isinstance(target.get("url"), str) and isinstance(target.get("title"), str)):
        raise desk.refuse(400, "object.url and object.title are needed")
    old = next((link for link in issue.remote_links or () if given.get("globalId")
                and link["globalId"] == given["globalId"]), None)
    made = {"id": old["id"] if old else desk.next_id(), "globalId": given.get("globalId"), "object": target,
            "application": given.get("application") or {}, "relationship": given.get("relationship")}
    history.touch(desk, issue)
    issue.remote_links = [*(link for link in issue.remote_links or () if link is not old), made]
    desk.wrote(request, issue.key, "remote link", {"globalId": made["globalId"], "url": target["url"]})
    place = f"{request.base}/rest/api/3/issue/{issue.id}/remotelink/{made['id']}"
    return reply_json(200 if old else 201, {"id": made["id"], "self": place})


@routes.on("DELETE", ISSUE + "/remotelink")
def delete_remote_links(desk, request: Request, key: str) -> Reply:
    issue, wanted = desk.issue(key, request.user), request.query.get("globalId")
    return delete_remote(desk, request, issue, lambda link: link["globalId"] == wanted)


@routes.on("DELETE", ISSUE + "/remotelink/{id}")
def delete_remote_link(desk, request: Request, key: str, id: str) -> Reply:
    return delete_remote(desk, request, desk.issue(key, request.user), lambda link: str(link["id"]) == id)


def delete_remote(desk, request: Request, issue: Issue, is_meant) -> Reply:
    kept = [link for link in issue.remote_links or () if not is_meant(link)]
    if len(kept) == len(issue.remote_links or ()):
        raise desk.refuse(404, "The remote issue link does not exist.")
    history.touch(desk, issue)
    issue.remote_links = kept or None
    desk.wrote(request, issue.key, "delete link")
    return Reply(204)
