"""/rest/servicedeskapi/request: the same issues as requests of customers."""

from jira import adf, attachments, changing, commenting, history
from jira.records import OPEN, STATUSES, Comment, Issue
from jira.service_desk import API, DESK, PROJECT, REQUEST_TYPES, date, exactly, known_desk, page, user
from server.messages import Reply, Request, reply_json
from server.people import Person
from server.routes import Routes

routes = Routes()
REQUEST = API + "/request/{key}"


def status(id: int, since: int) -> dict:
    found = STATUSES[id]
    return {"status": found.name, "statusCategory": found.category.upper(), "statusDate": date(since)}


def statuses(issue: Issue) -> list[dict]:
    """The statuses an issue went through, the newest first."""
    went = [(issue.created, OPEN)]
    for change in issue.changelog or ():
        went += [(change.time, int(item[4])) for item in change.items if item[1] == "status"]
    if issue.status != went[-1][1]:
        went.append((issue.updated, issue.status))
    return [status(id, since) for since, id in reversed(went)]


def shown(desk, request: Request, issue: Issue) -> dict:
    base = request.base
    values = [{"fieldId": "summary", "label": "What is it about?", "value": issue.summary},
              {"fieldId": "description", "label": "Describe it", "value": adf.text(issue.description)}]
    return {
        "_expands": ["serviceDesk", "requestType", "participant", "sla", "status", "attachment", "action", "comment"],
        "issueId": str(issue.id), "issueKey": issue.key, "requestTypeId": issue.request_type, "serviceDeskId": DESK,
        "createdDate": date(issue.created), "reporter": user(desk, base, issue.reporter), "requestFieldValues": values,
        "currentStatus": statuses(issue)[0],
        "_links": {"jiraRest": f"{base}/rest/api/3/issue/{issue.id}", "self": f"{base}/{API}/request/{issue.id}",
                   "web": f"{base}/servicedesk/customer/portal/1/{issue.key}", "agent": f"{base}/browse/{issue.key}"}}


def comment_shown(desk, request: Request, issue: Issue, comment: Comment) -> dict:
    return {"id": str(comment.id), "body": adf.text(comment.body), "public": not comment.internal,
            "author": user(desk, request.base, comment.author), "created": date(comment.created),
            "_links": {"self": f"{request.base}/{API}/request/{issue.id}/comment/{comment.id}"}}


def find(desk, request: Request, key: str) -> Issue:
    issue = desk.find(key, request.user)
    if issue is None or issue.project != PROJECT.key:
        raise desk.refuse(404, "The request doesn't exist or you do not have permission to see it.")
    return issue


@routes.on("POST", API + "/request")
def create_request(desk, request: Request) -> Reply:
    given = exactly(desk, request, "serviceDeskId", "requestTypeId", "requestFieldValues", "raiseOnBehalfOf",
                    "requestParticipants",
                    "channel", "form", "isAdfRequest")
    if str(given.get("serviceDeskId")) != DESK or str(given.get("requestTypeId")) not in REQUEST_TYPES:
        raise desk.refuse(400, "The service desk or the request type does not exist.")
    values = dict(desk.object(request, "requestFieldValues"))
    if isinstance(values.get("description"), str):
        values["description"] = adf.document(values["description"]) if values["description"] else None
    asker = on_behalf(desk, given, request.user)
    values |= {"project": {"key": PROJECT.key}, "issuetype": {"name": REQUEST_TYPES[str(given["requestTypeId"])][1]},
               "reporter": {"accountId": asker.account}}
    issue = changing.create(desk, {"fields": values}, request.user, request)
    issue.request_type = str(given["requestTypeId"])
    desk.wrote(request, issue.key, "create", given.get("requestFieldValues"))
    return reply_json(201, shown(desk, request, issue))


def on_behalf(desk, given: dict, user: Person) -> Person:
    """Whose request it is: of the customer named by e-mail or account, or of the user."""
    if given.get("raiseOnBehalfOf") is None or not user.is_agent:
        return user
    named = str(given["raiseOnBehalfOf"])
    person = desk.people.by_account.get(named) or desk.people.by_email.get(named.lower())
    if person is None:
        if "@" not in named:
            raise desk.refuse(400, "The customer does not exist.")
        person = desk.people.add(named)
    return person


@routes.on("GET", API + "/request")
def list_requests(desk, request: Request) -> Reply:
    found = [issue for issue in desk.issues.values()
             if issue.project == PROJECT.key and (issue.reporter == request.user.number
                                                  or "ALL_REQUESTS" in request.query.get(
                 "requestOwnership", "")) and not history.is_hidden(issue, request.user)]
    return page(request, found[::-1], lambda issue: shown(desk, request, issue))


@routes.on("GET", REQUEST)
def show_request(desk, request: Request, key: str) -> Reply:
    return reply_json(200, shown(desk, request, find(desk, request, key)))


@routes.on("GET", REQUEST + "/status")
def list_statuses(desk, request: Request, key: str) -> Reply:
    return page(request, statuses(find(desk, request, key)), lambda each: each)


def visible(request: Request, issue: Issue) -> list[Comment]:
    """The comments the request wants and the user may see: internal ones are for agents."""
    wants = {name: request.query.get(name, "true").lower() != "false" for name in ("public", "internal")}
    wants["internal"] = wants["internal"] and request.user.is_agent
    return [comment for comment in issue.comments if wants["internal" if comment.internal else "public"]]


@routes.on("GET", REQUEST + "/comment")
def list_comments(desk, request: Request, key: str) -> Reply:
    issue = find(desk, request, key)
    return page(request, visible(request, issue), lambda comment: comment_shown(desk, request, issue, comment))


@routes.on("GET", REQUEST + "/comment/{id}")
def show_comment(desk, request: Request, key: str, id: str) -> Reply:
    issue = find(desk, request, key)
    for comment in visible(request, issue):
        if str(comment.id) == id:
            return reply_json(200, comment_shown(desk, request, issue, comment))
    raise desk.refuse(404, "The comment doesn't exist.")


def say(desk, request: Request, issue: Issue, text, is_public: bool) -> Comment:
    if not (isinstance(text, str) and text.strip()):
        raise desk.refuse(400, "Comment body can not be empty!")
    properties = {} if is_public or not request.user.is_agent else {commenting.VISIBILITY: {"internal": True}}
    return commenting.add(desk, issue, {"body": adf.document(text), "properties": properties}, request.user, request)


def additional(desk, request: Request):
    """The text of the additional comment, or None: a well-known client sends null when there is none."""
    if desk.object(request).get("additionalComment") is None:
        return None
    return desk.object(request, "additionalComment").get("body")


@routes.on("POST", REQUEST + "/comment")
def add_comment(desk, request: Request, key: str) -> Reply:
    issue = find(desk, request, key)
    given = exactly(desk, request, "body", "public")
    comment = say(desk, request, issue, given.get("body"), given.get("public") is True)
    desk.wrote(request, issue.key, "note" if comment.internal else "comment", comment=str(comment.id))
    return reply_json(201, comment_shown(desk, request, issue, comment))


@routes.on("GET", REQUEST + "/transition")
def list_transitions(desk, request: Request, key: str) -> Reply:
    return page(request, find(desk, request, key).moves(), lambda move: {"id": str(move.id), "name": move.name})


@routes.on("POST", REQUEST + "/transition")
def transition(desk, request: Request, key: str) -> Reply:
    issue = find(desk, request, key)
    given = exactly(desk, request, "id", "additionalComment")
    move = next((move for move in issue.moves() if str(move.id) == str(given.get("id"))), None)
    if move is None:
        raise desk.refuse(400, "The transition is not valid for the current status of the request.")
    text, comment = additional(desk, request), None
    if text is not None:
        comment = say(desk, request, issue, text, True)
    history.apply(desk, issue, {}, request.user, request, move)
    desk.wrote(request, issue.key, "transition", {"status": issue.status}, str(comment.id) if comment else None)
    return Reply(204)


@routes.on("POST", API + "/servicedesk/{id}/attachTemporaryFile")
def attach_temporary(desk, request: Request, id: str) -> Reply:
    known_desk(desk, id)
    made = []
    for part in attachments.files(desk, request):
        kept = attachments.keep(desk, request, part, None)
        made.append({"temporaryAttachmentId": f"temp{kept.id}", "fileName": kept.name})
    return reply_json(201, {"temporaryAttachments": made})


@routes.on("POST", REQUEST + "/attachment")
def attach(desk, request: Request, key: str) -> Reply:
    issue = find(desk, request, key)
    given = exactly(desk, request, "temporaryAttachmentIds", "public", "additionalComment")
    ids = desk.items(given, "temporaryAttachmentIds")
    kept = [desk.attachments.get(int(id[4:])) if isinstance(id, str) and id[4:].isdigit() else None for id in ids]
    if not kept or any(each is None or each.issue is not None for each in kept):
        raise desk.refuse(400, "The temporary attachment does not exist.")
    attachments.attach(desk, request, issue, kept)
    reply: dict = {"attachments": {"size": len(kept), "start": 0, "limit": 50, "isLastPage": True, "values": [
        attachment_shown(desk, request, each) for each in kept]}}
    names = "\n".join(each.name for each in kept)
    comment = say(desk, request, issue, additional(desk, request) or names, given.get("public") is True)
    reply["comment"] = comment_shown(desk, request, issue, comment)
    return reply_json(201, reply)


def attachment_shown(desk, request: Request, each) -> dict:
    place = f"{request.base}/rest/api/3/attachment/content/{each.id}"
    return {"filename": each.name, "author": user(desk, request.base, each.author), "created": date(each.created),
            "size": len(each.data), "mimeType": each.type, "_links": {"content": place, "jiraRest": place}}


@routes.on("GET", REQUEST + "/attachment")
def list_attachments(desk, request: Request, key: str) -> Reply:
    issue = find(desk, request, key)
    return page(request, [desk.attachments[id] for id in issue.attachments],
                lambda each: attachment_shown(desk, request, each))
