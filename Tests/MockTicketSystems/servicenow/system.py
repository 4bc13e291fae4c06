"""The mock ServiceNow: its tables, errors and limits."""

from math import ceil

from server.messages import Reply, Request, reply_json
from server.people import ORGANIZATIONS, Person, digest, logins
from server.routes import Route, Routes
from server.system import System
from servicenow import attachments, records, table_api, truth
from servicenow.query import Results
from servicenow.schema import company_id, fill, tables

STORE_SECONDS = 30
MESSAGES = {
    401: ("User Not Authenticated", "Required to provide Auth information"),
    404: ("No Record found", "Record doesn't exist or ACL restricts the record retrieval"),
    429: ("Rate limit exceeded", "Rate limit exceeded, please try again later")}


class Quota:
    """Requests of one user in one hour; they count once they are stored, which happens every 30 s."""

    def __init__(self, now: float) -> None:
        self.hour, self.stored, self.waiting, self.stored_at = now // 3600, 0, 0, now

    def take(self, limit: int, now: float) -> bool:
        if now // 3600 != self.hour:
            self.__init__(now)
        self.waiting += 1
        if now - self.stored_at >= STORE_SECONDS:
            self.stored, self.waiting, self.stored_at = self.stored + self.waiting, 0, now
        return self.stored < limit


class ServiceNow(System):
    """Tables of strings by name."""

    name = "servicenow"
    prefixes = ("/api/now/",)
    logins = logins("")
    routes = Routes()

    def __init__(self, world) -> None:
        super().__init__(world)
        self.tables = tables()
        self.results = Results()
        self.files: dict[str, bytes] = {}
        self.quotas: dict[str, Quota] = {}
        self.last_id, self.last_incident, self.last_article = 0, 10_000, 10_000
        fill(self.tables, self.clock.seconds())
        for person in self.people.by_email.values():
            records.person_row(self, person)

    # Requests.

    def route_path(self, path: str) -> str:
        path = path.removeprefix("/api/now/").rstrip("/")
        return path[3:] if path.startswith(("v1/", "v2/")) else path

    def error(self, status: int, message: str) -> Reply:
        message, detail = MESSAGES.get(status, (message, message))
        headers = {"WWW-Authenticate": 'BASIC realm="Service-now"'} if status == 401 else {}
        return reply_json(status, {"error": {"message": message, "detail": detail}, "status": "failure"}, headers)

    def permit(self, request: Request, route: Route) -> None:
        if not route.pattern.startswith("table"):
            return
        if not any(kind in request.headers.get("accept", "*/*") for kind in ("*/*", "application/*", "json")):
            raise self.refuse(406, "Not acceptable")
        if request.body and "json" not in request.headers.get("content-type", "json"):
            raise self.refuse(415, "Unsupported media type")

    def limit(self, request: Request, route: Route | None) -> tuple[Reply | None, dict[str, str]]:
        limit, now = self.settings.limit("servicenow", "perHour"), self.clock.now()
        if not limit:
            return None, {}
        quota = self.quotas.setdefault(request.user.email, Quota(now))
        reset = (now // 3600 + 1) * 3600
        headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Reset": str(int(reset)),
                   "X-RateLimit-Rule": digest("sys_rate_limit_rules", "casebook")}
        if quota.take(limit, now):
            return None, headers
        refusal = self.error(429, "")
        refusal.headers["Retry-After"] = str(max(1, ceil(reset - now)))
        return refusal, headers

    # Records.

    def next_id(self) -> str:
        self.last_id += 1
        return digest("record", str(self.last_id))

    def person(self, email: str, name: str | None = None) -> Person:
        is_new = email.lower() not in self.people.by_email
        person = self.people.add(email, name, created=self.clock.seconds())
        if is_new:
            records.person_row(self, person)
        return person

    def company(self, person: Person) -> str:
        return "" if person.organization is None else company_id(ORGANIZATIONS[person.organization])

    # The control API.

    def counts(self) -> dict:
        deleted = self.tables["sys_audit_delete"]
        return {"tickets": len(self.tables["incident"].rows), "comments": len(self.tables["sys_journal_field"].rows),
                "deleted": sum(deleted.get(row, "tablename") == "incident" for row in deleted.rows.values())}

    def state(self, ids):
        return truth.state(self, ids)

    def articles_state(self) -> list[dict]:
        return truth.articles(self)

    def seed(self, count: int, comments: tuple[int, int], number: int, days: float) -> int:
        return truth.seed(self, count, comments, number, days)

    def customer_wrote(self, id: str | None, email: str, text: str, subject: str) -> str:
        """A mail of a customer: a new incident, or a comment, which takes a resolved one up again."""
        person, table = self.person(email), self.tables["incident"]
        if id is None:
            row, _ = records.create(self, table, {
                "short_description": subject, "description": text, "caller_id": person.sys_id,
                "company": self.company(person), "contact_type": "email"}, person)
            return row[0]
        row = table.rows[id]
        values = {"comments": text}
        if table.get(row, "state") in ("3", "6"):
            values["state"] = "2"
        records.update(self, table, row, values, person)
        return id

    def automation_changed(self, id: str, fields: dict) -> None:
        """A script without autoSysFields: the row changes and `sys_updated_on` stays."""
        table, admin = self.tables["incident"], self.people.by_email["admin@example.com"]
        values = records.accepted(table, {name: str(value) for name, value in fields.items()}, admin)
        records.update(self, table, table.rows[id], values, admin, is_silent=True)


for module in (table_api, attachments):
    ServiceNow.routes.include(module.routes)
