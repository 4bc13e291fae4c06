"""Calls from a system to a receiver: signed as that system signs, repeated as it repeats, and spoilt on purpose."""

import asyncio
import base64
import hmac
import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit
from uuid import UUID

from server.clock import Clock, iso

WAITING_LIMIT = 100_000
HOLD_SECONDS = 1.0


def zendesk_signature(secret: str, timestamp: str, body: bytes) -> str:
    """base64(HMAC-SHA256(secret, timestamp + body))"""
    return base64.b64encode(hmac.digest(secret.encode(), timestamp.encode() + body, "sha256")).decode()


def jira_signature(secret: str, body: bytes) -> str:
    """sha256=<hexadecimal HMAC-SHA256(secret, body)>"""
    return "sha256=" + hmac.digest(secret.encode(), body, "sha256").hex()


def repeats(system: str, status: int | None) -> int:
    """How often a call is repeated after this answer; None is no answer in time."""
    if system == "zendesk":
        return 3 if status == 409 else 5 if status in (None, 429, 503) else 0
    if system == "jira":
        return 5 if status is None or status in (408, 409, 425, 429) or status >= 500 else 0
    return 0


class Breaker:
    """Zendesk's: opens for 5 s when of at least 20 calls in 5 minutes 70 % failed, or over 1,000."""

    def __init__(self) -> None:
        self.calls: deque[tuple[float, bool]] = deque(maxlen=10_000)
        self.open_until = 0.0

    def is_open(self, now: float) -> bool:
        return now < self.open_until

    def note(self, now: float, failed: bool) -> None:
        if not failed and self.open_until:
            self.calls.clear()
            self.open_until = 0.0
        self.calls.append((now, failed))
        while self.calls[0][0] < now - 300:
            self.calls.popleft()
        errors = sum(failed for _, failed in self.calls)
        if errors > 1000 or len(self.calls) >= 20 and errors >= 0.7 * len(self.calls):
            self.open_until = now + 5


@dataclass
class Call:
    """One call to be made. `id` is the same on every repeat."""

    id: str
    body: bytes
    attempt: int = 0


@dataclass
class Options:
    """What POST /mock/webhooks sets; README.md says what each means."""

    system: str
    url: str
    secret: str | None = None
    duplicate: float = 0
    reorder: float = 0
    drop: float = 0
    seed: int = 0
    user: str | None = None
    template: str | None = None
    timeoutSeconds: float = 5
    retrySeconds: float = 1

    def check(self) -> None:
        """Raises ValueError naming what is wrong."""
        parts = urlsplit(self.url) if isinstance(self.url, str) else None
        if parts is None or parts.scheme != "http" or not parts.hostname:
            raise ValueError("url: http://host:port/path is needed")
        if self.system not in ("zendesk", "servicenow", "jira"):
            raise ValueError(f"system: {self.system!r} makes no calls")
        if not all(isinstance(rate, int | float) and 0 <= rate <= 1
                   for rate in (self.duplicate, self.reorder, self.drop)):
            raise ValueError("duplicate, reorder and drop are probabilities")


class Webhook:
    """Makes the calls of one system to one receiver, one after the other."""

    def __init__(self, id: str, options: Options, clock: Clock, expires: float | None = None) -> None:
        self.id, self.options, self.clock, self.expires = id, options, clock, expires
        self.random = Random(options.seed)
        self.waiting: deque[Call] = deque()
        self.held: Call | None = None
        self.breaker = Breaker()
        self.counts = dict.fromkeys(
            ("events", "sent", "succeeded", "failed", "repeated", "duplicated", "reordered", "dropped"), 0)
        self.wake = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(self.work())

    def publish(self, body: bytes) -> None:
        """Queues a call, or spoils it as the options say."""
        self.counts["events"] += 1
        call = Call(str(UUID(int=self.random.getrandbits(128), version=4)), body)
        options, draw = self.options, self.random.random
        if draw() < options.drop:
            self.counts["dropped"] += 1
            return
        is_double = draw() < options.duplicate
        self.counts["duplicated"] += is_double
        if self.held is None and draw() < options.reorder:
            self.counts["reordered"] += 1
            self.held = call
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self.release, call)
        else:
            self.queue(call)
            self.release(self.held)
        if is_double:
            self.queue(call)

    def release(self, held: Call | None) -> None:
        if held is not None and held is self.held:
            self.held = None
            self.queue(held)

    def queue(self, call: Call) -> None:
        if len(self.waiting) >= WAITING_LIMIT:
            self.counts["dropped"] += 1
            return
        self.waiting.append(call)
        self.wake.set()

    def end(self) -> None:
        self.task.cancel()

    async def work(self) -> None:
        while True:
            while self.waiting:
                await self.deliver(self.waiting.popleft())
            self.wake.clear()
            await self.wake.wait()

    async def deliver(self, call: Call) -> None:
        is_zendesk = self.options.system == "zendesk"
        now = self.clock.now()
        if is_zendesk and self.breaker.is_open(now):
            self.counts["dropped"] += 1
            return
        self.counts["sent"] += 1
        self.counts["repeated"] += call.attempt > 0
        status = await self.send(call)
        succeeded = status is not None and 200 <= status < 300
        self.counts["succeeded" if succeeded else "failed"] += 1
        if is_zendesk:
            self.breaker.note(now, not succeeded)
        if not succeeded and call.attempt < repeats(self.options.system, status):
            again = Call(call.id, call.body, call.attempt + 1)
            asyncio.get_running_loop().call_later(self.options.retrySeconds, self.queue, again)

    async def send(self, call: Call) -> int | None:
        """The status of the answer, or None when there was none in time."""
        try:
            async with asyncio.timeout(self.options.timeoutSeconds):
                return await post(self.options.url, self.headers(call), call.body)
        except (OSError, TimeoutError, ValueError, asyncio.IncompleteReadError):
            return None

    def headers(self, call: Call) -> dict[str, str]:
        secret = self.options.secret
        headers = {"Content-Type": "application/json"}
        if self.options.system == "zendesk":
            stamp = iso(self.clock.seconds())
            headers |= {"User-Agent": "Zendesk Webhook", "X-Zendesk-Account-Id": "1", "X-Zendesk-Webhook-Id": self.id,
                        "X-Zendesk-Webhook-Invocation-Id": call.id}
            if secret is not None:
                headers["X-Zendesk-Webhook-Signature"] = zendesk_signature(secret, stamp, call.body)
                headers["X-Zendesk-Webhook-Signature-Timestamp"] = stamp
        elif self.options.system == "jira":
            headers |= {"User-Agent": "Atlassian Webhook HTTP Client", "X-Atlassian-Webhook-Identifier": call.id,
                        "X-Atlassian-Webhook-Flow": "Primary"}
            if secret is not None:
                headers["X-Hub-Signature"] = jira_signature(secret, call.body)
            if call.attempt:
                headers["X-Atlassian-Webhook-Retry"] = str(call.attempt)
        elif secret is not None:
            headers["X-Casebook-Secret"] = secret
        return headers

    def shown(self) -> dict:
        waiting = len(self.waiting) + (self.held is not None)
        return {"id": self.id, "system": self.options.system, "url": self.options.url, **self.counts,
                "waiting": waiting}


async def post(url: str, headers: dict[str, str], body: bytes) -> int:
    """POSTs and returns the status of the answer."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"POST {target} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port or 80)
    try:
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        return int((await reader.readuntil(b"\r\n")).split(b" ", 2)[1])
    except IndexError as error:
        raise ValueError("no status") from error
    finally:
        writer.close()


class Webhooks:
    """All webhooks of all systems."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.hooks: dict[str, Webhook] = {}
        self.made = 0

    def add(self, options: Options, expires: float | None = None) -> Webhook:
        self.made += 1
        hook = Webhook(f"{1000 + self.made}", options, self.clock, expires)
        self.hooks[hook.id] = hook
        return hook

    def publish(self, system: str, email: str, bodies: Callable[[Webhook], list[dict | bytes]]) -> None:
        """Gives every webhook of the system that wants writes of this user the calls that `bodies` makes for it."""
        for hook in list(self.hooks.values()):
            if hook.options.system != system or hook.options.user == email:
                continue
            if hook.expires is not None and self.clock.now() >= hook.expires:
                continue
            for body in bodies(hook):
                hook.publish(body if isinstance(body, bytes) else json.dumps(body, separators=(",", ":")).encode())

    def end(self, system: str | None = None) -> None:
        for hook in [hook for hook in self.hooks.values() if system in (None, hook.options.system)]:
            self.remove(hook)

    def remove(self, hook: Webhook) -> None:
        hook.end()
        del self.hooks[hook.id]
