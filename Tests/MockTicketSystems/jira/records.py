"""What Jira keeps: issues with their comments and changelog, and the workflows of the projects."""

from hashlib import sha256
from typing import NamedTuple


class Status(NamedTuple):
    id: int
    name: str
    category: str


class Move(NamedTuple):
    """A transition: from any of the statuses `sources` to `target`."""

    id: int
    name: str
    sources: tuple[int, ...]
    target: int


class Project(NamedTuple):
    id: int
    key: str
    name: str
    type: str
    first: int
    moves: tuple[Move, ...]
    types: tuple[str, ...]


# key: (id, name, colour)
CATEGORIES = {"new": (2, "To Do", "blue-gray"), "indeterminate": (4, "In Progress", "yellow"),
              "done": (3, "Done", "green")}
OPEN, STARTED, FOR_SUPPORT, FOR_CUSTOMER, PENDING, RESOLVED, CLOSED = range(10001, 10008)
TODO, DOING, REVIEW, DONE = range(10011, 10015)
STATUSES = {status.id: status for status in (
    Status(OPEN, "Open", "new"), Status(STARTED, "In Progress", "indeterminate"),
    Status(FOR_SUPPORT, "Waiting for support", "indeterminate"), Status(FOR_CUSTOMER, "Waiting for customer",
                                                                        "indeterminate"),
    Status(PENDING, "Pending", "indeterminate"), Status(RESOLVED, "Resolved", "done"), Status(CLOSED, "Closed", "done"),
    Status(TODO, "To Do", "new"), Status(DOING, "In Development", "indeterminate"),
    Status(REVIEW, "In Review", "indeterminate"),
    Status(DONE, "Done", "done"))}
SUPPORT_MOVES = (
    Move(11, "Start progress", (OPEN, FOR_SUPPORT, PENDING), STARTED),
    Move(21, "Respond to customer", (OPEN, STARTED, FOR_SUPPORT), FOR_CUSTOMER),
    Move(31, "Respond to support", (FOR_CUSTOMER,), FOR_SUPPORT),
    Move(41, "Pending", (STARTED, FOR_SUPPORT), PENDING),
    Move(51, "Resolve this issue", (OPEN, STARTED, FOR_SUPPORT, FOR_CUSTOMER, PENDING), RESOLVED),
    Move(61, "Close", (RESOLVED,), CLOSED),
    Move(71, "Reopen", (RESOLVED, CLOSED), FOR_SUPPORT))
ENGINEERING_MOVES = (
    Move(11, "Start", (TODO, REVIEW), DOING), Move(21, "Review", (DOING,), REVIEW),
    Move(31, "Finish", (DOING, REVIEW), DONE),
    Move(41, "Reopen", (DONE,), TODO))
PROJECTS = {project.key: project for project in (
    Project(10000, "SUP", "Support", "service_desk", OPEN, SUPPORT_MOVES, ("Task", "Incident", "Question", "Sub-task")),
    Project(10100, "ENG", "Engineering", "software", TODO, ENGINEERING_MOVES, ("Bug", "Task", "Sub-task")))}
TYPES = {name: 10201 + index for index, name in enumerate(("Task", "Incident", "Question", "Bug", "Sub-task"))}
PRIORITIES = {name: index for index, name in enumerate(("Highest", "High", "Medium", "Low", "Lowest"), start=1)}
RESOLUTIONS = {"Done": 10000, "Won't Do": 10001, "Duplicate": 10002}
LINK_TYPES = {"Blocks": (10000, "is blocked by", "blocks"), "Duplicate": (10002, "is duplicated by", "duplicates"),
              "Relates": (10003, "relates to", "relates to")}
# id: (name, type, kind for the schema)
EXTERNAL_ID, GROUP, ORGANIZATIONS = "customfield_10100", "customfield_10060", "customfield_10002"
CUSTOM = {EXTERNAL_ID: ("External ID", "string", "textfield"), GROUP: ("Support group", "option", "select"),
          ORGANIZATIONS: ("Organizations", "array", "sd-customer-organizations")}
GROUPS = {"Support": "10400", "Escalations": "10401"}
HIDDEN_GROUP = "Escalations"


class Comment:
    """`body` is a text, or an ADF document as it was sent; `author` is a number of a person, times are milliseconds."""

    __slots__ = ("id", "author", "body", "created", "updated", "editor", "internal", "properties")

    def __init__(self, id: int, author: int, body, created: int, internal: bool,
                 properties: dict | None = None) -> None:
        self.id, self.author, self.body, self.created, self.internal = id, author, body, created, internal
        self.updated, self.editor, self.properties = created, author, properties


class Attachment:
    __slots__ = ("id", "name", "type", "data", "author", "created", "issue")

    def __init__(self, id: int, name: str, type: str, data: bytes, author: int, created: int,
                 issue: int | None) -> None:
        self.id, self.name, self.type, self.data = id, name, type, data
        self.author, self.created, self.issue = author, created, issue

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


class Change(NamedTuple):
    """One entry of a changelog; an item is (field, fieldId, from, fromString, to, toString)."""

    id: int
    time: int
    author: int
    items: tuple[tuple, ...]


class Issue:
    """An issue as it is now. `stale` holds (time of a change, how the issue was before) as long as the index lags behind."""

    __slots__ = ("id", "project", "number", "type", "summary", "description", "status", "priority", "reporter",
                 "creator", "assignee",
                 "labels", "created", "updated", "resolution", "resolved", "status_since", "custom", "comments",
                 "changelog", "links",
                 "remote_links", "attachments", "parent", "properties", "request_type", "stale")

    def __init__(self, id: int, project: str, number: int, type: str, summary: str, reporter: int,
                 created: int) -> None:
        self.id, self.project, self.number, self.type, self.summary = id, project, number, type, summary
        self.reporter = self.creator = reporter
        self.created = self.updated = self.status_since = created
        self.status, self.priority = PROJECTS[project].first, "Medium"
        self.description = self.assignee = self.resolution = self.resolved = self.custom = self.parent = None
        self.changelog = self.links = self.remote_links = self.properties = self.stale = None
        self.request_type = "2" if PROJECTS[project].type == "service_desk" else None
        self.labels = self.attachments = ()
        self.comments: list[Comment] = []

    @property
    def key(self) -> str:
        return f"{self.project}-{self.number}"

    def value(self, custom: str):
        return (self.custom or {}).get(custom)

    def moves(self) -> list[Move]:
        """What the workflow allows from here."""
        return [move for move in PROJECTS[self.project].moves if self.status in move.sources]
