"""What a test can set about the systems; README.md says what each setting means."""

from copy import deepcopy

from server.clock import zone

SYSTEMS = ("zendesk", "servicenow", "jira", "confluence")
DEFAULTS = {
    "clockOffsetSeconds": 0,
    "exportDelaySeconds": 60,
    "indexLagSeconds": 0,
    "readOnly": dict.fromkeys(SYSTEMS, False),
    "rateLimits": {
        "zendesk": {"perMinute": 700, "incrementalPerMinute": 10, "ticketsIndexPerMinute": 100},
        "servicenow": {"perHour": 0},
        "jira": {"perSecond": 0, "issueWritesPer2Seconds": 0, "quotaPerHour": 0},
        "confluence": {"perSecond": 0},
    },
    "jobSeconds": 0.5,
    "timeZones": {},
    "invalidQueryReturnsNoRows": False,
    "knowledgeApproval": False,
    "knowledgeVersioning": False,
    "sideConversations": True,
    "gone": [],
    "forbidden": [],
    "dropsComments": False,
    "privateOnly": False,
    "cursorPaging": True,
}


class Settings:
    """Settings by name. `change` checks names and kinds and changes nothing when something is wrong."""

    def __init__(self) -> None:
        self.values = deepcopy(DEFAULTS)

    def __getitem__(self, name: str):
        return self.values[name]

    def change(self, given: dict) -> None:
        """Merges `given` in. Raises ValueError naming what is wrong."""
        changed = deepcopy(self.values)
        merge(changed, given, "")
        self.values = changed

    def limit(self, system: str, name: str) -> int:
        return self.values["rateLimits"][system][name]

    def time_zone(self, email: str) -> str:
        return self.values["timeZones"].get(email, "UTC")


def merge(into: dict, given: dict, place: str) -> None:
    if not isinstance(given, dict):
        raise ValueError(f"{place or 'the settings'}: an object is needed")
    for name, value in given.items():
        where = f"{place}.{name}" if place else name
        if where.startswith("timeZones."):
            zone(value)
        elif name not in into:
            raise ValueError(f"{where}: no such setting")
        elif isinstance(into[name], dict):
            merge(into[name], value, where)
            continue
        elif isinstance(into[name], bool) != isinstance(value, bool):
            raise ValueError(f"{where}: {value!r} is of the wrong kind")
        elif isinstance(into[name], list):
            if not (isinstance(value, list) and all(isinstance(part, str) for part in value)):
                raise ValueError(f"{where}: a list of strings is needed")
        elif not isinstance(value, int | float):
            raise ValueError(f"{where}: {value!r} is of the wrong kind")
        into[name] = value
