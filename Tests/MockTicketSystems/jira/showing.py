"""Issues, comments, people and times as the platform API shows them."""

from datetime import datetime

from jira import adf
from jira.records import (CATEGORIES, CUSTOM, EXTERNAL_ID, GROUP, GROUPS, LINK_TYPES, ORGANIZATIONS, PRIORITIES,
                          PROJECTS, RESOLUTIONS,
                          STATUSES, TYPES, Attachment, Change, Comment, Issue, Move, Status)
from server.clock import local
from server.people import ORGANIZATIONS as NAMES
from server.people import Person


def time(milliseconds: int, zone: str) -> str:
    """2026-11-22T10:00:00.000+0000, in the zone of who asks"""
    moment: datetime = local(milliseconds // 1000, zone)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03}{moment:%z}"


class View:
    """How one user sees things: `base` for links, `zone` for times."""

    def __init__(self, desk, request) -> None:
        self.desk, self.base = desk, request.base
        self.zone = desk.settings.time_zone(request.user.email) if request.user else "UTC"

    def api(self, path: str) -> str:
        return f"{self.base}/rest/api/3/{path}"

    def time(self, milliseconds: int) -> str:
        return time(milliseconds, self.zone)

    def user(self, person: Person) -> dict:
        pictures = {size: f"{self.base}/avatar/{size[:2]}" for size in ("48x48", "24x24", "16x16", "32x32")}
        return {"self": self.api(f"user?accountId={person.account}"), "accountId": person.account,
                "emailAddress": person.email,
                "accountType": "atlassian" if person.is_agent else "customer", "avatarUrls": pictures,
                "displayName": person.name,
                "active": True, "timeZone": self.desk.settings.time_zone(person.email)}

    def person(self, number: int | None) -> dict | None:
        return None if number is None else self.user(self.desk.people.by_number[number])

    def category(self, key: str) -> dict:
        id, name, colour = CATEGORIES[key]
        return {"self": self.api(f"statuscategory/{id}"), "id": id, "key": key, "colorName": colour, "name": name}

    def status(self, status: Status) -> dict:
        return {"self": self.api(f"status/{status.id}"), "description": "", "iconUrl": f"{self.base}/images/status.png",
                "name": status.name, "id": str(status.id), "statusCategory": self.category(status.category)}

    def type(self, name: str) -> dict:
        return {"self": self.api(f"issuetype/{TYPES[name]}"), "id": str(TYPES[name]), "description": "", "name": name,
                "iconUrl": f"{self.base}/images/type.png", "subtask": name == "Sub-task", "avatarId": 10318,
                "hierarchyLevel": -1 if name == "Sub-task" else 0}

    def priority(self, name: str) -> dict:
        return {"self": self.api(f"priority/{PRIORITIES[name]}"), "iconUrl": f"{self.base}/images/priority.svg",
                "name": name,
                "id": str(PRIORITIES[name])}

    def resolution(self, name: str) -> dict:
        return {"self": self.api(f"resolution/{RESOLUTIONS[name]}"), "id": str(RESOLUTIONS[name]), "description": "",
                "name": name}

    def project(self, key: str) -> dict:
        project = PROJECTS[key]
        return {"self": self.api(f"project/{project.id}"), "id": str(project.id), "key": key, "name": project.name,
                "projectTypeKey": project.type, "simplified": False, "style": "classic", "isPrivate": False,
                "properties": {}}

    def move(self, move: Move) -> dict:
        return {"id": str(move.id), "name": move.name, "to": self.status(STATUSES[move.target]), "hasScreen": False,
                "isGlobal": False, "isInitial": False, "isAvailable": True, "isConditional": False, "isLooped": False}

    def comment(self, issue: Issue, comment: Comment) -> dict:
        shown = {"self": self.api(f"issue/{issue.id}/comment/{comment.id}"), "id": str(comment.id),
                 "author": self.person(comment.author), "body": adf.shown(comment.body),
                 "updateAuthor": self.person(comment.editor), "created": self.time(comment.created),
                 "updated": self.time(comment.updated)}
        if PROJECTS[issue.project].type == "service_desk":
            shown["jsdPublic"] = not comment.internal
        return shown

    def attachment(self, attachment: Attachment) -> dict:
        return {"self": self.api(f"attachment/{attachment.id}"), "id": str(attachment.id), "filename": attachment.name,
                "author": self.person(attachment.author), "created": self.time(attachment.created),
                "size": len(attachment.data),
                "mimeType": attachment.type, "content": self.api(f"attachment/content/{attachment.id}")}

    def change(self, change: Change) -> dict:
        """An entry of the changelog; a side that is empty is left out."""
        items = []
        for field, id, old, old_text, new, new_text in change.items:
            item = {"field": field, "fieldtype": "custom" if id.startswith("customfield_") else "jira", "fieldId": id,
                    "from": old, "fromString": old_text, "to": new, "toString": new_text}
            items.append({name: value for name, value in item.items() if value is not None})
        return {"id": str(change.id), "author": self.person(change.author), "created": self.time(change.time),
                "items": items}

    def link(self, issue: Issue, link: tuple[int, str, str, int]) -> dict:
        id, name, side, other = link
        type_id, inward, outward = LINK_TYPES[name]
        target = self.desk.issues[other]
        return {"id": str(id), "self": self.api(f"issueLink/{id}"), side: {
                    "id": str(target.id), "key": target.key, "self": self.api(f"issue/{target.id}"), "fields": {
                        "summary": target.summary, "status": self.status(STATUSES[target.status]),
                        "issuetype": self.type(target.type)}},
                "type": {"id": str(type_id), "name": name, "inward": inward, "outward": outward,
                         "self": self.api(f"issueLinkType/{type_id}")}}

    def fields(self, issue: Issue) -> dict:
        """All fields of an issue; each is made only when it is wanted."""
        organizations = issue.value(ORGANIZATIONS) or ()
        group = issue.value(GROUP)
        return {
            "summary": lambda: issue.summary, "description": lambda: adf.shown(issue.description),
            "issuetype": lambda: self.type(issue.type), "project": lambda: self.project(issue.project),
            "status": lambda: self.status(STATUSES[issue.status]),
            "statusCategory": lambda: self.category(STATUSES[issue.status].category),
            "statuscategorychangedate": lambda: self.time(issue.status_since),
            "priority": lambda: self.priority(issue.priority),
            "resolution": lambda: self.resolution(issue.resolution) if issue.resolution else None,
            "resolutiondate": lambda: self.time(issue.resolved) if issue.resolved else None,
            "reporter": lambda: self.person(issue.reporter), "creator": lambda: self.person(issue.creator),
            "assignee": lambda: self.person(issue.assignee), "labels": lambda: list(issue.labels),
            "created": lambda: self.time(issue.created), "updated": lambda: self.time(issue.updated),
            "parent": lambda: {"id": str(issue.parent), "key": self.desk.issues[issue.parent].key} if issue.parent
            else None,
            "subtasks": lambda: [{"id": str(child.id), "key": child.key, "self": self.api(f"issue/{child.id}")}
                                 for child in self.desk.subtasks(issue)],
            "issuelinks": lambda: [self.link(issue, link) for link in issue.links or ()],
            "attachment": lambda: [self.attachment(self.desk.attachments[id]) for id in issue.attachments],
            "comment": lambda: {"comments": [self.comment(issue, comment) for comment in issue.comments],
                                "self": self.api(f"issue/{issue.id}/comment"), "maxResults": len(issue.comments),
                                "total": len(issue.comments), "startAt": 0},
            EXTERNAL_ID: lambda: issue.value(EXTERNAL_ID),
            GROUP: lambda: {"self": self.api(f"customFieldOption/{GROUPS[group]}"), "value": group, "id": GROUPS[group]}
            if group else None,
            ORGANIZATIONS: lambda: [{"id": str(id), "name": NAMES[id - 1]} for id in organizations],
            "versions": list, "fixVersions": list, "components": list, "duedate": lambda: None,
            "environment": lambda: None,
        }

    def issue(self, issue: Issue, wanted: list[str], expand: frozenset[str] = frozenset()) -> dict:
        """An issue with the wanted fields: names, `*all`, `*navigable`, and `-name` to leave one out."""
        made = self.fields(issue)
        names = {name for name in wanted if not name.startswith(("-", "*"))}
        if not names or "*all" in wanted or "*navigable" in wanted:
            names = set(made) - ({"comment", "attachment"} if "*navigable" in wanted else set())
        names -= {name[1:] for name in wanted if name.startswith("-")}
        shown = {"expand": "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
                 "id": str(issue.id), "self": self.api(f"issue/{issue.id}"), "key": issue.key,
                 "fields": {name: make() for name, make in made.items() if name in names}}
        if "changelog" in expand:
            changes = (issue.changelog or [])[::-1]
            shown["changelog"] = {"startAt": 0, "maxResults": len(changes), "total": len(changes),
                                  "histories": [self.change(change) for change in changes]}
        if "transitions" in expand:
            shown["transitions"] = [self.move(move) for move in issue.moves()]
        if "renderedFields" in expand:
            shown["renderedFields"] = {"description": adf.text(issue.description)}
        if "names" in expand:
            shown["names"] = {name: CUSTOM[name][0] if name in CUSTOM else name for name in shown["fields"]}
        return shown
