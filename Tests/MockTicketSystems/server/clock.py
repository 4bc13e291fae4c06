"""The clock of the mock systems and the ways they write a time."""

import time
from datetime import datetime, timezone
from email.utils import formatdate
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = timezone.utc


class Clock:
    """Seconds since 1970 in UTC, `offset` seconds ahead of the machine."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        return time.time() + self.offset

    def seconds(self) -> int:
        return int(self.now())

    def milliseconds(self) -> int:
        return int(self.now() * 1000)


@lru_cache(4096)
def iso(seconds: int) -> str:
    """2026-11-22T10:00:00Z"""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


@lru_cache(64)
def zone(name: str):
    """A time zone by name. Raises ValueError for a name that is none."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"time zone {name!r}") from error


def local(seconds: float, name: str) -> datetime:
    return datetime.fromtimestamp(seconds, zone(name))


def http_date(seconds: float) -> str:
    return formatdate(seconds, usegmt=True)
