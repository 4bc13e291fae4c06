"""All systems behind one port, and what they share."""

import asyncio
from collections import Counter, defaultdict

from server import control
from server.clock import Clock, http_date
from server.connection import Outcome
from server.faults import Faults, Plan
from server.journal import Journal
from server.messages import Request, reply_json, reply_page
from server.people import email_of
from server.recording import Recording
from server.settings import SYSTEMS, Settings
from server.webhooks import Webhooks

# The page to log in, of a type that does not say what it is.
PAGE_TYPES = {"untyped": "", "disguised": "application/json"}
PROCESSED = ("truncated", "timeoutAfterWrite", None)


class World:
    """The systems by name, with one clock, one journal, one plan of faults."""

    def __init__(self, kinds: dict[str, type], recording: Recording | None = None) -> None:
        assert tuple(kinds) == SYSTEMS
        self.kinds, self.recording = kinds, recording
        self.clock = Clock()
        self.webhooks = Webhooks(self.clock)
        self.reset(None)

    def reset(self, name: str | None) -> None:
        """Empties one system, or everything there is."""
        self.webhooks.end(name)
        if name is None:
            self.clock.offset = 0.0
            self.settings, self.faults, self.journal = Settings(), Faults(), Journal()
            self.requests: dict[str, Counter] = defaultdict(Counter)
            self.requests_of: dict[str | None, Counter] = defaultdict(Counter)
            self.refused: Counter = Counter()
            self.systems = {key: kind(self) for key, kind in self.kinds.items()}
            self.prefixes = [(prefix, key) for key, kind in self.kinds.items() for prefix in kind.prefixes]
        else:
            self.journal.forget(name)
            self.requests.pop(name, None)
            self.refused.pop(name, None)
            self.systems[name] = self.kinds[name](self)

    def answer(self, request: Request) -> Outcome:
        if request.path.startswith("/mock/"):
            return Outcome(control.answer(self, request))
        for prefix, name in self.prefixes:
            if request.path.startswith(prefix):
                outcome = self.answer_for(name, request)
                if outcome.reply is not None:
                    outcome.reply.headers.setdefault("Date", http_date(self.clock.now()))
                return outcome
        return Outcome(reply_json(404, {"error": "no system has this path"}))

    def answer_for(self, name: str, request: Request) -> Outcome:
        system = self.systems[name]
        route, names, known = system.routes.find(request.method, system.route_path(request.path))
        writes = route.writes if route else request.method not in ("GET", "HEAD")
        is_exempt = request.headers.get("x-mock-faults", "").lower() == "off"
        user = email_of(request.headers.get("authorization", ""), system.logins)
        if not is_exempt:
            self.requests[name][route.kind if route else f"{request.method} unknown"] += 1
            self.requests_of[user][name] += 1
        fault, latency = (None, 0.0) if is_exempt else self.faults.draw(request, name, user, writes)
        if fault not in PROCESSED:
            return self.spoilt(system, request, fault, latency)
        reply = system.answer(request, route, names, known, is_exempt)
        if fault == "timeoutAfterWrite":
            return Outcome(None, latency + self.faults.plan.timeoutSeconds, "silent")
        if self.recording and fault is None:
            self.recording.add(request, reply)
        return Outcome(reply, latency, fault or "whole")

    def spoilt(self, system, request: Request, fault: str, latency: float) -> Outcome:
        """The end of a request that the system never sees."""
        if fault == "reset":
            return Outcome(None, latency, "reset")
        if fault == "html" or fault == "login" and self.faults.random.random() < 0.5:
            return Outcome(reply_page(200, "Log in" if fault == "login" else "One moment please"), latency)
        if fault == "login":
            return Outcome(reply_page(302, "Log in", {"Location": "/login?return_to=/"}), latency)
        if fault in PAGE_TYPES:
            page = reply_page(200, "Log in")
            page.type = PAGE_TYPES[fault]
            return Outcome(page, latency)
        if fault == "maintenance":
            return Outcome(reply_json(200, {"status": "maintenance"}), latency)
        if fault == "echo":
            words = f"Not understood: Authorization: {request.headers.get('authorization', '')}"
            return Outcome(system.dressed(system.error(400, words), request), latency)
        reply = system.dressed(system.error(int(fault), f"Fault {fault}"), request)
        if fault in ("429", "503") and (wait := self.retry_after()) is not None:
            reply.headers["Retry-After"] = wait
        return Outcome(reply, latency)

    def retry_after(self) -> str | None:
        """A value of Retry-After as the plan draws it."""
        drawn = self.faults.retry_after()
        if drawn == "none":
            return None
        return http_date(self.clock.now() + 1) if drawn == "date" else drawn

    def later(self, system, seconds: float, act) -> None:
        """Runs `act` after `seconds`, unless the system was emptied since."""
        asyncio.get_running_loop().call_later(seconds, lambda: act() if self.systems[system.name] is system else None)

    def set_faults(self, given: dict) -> None:
        plan = Plan(**given)
        plan.check()
        self.faults = Faults(plan)

    def set_settings(self, given: dict) -> None:
        self.settings.change(given)
        self.clock.offset = self.settings["clockOffsetSeconds"]
