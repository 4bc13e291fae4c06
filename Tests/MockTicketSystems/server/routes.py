"""Which function answers which method and path."""

from collections.abc import Callable


class Route:
    """`pattern` is the path with names in braces; `writes`: the request changes something; `is_open`: without log-in."""

    __slots__ = ("method", "pattern", "function", "writes", "is_open")

    def __init__(self, method: str, pattern: str, function: Callable, writes: bool, is_open: bool) -> None:
        self.method, self.pattern, self.function = method, pattern, function
        self.writes, self.is_open = writes, is_open

    @property
    def kind(self) -> str:
        return f"{self.method} {self.pattern}"


class Routes:
    """A table of routes. A literal part of a path goes before a name; names are given to the function in order."""

    def __init__(self) -> None:
        self.root: dict = {}

    def on(self, method: str, *patterns: str, writes: bool | None = None, is_open: bool = False):
        """Registers the decorated `function(system, request, *names)`. Everything but GET writes, unless said."""
        def register(function: Callable) -> Callable:
            for pattern in patterns:
                node = self.root
                for part in pattern.split("/"):
                    node = node.setdefault("{}" if part.startswith("{") else part, {})
                does_write = method != "GET" if writes is None else writes
                node.setdefault("", {})[method] = Route(method, pattern, function, does_write, is_open)
            return function
        return register

    def include(self, other: "Routes") -> None:
        merge(self.root, other.root)

    def find(self, method: str, path: str) -> tuple[Route | None, list[str], bool]:
        """(route, names, known): no route but `known` when the path has other methods."""
        node, names = self.root, []
        for part in path.split("/"):
            if part in node and part:
                node = node[part]
            elif "{}" in node and part:
                names.append(part)
                node = node["{}"]
            else:
                return None, [], False
        methods = node.get("")
        if not methods:
            return None, [], False
        return methods.get("GET" if method == "HEAD" else method), names, True


def merge(into: dict, other: dict) -> None:
    for key, value in other.items():
        if isinstance(value, dict):
            merge(into.setdefault(key, {}), value)
        else:
            into[key] = value
