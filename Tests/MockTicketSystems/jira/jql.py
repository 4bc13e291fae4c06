"""JQL: read into a tree of conditions.

A condition is (field, operator, values); a tree is ("and" | "or", trees), ("not", tree) or a condition.
"""

import re
from typing import NamedTuple

TOKEN = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|!~|[=<>~(),])|([^\s"'=<>!~(),]+))""")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "~", "!~")
RESERVED = ("and", "or", "not", "in", "is", "order", "by", "asc", "desc", "empty", "null", "was", "changed")


class Word(NamedTuple):
    """A token; `quoted` words are never reserved."""

    text: str
    quoted: bool

    def means(self, *words: str) -> bool:
        return not self.quoted and self.text.lower() in words


class Condition(NamedTuple):
    field: str
    operator: str
    values: tuple[str, ...]


class Query(NamedTuple):
    """`tree` is None when nothing restricts; `order` is a list of (field, descends)."""

    tree: tuple | Condition | None
    order: list[tuple[str, bool]]


def tokens(text: str) -> list[Word]:
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise ValueError(f"Error in the JQL Query: Unable to parse the character at {place + 1}.")
        double, single, sign, word = match.groups()
        quoted = double if double is not None else single
        found.append(Word(re.sub(r"\\(.)", r"\1", quoted), True) if quoted is not None else Word(sign or word, False))
        place = match.end()
    return found


class Reader:
    """Reads tokens by descent. Raises ValueError with Jira's kind of message."""

    def __init__(self, text: str) -> None:
        self.words, self.place, self.depth = tokens(text), 0, 0

    def peek(self, *words: str) -> bool:
        return self.place < len(self.words) and self.words[self.place].means(*words)

    def take(self) -> Word:
        if self.place == len(self.words):
            raise ValueError("Error in the JQL Query: The query ended before it was complete.")
        self.place += 1
        return self.words[self.place - 1]

    def skip(self, *words: str) -> bool:
        found = self.peek(*words)
        self.place += found
        return found

    def expect(self, word: str) -> None:
        if not self.skip(word):
            raise ValueError(f"Error in the JQL Query: Expecting '{word}'.")

    def query(self) -> Query:
        tree = None if self.place == len(self.words) or self.peek("order") else self.either()
        order = []
        if self.skip("order"):
            self.expect("by")
            while True:
                field = self.take().text
                descends = self.skip("desc")
                if not descends:
                    self.skip("asc")
                order.append((field, descends))
                if not self.skip(","):
                    break
        if self.place < len(self.words):
            got = self.words[self.place].text
            raise ValueError(f"Error in the JQL Query: Expecting either 'OR' or 'AND' but got '{got}'.")
        return Query(tree, order)

    def either(self):
        parts = [self.both()]
        while self.skip("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def both(self):
        parts = [self.one()]
        while self.skip("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def one(self):
        self.depth += 1
        if self.depth > 100:
            raise ValueError("Error in the JQL Query: nested too deep.")
        try:
            if self.skip("not"):
                return ("not", self.one())
            if self.skip("("):
                tree = self.either()
                self.expect(")")
                return tree
            return self.condition()
        finally:
            self.depth -= 1

    def condition(self) -> Condition:
        word = self.take()
        if word.means(*RESERVED, *OPERATORS, "(", ")", ","):
            raise ValueError(f"Error in the JQL Query: '{word.text}' is a reserved JQL word.")
        field = word.text
        if self.skip("is"):
            negated = self.skip("not")
            if not self.skip("empty", "null"):
                raise ValueError("Error in the JQL Query: Expecting EMPTY.")
            return Condition(field, "is not" if negated else "is", ())
        negated = self.skip("not")
        if self.skip("in"):
            self.expect("(")
            values = [self.value()]
            while self.skip(","):
                values.append(self.value())
            self.expect(")")
            return Condition(field, "not in" if negated else "in", tuple(values))
        operator = self.take().text
        if negated or operator not in OPERATORS:
            raise ValueError(f"Error in the JQL Query: Expecting operator but got '{operator}'.")
        if self.peek("empty", "null") and operator in ("=", "!="):
            self.take()
            return Condition(field, "is" if operator == "=" else "is not", ())
        return Condition(field, operator, (self.value(),))

    def value(self) -> str:
        """A value, or a function with its brackets."""
        word = self.take()
        if word.means(*OPERATORS, "(", ")", ","):
            raise ValueError(f"Error in the JQL Query: Expecting a value but got '{word.text}'.")
        if not word.quoted and self.skip("("):
            argument = "" if self.peek(")") else self.take().text
            self.expect(")")
            return f"{word.text}({argument})"
        return word.text


def parse(text: str) -> Query:
    return Reader(text).query()
