"""What goes wrong on purpose, drawn for each request."""

from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random

from server.messages import Request

NAMED = ("latency", "reset", "timeoutAfterWrite", "truncated", "html", "login", "untyped", "disguised", "maintenance", "echo")
ONLY_WRITES = ("timeoutAfterWrite", "409")


@dataclass
class Plan:
    """What POST /mock/faults sets."""

    seed: int = 0
    rates: dict[str, float] = field(default_factory=dict)
    latencyMs: list[float] = field(default_factory=lambda: [5, 50])
    retryAfter: list[str] = field(default_factory=lambda: ["1", "0", "date", "none"])
    timeoutSeconds: float = 2
    systems: list[str] | None = None
    users: list[str] | None = None
    next: list = field(default_factory=list)

    def check(self) -> None:
        """Raises ValueError naming what is wrong."""
        if not (isinstance(self.rates, dict) and isinstance(self.next, list)):
            raise ValueError("rates: an object is needed; next: a list is needed")
        self.next = [{"fault": entry} if isinstance(entry, str) else entry for entry in self.next]
        if not all(isinstance(entry, dict) for entry in self.next):
            raise ValueError("next: an entry is the name of a fault or an object")
        for name in [*self.rates, *(entry.get("fault") for entry in self.next)]:
            if name not in NAMED and not (isinstance(name, str) and name.isdigit() and 400 <= int(name) <= 599):
                raise ValueError(f"{name!r}: no such fault")
        rates = self.rates.values()
        if not all(isinstance(rate, int | float) and 0 <= rate <= 1 for rate in rates):
            raise ValueError("rates: each is a probability")
        if sum(rates) - self.rates.get("latency", 0) > 1:
            raise ValueError("rates: together more than 1")
        if not (isinstance(self.latencyMs, list) and len(self.latencyMs) == 2
                and 0 <= self.latencyMs[0] <= self.latencyMs[1]):
            raise ValueError("latencyMs: two numbers, the smaller first")
        if not (isinstance(self.retryAfter, list) and self.retryAfter):
            raise ValueError("retryAfter: a list is needed")


class Faults:
    """Draws faults by a plan; the same plan and the same requests in the same order give the same faults."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or Plan()
        self.random = Random(self.plan.seed)
        self.waiting = deque(self.plan.next)
        self.counts: Counter[str] = Counter()

    def draw(self, request: Request, system: str, user: str | None, writes: bool) -> tuple[str | None, float]:
        """(the fault of this request or None, its latency in seconds)."""
        if not self.plan.rates and not self.waiting:
            return None, 0.0
        if self.plan.systems is not None and system not in self.plan.systems:
            return None, 0.0
        if self.plan.users is not None and user not in self.plan.users:
            return None, 0.0
        if self.waiting and matches(self.waiting[0], request, writes):
            return self.counted(self.waiting.popleft()["fault"], writes)
        rates = self.plan.rates
        latency = self.latency() if self.random.random() < rates.get("latency", 0) else 0.0
        point = self.random.random()
        for name, rate in rates.items():
            if name == "latency":
                continue
            if point < rate:
                return self.counted(name, writes)[0], latency
            point -= rate
        return None, latency

    def latency(self) -> float:
        self.counts["latency"] += 1
        return self.random.uniform(*self.plan.latencyMs) / 1000

    def counted(self, name: str, writes: bool) -> tuple[str | None, float]:
        if name == "latency":
            return None, self.latency()
        if name in ONLY_WRITES and not writes:
            return None, 0.0
        self.counts[name] += 1
        return name, 0.0

    def retry_after(self) -> str:
        return self.random.choice(self.plan.retryAfter)


def matches(entry: dict, request: Request, writes: bool) -> bool:
    if entry["fault"] in ONLY_WRITES and not writes:
        return False
    return entry.get("method", request.method) == request.method and entry.get("path", "") in request.path
