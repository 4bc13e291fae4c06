"""Every accepted write, in order."""

from collections import deque

KEPT = 1_000_000


class Journal:
    """The last KEPT writes of all systems, numbered from 1."""

    def __init__(self) -> None:
        self.entries: deque[tuple] = deque(maxlen=KEPT)
        self.next = 1

    def record(self, system: str, time: float, user: str, method: str, path: str, ticket: str, what: str,
               fields: dict | None, comment: str | None, is_replay: bool) -> None:
        self.entries.append((self.next, system, time, user, method, path, ticket, what, fields, comment, is_replay))
        self.next += 1

    def forget(self, system: str) -> None:
        self.entries = deque((entry for entry in self.entries if entry[1] != system), maxlen=KEPT)

    def since(self, system: str | None, number: int) -> list[dict]:
        """The entries of one system, or of all, from `number` on."""
        found = []
        for entry in reversed(self.entries):
            if entry[0] < number:
                break
            if system in (None, entry[1]):
                found.append(shown(entry))
        return found[::-1]


def shown(entry: tuple) -> dict:
    number, system, time, user, method, path, ticket, what, fields, comment, is_replay = entry
    return {"number": number, "system": system, "time": time, "user": user, "method": method, "path": path,
            "ticket": ticket,
            "what": what, "fields": fields or {}, "comment": comment, "isReplay": is_replay}
