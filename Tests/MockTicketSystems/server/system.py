"""What every mock system does with a request before and after its own handlers."""

import sys
import traceback

from server.messages import Refused, Reply, Request
from server.limits import Limits
from server.people import People, Person, email_of
from server.routes import Route, Routes


class System:
    """One ticket system. A subclass gives its routes, logins, errors, limits and records."""

    name: str
    routes: Routes
    logins: dict[str, str]

    def __init__(self, world) -> None:
        self.world, self.clock, self.settings = world, world.clock, world.settings
        self.people = People(self.clock.seconds())
        self.limits = Limits()

    # What a subclass says.

    def error(self, status: int, message: str) -> Reply:
        """An error in the system's own words."""
        raise NotImplementedError

    def limit(self, request: Request, route: Route | None) -> tuple[Reply | None, dict[str, str]]:
        """(the refusal when a limit is reached, headers that tell the limits)."""
        raise NotImplementedError

    def permit(self, request: Request, route: Route) -> None:
        """Raises Refused when the user may not ask this at all, or not in this format."""

    def dressed(self, reply: Reply, request: Request) -> Reply:
        """An error in the words of the part of the system that was asked."""
        return reply

    # What all do.

    def refuse(self, status: int, message: str) -> Refused:
        return Refused(self.error(status, message))

    def authenticate(self, request: Request) -> Person:
        """The user whose credentials the request has. Raises Refused with 401."""
        email = email_of(request.headers.get("authorization", ""), self.logins)
        if email is None:
            raise self.refuse(401, "Couldn't authenticate you")
        return self.people.by_email[email]

    def answer(self, request: Request, route: Route | None, names: list[str], known: bool, is_exempt: bool) -> Reply:
        headers: dict[str, str] = {}
        try:
            if any(request.path.startswith(path) for path in self.settings["gone"]):
                raise self.refuse(410, "The requested API has been removed.")
            if any(request.path.startswith(path) for path in self.settings["forbidden"]):
                raise self.refuse(403, "Not permitted")
            if route is None or not route.is_open:
                request.user = self.authenticate(request)
            if request.user and not is_exempt:
                refusal, headers = self.limit(request, route)
                if refusal is not None:
                    self.world.refused[self.name] += 1
                    raise Refused(refusal)
            if route is None:
                raise self.refuse(405 if known else 404, "Method not allowed" if known else "Not found")
            if route.writes and self.settings["readOnly"][self.name]:
                raise self.refuse(403, "The account is read-only")
            if request.user:
                self.permit(request, route)
            reply = route.function(self, request, *names)
        except Refused as refused:
            reply = self.dressed(refused.reply, request)
        except Exception:
            # A fault of the mock itself: told apart from the faults on purpose, and loud.
            traceback.print_exc(file=sys.stderr)
            reply = Reply(500, b"", headers={"X-Mock-Bug": "1"})
        if headers:
            reply.headers = {**headers, **reply.headers}
        return reply

    def wrote(self, request: Request, ticket: str, what: str, fields: dict | None = None, comment: str | None = None,
              is_replay: bool = False) -> None:
        """Puts an accepted write into the journal."""
        self.world.journal.record(self.name, self.clock.now(), request.user.email if request.user else "",
                                  request.method,
                                  request.target, ticket, what, fields, comment, is_replay)

    def object(self, request: Request, *names: str) -> dict:
        """The body as an object, or the object under one name in it. Raises Refused with 400."""
        try:
            value = request.json()
        except ValueError:
            raise self.refuse(400, "The body is no JSON") from None
        for name in names:
            value = value.get(name) if isinstance(value, dict) else None
        if not isinstance(value, dict):
            raise self.refuse(400, f"{'.'.join(names) or 'The body'}: an object is needed")
        return value

    def items(self, given: dict, name: str) -> list:
        """The list under a name in a body, empty when there is none. Raises Refused with 400 when it is something else."""
        value = given.get(name)
        if not isinstance(value, list | None):
            raise self.refuse(400, f"{name}: an array is needed")
        return value or []
