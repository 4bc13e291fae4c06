"""Counting requests in windows of time."""

from math import ceil


class Window:
    """At most `limit` requests in `seconds`, from the first one on."""

    __slots__ = ("seconds", "start", "count")

    def __init__(self, seconds: int) -> None:
        self.seconds, self.start, self.count = seconds, 0.0, 0

    def take(self, limit: int, now: float) -> tuple[bool, int, int]:
        """(allowed, requests left, seconds to the next window); a refused request is not counted."""
        if not self.start <= now < self.start + self.seconds:
            self.start, self.count = now, 0
        allowed = self.count < limit
        self.count += allowed
        return allowed, limit - self.count, max(1, ceil(self.start + self.seconds - now))


class Limits:
    """The windows of one system, by (kind, whose)."""

    def __init__(self) -> None:
        self.windows: dict[tuple[str, object], Window] = {}

    def take(self, kind: str, whose, limit: int, seconds: int, now: float) -> tuple[bool, int, int]:
        key = (kind, whose)
        if len(self.windows) > 100_000:
            self.windows.clear()
        window = self.windows.get(key)
        if window is None:
            window = self.windows[key] = Window(seconds)
        return window.take(limit, now)
