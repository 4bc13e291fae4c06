"""The mock Jira: its issues, errors and limits."""

import json

from jira import (adf, attachments, changing, commenting, comments, directory, history, hooks, issues, links, portal,
                  requests, search, truth)
from jira.records import PROJECTS, STATUSES, Attachment, Issue
from server.changes import ChangeLog
from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json
from server.people import Person, logins
from server.routes import Route, Routes
from server.system import System

MISSING = "Issue does not exist or you do not have permission to see it."


class Jira(System):
    """Issues by id and by key, for the platform and for Service Management."""

    name = "jira"
    prefixes = ("/rest/api/3/", "/rest/api/latest/", "/rest/servicedeskapi/")
    logins = logins("")
    routes = Routes()

    def __init__(self, world) -> None:
        super().__init__(world)
        self.issues: dict[int, Issue] = {}
        self.by_key: dict[str, Issue] = {}
        self.deleted: dict[int, str] = {}
        self.changes = ChangeLog()
        self.attachments: dict[int, Attachment] = {}
        self.links: dict[int, tuple[int, int]] = {}
        self.children: dict[int, list[int]] = {}
        self.registrations: dict[int, tuple] = {}
        self.numbers = dict.fromkeys(PROJECTS, 0)
        self.found: dict[tuple, list[Issue]] = {}
        self.last_id, self.version, self.comment_count = 9_999, 0, 0
        self.plain_request = Request("GET", "/", {"host": "127.0.0.1"}, b"")

    # Requests.

    def route_path(self, path: str) -> str:
        return path.strip("/").replace("rest/api/latest/", "rest/api/3/", 1)

    def error(self, status: int, message: str) -> Reply:
        if status == 401:
            return reply_json(401, {"errorMessages": ["Client must be authenticated to access this resource."],
                                    "errors": {}},
                              {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"})
        return reply_json(status, {"errorMessages": [message], "errors": {}})

    def dressed(self, reply: Reply, request: Request) -> Reply:
        """Service Management has one message where the platform has lists."""
        if not request.path.startswith("/rest/servicedeskapi/"):
            return reply
        told = json.loads(reply.body)
        messages = [*told["errorMessages"], *told["errors"].values()]
        return reply_json(reply.status, {"errorMessage": " ".join(messages), "i18nErrorMessage": {
            "i18nKey": "sd.error", "parameters": []}}, reply.headers)

    def limit(self, request: Request, route: Route | None) -> tuple[Reply | None, dict[str, str]]:
        user, now, headers = request.user, self.clock.now(), {}
        counted = [("jira-burst-based", "perSecond", 1, user.email), ("quota", "quotaPerHour", 3600, user.email)]
        if route and route.writes and "{key}" in route.pattern:
            key = route_key(request.path)
            counted.append(("jira-per-issue-on-write", "issueWritesPer2Seconds", 2, key))
        for reason, name, seconds, whose in counted:
            limit = self.settings.limit("jira", name)
            if not limit:
                continue
            allowed, left, wait = self.limits.take(name, whose, limit, seconds, now)
            headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left),
                       "X-RateLimit-Reset": iso(int(now + wait))}
            if not allowed:
                refusal = self.error(429, "Rate limit exceeded")
                refusal.headers = {"Retry-After": str(wait), "RateLimit-Reason": reason}
                return refusal, headers
        return None, headers

    # Records.

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def next_number(self, project: str) -> int:
        self.numbers[project] += 1
        return self.numbers[project]

    def add(self, issue: Issue) -> None:
        self.issues[issue.id] = self.by_key[issue.key] = issue
        if issue.parent is not None:
            self.children.setdefault(issue.parent, []).append(issue.id)
        self.changes.record(issue.updated, issue.id)
        self.version += 1

    def remove(self, issue: Issue) -> None:
        """Takes an issue out, with its links and attachments."""
        for link in list(issue.links or ()):
            unlink_from_others(self, link[0], issue)
        for id in issue.attachments:
            del self.attachments[id]
        del self.issues[issue.id], self.by_key[issue.key]
        self.deleted[issue.id] = issue.key
        self.changes.forget(issue.id)
        self.comment_count -= len(issue.comments)
        self.version += 1

    def find(self, name: str, user: Person) -> Issue | None:
        """An issue by key or id that the user may see."""
        issue = self.by_key.get(name.upper()) or self.issues.get(int(name) if name.isascii() and name.isdigit() else -1)
        return None if issue is None or history.is_hidden(issue, user) else issue

    def issue(self, name: str, user: Person) -> Issue:
        """As `find`. Raises Refused with 404."""
        found = self.find(name, user)
        if found is None:
            raise self.refuse(404, MISSING)
        return found

    def may_write(self, request: Request, issue: Issue) -> None:
        if not request.user.is_agent:
            raise self.refuse(403, "You do not have permission to edit issues in this project.")

    def subtasks(self, issue: Issue) -> list[Issue]:
        return [self.issues[id] for id in self.children.get(issue.id, ()) if id in self.issues]

    def publish(self, user: Person, event: str, issue: Issue, body) -> None:
        def bodies(hook) -> list[dict]:
            if int(hook.id) in self.registrations:
                _, about, accepts = self.registrations[int(hook.id)]
                if event not in about["events"] or not accepts(issue):
                    return []
            return [body()]
        self.world.webhooks.publish(self.name, user.email, bodies)

    # The control API.

    def counts(self) -> dict:
        return {"tickets": len(self.issues), "deleted": len(self.deleted), "comments": self.comment_count}

    def state(self, ids):
        return truth.state(self, ids)

    def articles_state(self) -> list[dict]:
        return []

    def seed(self, count: int, comments: tuple[int, int], number: int, days: float) -> int:
        return truth.seed(self, count, comments, number, days)

    def customer_wrote(self, id: str | None, email: str, text: str, subject: str) -> str:
        """A mail of a customer: a new request, or a comment, which may move the issue back to support."""
        person = self.people.add(email)
        if id is not None:
            issue = self.by_key.get(id) or self.issues[int(id)]
            commenting.add(self, issue, {"body": adf.document(text)}, person)
            return issue.key
        fields = {"project": {"key": "SUP"}, "issuetype": {"name": "Task"}, "summary": subject,
                  "description": adf.document(text)}
        try:
            return changing.create(self, {"fields": fields}, person).key
        except Refused as refused:
            raise ValueError(refused.reply.body.decode()) from refused

    def automation_changed(self, id: str, fields: dict) -> None:
        """A rule of the site, in the name of an administrator; `status` goes by name over the workflow."""
        issue = self.by_key.get(id) or self.issues[int(id)]
        admin = self.people.by_email["admin@example.com"]
        move = None
        if "status" in fields:
            move = next((each for each in issue.moves() if STATUSES[each.target].name == fields["status"]), None)
            if move is None:
                raise ValueError(f"status: the workflow does not lead there from {STATUSES[issue.status].name}")
        try:
            wanted = {name: value for name, value in fields.items() if name != "status"}
            changing.edit(self, issue, {"fields": wanted}, admin, None, move)
        except Refused as refused:
            raise ValueError(refused.reply.body.decode()) from refused


def route_key(path: str) -> str:
    """What stands for the issue in a path: the part after `issue` or `request`."""
    parts = path.split("/")
    return next((parts[index + 1] for index, part in enumerate(parts[:-1]) if part in ("issue", "request")), "")


def unlink_from_others(desk, id: int, gone: Issue) -> None:
    """Takes a link out of its other end."""
    for end in desk.links.pop(id):
        other = desk.issues[end]
        if other is not gone:
            other.links = [link for link in other.links if link[0] != id] or None


for module in (issues, comments, links, attachments, search, directory, hooks, portal, requests):
    Jira.routes.include(module.routes)
