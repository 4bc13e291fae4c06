"""The mock Zendesk: what it keeps, who may ask, its errors and limits."""

from server.changes import ChangeLog
from server.clock import iso
from server.messages import Refused, Reply, Request, reply_json, reply_page
from server.people import Person, logins
from server.routes import Route, Routes
from server.system import System
from zendesk import (bulk, changing, directory, events, export, help_center, requests, search, side_conversations,
                     tickets, truth,
                     uploads)
from zendesk.records import Attachment, Ticket

FOR_CUSTOMERS = ("requests", "uploads", "users/me", "attachments")
RECORD_ERRORS = {
    400: "BadRequest", 403: "Forbidden", 404: "RecordNotFound", 405: "InvalidEndpoint", 409: "DatabaseConflict",
    410: "Gone", 413: "AttachmentTooLarge", 422: "RecordInvalid", 500: "InternalError"}


class Zendesk(System):
    """Tickets by number, and everything else of the account."""

    name = "zendesk"
    prefixes = ("/api/v2/", "/attachments/token/")
    logins = logins("/token")
    routes = Routes()

    def __init__(self, world) -> None:
        super().__init__(world)
        self.started = self.clock.seconds()
        self.started_iso = iso(self.started)
        self.tickets: dict[int, Ticket] = {}
        self.by_external: dict[str, list[int]] = {}
        self.changes, self.people_changes = ChangeLog(), ChangeLog()
        self.keys: dict[str, tuple] = {}
        self.jobs: dict[str, bulk.Job] = {}
        self.attachments: dict[int, Attachment] = {}
        self.contents: dict[str, Attachment] = {}
        self.uploads: dict[str, list[int]] = {}
        self.attachment_bytes = self.comment_count = self.last_ticket = 0
        self.last_id = 100_000
        self.articles: dict[int, help_center.Article] = {}
        self.side_conversations: dict[int, list[dict]] = {}
        self.refusals = 0
        for person in self.people.by_number.values():
            self.people_changes.record(self.started, person.number)

    # Requests.

    def route_path(self, path: str) -> str:
        if path.startswith("/attachments/token/"):
            return "content/" + path.removeprefix("/attachments/token/").rstrip("/")
        return path.removeprefix("/api/v2/").rstrip("/").removesuffix(".json")

    def error(self, status: int, message: str) -> Reply:
        if status == 401:
            return reply_json(401, {"error": "Couldn't authenticate you"})
        if status == 429:
            # Now JSON, now plain text, as both are seen.
            self.refusals += 1
            if self.refusals % 2:
                return Reply(429, b"Number of allowed API requests per minute exceeded", "text/plain; charset=utf-8")
            return reply_json(429, {"error": "APIRateLimitExceeded",
                                    "description": "Number of allowed API requests per minute exceeded"})
        if status > 500:
            return reply_page(status, "Zendesk is not available")
        if status == 404:
            message = "Not found"
        if status == 409:
            message = "Database collision"
        return reply_json(status, {"error": RECORD_ERRORS.get(status, "Error"), "description": message})

    def permit(self, request: Request, route: Route) -> None:
        if not self.settings["cursorPaging"]:
            request.pairs, request._query = [pair for pair in request.pairs if not pair[0].startswith("page[")], None
        is_article = route.pattern.startswith("help_center") and not route.writes
        if not (request.user.is_agent or is_article or route.pattern.startswith(FOR_CUSTOMERS)):
            raise self.refuse(403, "You do not have access to this page")

    def limit(self, request: Request, route: Route | None) -> tuple[Reply | None, dict[str, str]]:
        pattern, user, now = route.pattern if route else "", request.user, self.clock.now()
        limit = self.settings.limit("zendesk", "perMinute")
        headers = {}
        if limit:
            allowed, left, wait = self.limits.take("account", user.email, limit, 60, now)
            headers = {"X-Rate-Limit": str(limit), "X-Rate-Limit-Remaining": str(left)}
            if pattern == "tickets":
                headers |= {"ratelimit-limit": str(limit), "ratelimit-remaining": str(left),
                            "ratelimit-reset": str(wait)}
            if not allowed:
                return self.too_many(wait), headers
        for kind, name, counts in (
                ("incrementalPerMinute", "incremental-exports", pattern.startswith("incremental/")),
                ("ticketsIndexPerMinute", "tickets-index", pattern == "tickets" and request.method == "GET")):
            limit = self.settings.limit("zendesk", kind)
            if limit and counts:
                allowed, left, wait = self.limits.take(kind, user.email, limit, 60, now)
                headers[f"zendesk-ratelimit-{name}"] = f"total={limit}; remaining={left}; resets={wait}"
                if not allowed:
                    return self.too_many(wait), headers
        return None, headers

    def too_many(self, wait: int) -> Reply:
        reply = self.error(429, "")
        reply.headers["Retry-After"] = str(wait)
        return reply

    # Records.

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def next_ticket(self) -> int:
        self.last_ticket += 1
        return self.last_ticket

    def ticket(self, id: str, user: Person) -> Ticket:
        """The ticket with a number. Raises Refused with 404, or 403 when the user may not see it."""
        ticket = self.tickets.get(int(id)) if id.isascii() and id.isdigit() and len(id) < 19 else None
        if ticket is None or ticket.deleted is not None:
            raise self.refuse(404, "Not found")
        if changing.is_hidden(ticket, user):
            raise self.refuse(403, "You do not have access to this ticket")
        return ticket

    def person(self, email: str, name: str | None = None) -> Person:
        is_new = email.lower() not in self.people.by_email
        person = self.people.add(email, name, created=self.clock.seconds())
        if is_new:
            self.people_changes.record(person.created, person.number)
        return person

    def add(self, ticket: Ticket) -> None:
        self.tickets[ticket.id] = ticket
        self.index_external(ticket, None)
        self.touch(ticket)

    def index_external(self, ticket: Ticket, old: str | None) -> None:
        if old is not None:
            self.by_external[old].remove(ticket.id)
        if ticket.external_id is not None:
            self.by_external.setdefault(ticket.external_id, []).append(ticket.id)

    def touch(self, ticket: Ticket, moves_updated: bool = True) -> None:
        """A change of the ticket: `generated` moves always, `updated` when a user made it."""
        now = self.clock.seconds()
        ticket.generated = now
        if moves_updated:
            ticket.updated = now
        self.changes.record(now, ticket.id)

    def publish(self, user: Person, bodies, ticket: Ticket) -> None:
        made: list[dict] = []

        def for_hook(hook) -> list[dict | bytes]:
            if not made and hook.options.template is None:
                made.extend(bodies())
            return events.for_hook(hook, made, ticket)
        self.world.webhooks.publish(self.name, user.email, for_hook)

    # The control API.

    def counts(self) -> dict:
        deleted = sum(ticket.deleted is not None for ticket in self.tickets.values())
        return {"tickets": len(self.tickets) - deleted, "deleted": deleted, "comments": self.comment_count}

    def state(self, ids):
        return truth.state(self, ids)

    def articles_state(self) -> list[dict]:
        return truth.articles(self)

    def seed(self, count: int, comments: tuple[int, int], number: int, days: float) -> int:
        return truth.seed(self, count, comments, number, days)

    def customer_wrote(self, id: str | None, email: str, text: str, subject: str) -> str:
        """A mail of a customer: a new ticket, a comment, or after the end a follow-up. The ticket it ended in."""
        person = self.person(email)
        try:
            if id is None:
                return str(changing.create(self, {"subject": subject, "comment": text}, person, "email").id)
            ticket = self.tickets[int(id)]
            if ticket.status == "closed" or ticket.deleted is not None:
                source = {"via_followup_source_id": ticket.id} if ticket.deleted is None else {}
                return str(changing.create(self, {
                    "subject": f"Re: {ticket.subject}", "comment": text, **source}, person, "email").id)
            changing.update(self, {"comment": text}, ticket, person, "email")
            return id
        except Refused as refused:
            raise ValueError(refused.reply.body.decode()) from refused

    def automation_changed(self, id: str, fields: dict) -> None:
        """A rule of the account: `updated_at` stays."""
        ticket, admin = self.tickets[int(id)], self.people.by_email["admin@example.com"]
        try:
            changing.apply(self, ticket, changing.read_changes(self, fields, admin), None, admin, "automation",
                           moves_updated=False)
        except Refused as refused:
            raise ValueError(refused.reply.body.decode()) from refused


for module in (tickets, bulk, export, search, directory, requests, side_conversations, uploads, help_center):
    Zendesk.routes.include(module.routes)
