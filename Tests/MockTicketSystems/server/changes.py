"""The order in which things were last changed."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator


class ChangeLog:
    """Keys by their last change, oldest first; a key has one place. Changes are numbered from 1 and times never fall."""

    def __init__(self) -> None:
        self.times, self.numbers, self.keys = array("q"), array("q"), []
        self.place: dict = {}
        self.last = 0

    def record(self, time: int, key) -> None:
        """The key was changed at `time`; a time before the last one counts as the last one."""
        self.last += 1
        self.times.append(max(time, self.times[-1]) if self.times else time)
        self.numbers.append(self.last)
        self.place[key] = len(self.keys)
        self.keys.append(key)
        if len(self.keys) > 2 * len(self.place) + 1000:
            self.compact()

    def forget(self, key) -> None:
        self.place.pop(key, None)

    def compact(self) -> None:
        kept = sorted(self.place.values())
        self.times = array("q", (self.times[index] for index in kept))
        self.numbers = array("q", (self.numbers[index] for index in kept))
        self.keys = [self.keys[index] for index in kept]
        self.place = {key: index for index, key in enumerate(self.keys)}

    def since(self, time: int) -> Iterator[tuple[int, int, object]]:
        """(time, number, key) of the changes at or after `time`."""
        return self.walk(bisect_left(self.times, time))

    def after(self, number: int) -> Iterator[tuple[int, int, object]]:
        """(time, number, key) of the changes after change `number`."""
        return self.walk(bisect_right(self.numbers, number))

    def walk(self, index: int) -> Iterator[tuple[int, int, object]]:
        keys, place = self.keys, self.place
        for index in range(index, len(keys)):
            key = keys[index]
            if place.get(key) == index:
                yield self.times[index], self.numbers[index], key
