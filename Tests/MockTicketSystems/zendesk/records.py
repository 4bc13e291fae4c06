"""What Zendesk keeps: tickets with their comments and changes, uploads, groups and ticket fields."""

from hashlib import sha256

from server.people import ORGANIZATIONS, domain

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES = ("urgent", "high", "normal", "low")
TYPES = ("problem", "incident", "question", "task")
GROUPS = {20: "Support", 21: "Escalations"}
HIDDEN_GROUP = 21
FIRST_ORGANIZATION = 500
COMPONENTS = {"component_upload": "Upload", "component_login": "Log-in", "component_report": "Report",
              "component_sync": "Sync"}
VERSION, COMPONENT, NOTE = 360001, 360002, 360003
CUSTOM = {VERSION: ("Version", "text"), COMPONENT: ("Component", "tagger"), NOTE: ("Casebook note", "text")}
SYSTEM_FIELDS = (("subject", "Subject"), ("description", "Description"), ("status", "Status"), ("tickettype", "Type"),
                 ("priority", "Priority"), ("group", "Group"), ("assignee", "Assignee"))


class Comment:
    """One message; `author` is a number of a user, times are seconds, `audit` is the audit it came with.

    Those of `attachments` that are `pictures` stand within the text.
    """

    __slots__ = ("id", "audit", "author", "text", "public", "created", "attachments", "channel", "pictures")

    def __init__(self, id: int, audit: int, author: int, text: str, public: bool, created: int,
                 attachments: tuple = (), channel: str = "api", pictures: tuple = ()) -> None:
        self.id, self.audit, self.author, self.text = id, audit, author, text
        self.public, self.created, self.attachments, self.channel = public, created, attachments, channel
        self.pictures = pictures


class Ticket:
    """A ticket as it is now. `changes` tells how it became so: (audit, time, author, field, old, new), or None.

    `updated` moves with changes by users, `generated` with every change. `custom` holds the custom fields that are set.
    """

    __slots__ = ("id", "external_id", "subject", "status", "priority", "type", "requester", "submitter", "assignee",
                 "group",
                 "organization", "problem", "due_at", "recipient", "created", "updated", "generated", "tags", "custom",
                 "comments",
                 "changes", "channel", "followup_of", "followups", "deleted", "deleted_by", "merged_into",
                 "collaborators")

    def __init__(self, id: int, subject: str, requester: int, submitter: int, created: int,
                 channel: str = "api") -> None:
        self.id, self.subject, self.requester, self.submitter, self.channel = id, subject, requester, submitter, channel
        self.created = self.updated = self.generated = created
        self.status = "new"
        self.tags = self.followups = self.collaborators = ()
        self.external_id = self.priority = self.type = self.assignee = self.group = self.organization = None
        self.problem = self.due_at = self.recipient = self.custom = self.changes = self.followup_of = None
        self.deleted = self.deleted_by = self.merged_into = None
        self.comments: list[Comment] = []

    @property
    def audit(self) -> int:
        """The id of the audit of its creation."""
        return self.comments[0].audit


class Attachment:
    """Bytes that were uploaded: `upload` names them in a comment, once, `token` reads them."""

    __slots__ = ("id", "name", "type", "data", "token", "upload", "created")

    def __init__(self, id: int, name: str, type: str, data: bytes, token: str, upload: str, created: int) -> None:
        self.id, self.name, self.type, self.data = id, name, type, data
        self.token, self.upload, self.created = token, upload, created

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def organization_id(index: int | None) -> int | None:
    return None if index is None else FIRST_ORGANIZATION + index


def organization_ids() -> list[int]:
    return [FIRST_ORGANIZATION + index for index in range(len(ORGANIZATIONS))]


def shown_organization(base: str, id: int, created: str) -> dict:
    index = id - FIRST_ORGANIZATION
    return {"url": f"{base}/api/v2/organizations/{id}.json", "id": id, "name": ORGANIZATIONS[index],
            "shared_tickets": False,
            "shared_comments": False, "external_id": None, "created_at": created, "updated_at": created,
            "domain_names": [domain(index)], "details": None, "notes": None, "group_id": None, "tags": [],
            "organization_fields": {}}
