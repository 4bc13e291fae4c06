"""What every change of an issue does: `updated`, the index, the changelog and the calls to webhooks."""

import copy

from jira import fields
from jira.records import GROUP, HIDDEN_GROUP, STATUSES, Change, Comment, Issue, Move
from jira.showing import View
from server.messages import Request
from server.people import Person


def apply(desk, issue: Issue, wanted: dict, user: Person, request: Request | None = None,
          move: Move | None = None) -> list[str]:
    """Puts values in, and the issue through a transition, under one entry of the changelog. What is already so is no change.
    The names of the fields that changed."""
    wanted = dict(wanted)
    if move is not None:
        if STATUSES[move.target].category == "done":
            wanted.setdefault("resolution", issue.resolution or "Done")
        else:
            wanted["resolution"] = None
    changed = {name: value for name, value in wanted.items() if fields.get(issue, name) != value}
    items = [fields.item(desk, name, fields.get(issue, name), value) for name, value in changed.items()]
    if move is not None:
        old, new = STATUSES[issue.status], STATUSES[move.target]
        items.append(("status", "status", str(old.id), old.name, str(new.id), new.name))
    if not items:
        return []
    touch(desk, issue)
    for name, value in changed.items():
        fields.put(issue, name, value)
    if move is not None:
        if old.category != new.category:
            issue.status_since = issue.updated
        issue.status = new.id
    if "resolution" in changed:
        issue.resolved = issue.updated if issue.resolution else None
    record(desk, issue, user, tuple(items), request)
    return [*changed, *(["status"] if move is not None else [])]


def touch(desk, issue: Issue) -> None:
    """A change is about to happen: `updated` moves, and the index keeps what was as long as it lags."""
    now, lag = desk.clock.milliseconds(), desk.settings["indexLagSeconds"] * 1000
    if lag:
        before = copy.copy(issue)
        before.stale = None
        issue.stale = [pair for pair in issue.stale or () if pair[0] > now - lag] + [(now, before)]
    else:
        issue.stale = None
    issue.updated = now
    desk.changes.record(now, issue.id)
    desk.version += 1


def record(desk, issue: Issue, user: Person, items: tuple, request: Request | None) -> None:
    """Adds an entry to the changelog and tells the webhooks."""
    change = Change(desk.next_id(), issue.updated, user.number, items)
    issue.changelog = [*(issue.changelog or ()), change]
    publish(desk, request, user, issue, "jira:issue_updated", "issue_generic", change)


def publish(desk, request: Request | None, user: Person, issue: Issue, event: str, kind: str = "",
            change: Change | None = None,
            comment: Comment | None = None) -> None:
    def body() -> dict:
        view = View(desk, request or desk.plain_request)
        made = {"timestamp": desk.clock.milliseconds(), "webhookEvent": event, "user": view.user(user),
                "issue": view.issue(issue, ["*all", "-comment"])}
        if kind:
            made["issue_event_type_name"] = kind
        if change is not None:
            made["changelog"] = {"id": str(change.id), "items": view.change(change)["items"]}
        if comment is not None:
            made["comment"] = view.comment(issue, comment)
        return made
    desk.publish(user, event, issue, body)


def is_hidden(issue: Issue, user: Person) -> bool:
    """Access: the limited user sees nothing of one group, a customer only their own."""
    if user.is_agent:
        return user.limited and issue.value(GROUP) == HIDDEN_GROUP
    return issue.reporter != user.number
