"""Services that do not exist, and the sessions of log lines that they write: grammars with faults, from a seed.

A service has workflows, each a tree of steps, optional parts, loops, rare branches and parts in any order. Some workflows
and branches are rare and normal all the same. A fault changes a normal session in one of the ways of FAULTS, at a place of
its own, so that the same fault looks alike each time, as faults do; some faults are common and some are rare.
"""

import random

#: workflows, steps of each, probability of each shape of a part, shares of optional parts and rare branches, mean of loops
PROFILES = {
    "rigid": {"workflows": (1, 2), "steps": (6, 12), "optional": 0.1, "loop": 0.05, "branch": 0.05, "any": 0.0},
    "loops": {"workflows": (1, 3), "steps": (5, 10), "optional": 0.1, "loop": 0.35, "branch": 0.0, "any": 0.05},
    "branches": {"workflows": (1, 3), "steps": (6, 12), "optional": 0.1, "loop": 0.1, "branch": 0.35, "any": 0.0},
    "varied": {"workflows": (2, 4), "steps": (6, 12), "optional": 0.3, "loop": 0.15, "branch": 0.1, "any": 0.15},
    "many": {"workflows": (6, 9), "steps": (4, 9), "optional": 0.15, "loop": 0.1, "branch": 0.1, "any": 0.05},
}
FAULTS = ("missing", "truncated", "new event", "error and end", "retries", "order", "wrong branch")


class Service:
    """One service: `normal()` and `anomalous()` draw a session, a tuple of names of events."""

    def __init__(self, profile, seed):
        self.random = random.Random(f"{profile} {seed}")
        self.shape = PROFILES[profile]
        self.events = 0
        #: events that several workflows write
        self.shared = [self.event() for _ in range(3)]
        count = self.random.randint(*self.shape["workflows"])
        weights = [1 / (rank + 1) ** self.random.uniform(0.5, 1.5) for rank in range(count)]
        self.workflows = [self.part(self.random.randint(*self.shape["steps"]), depth=0) for _ in range(count)]
        self.weights = weights
        self.faults = [self.fault() for _ in range(self.random.randint(3, 7))]
        self.fault_weights = [1 / (rank + 1) ** self.random.uniform(0.3, 1.2) for rank in range(len(self.faults))]

    def event(self):
        self.events += 1
        return f"E{self.events}"

    def part(self, steps, depth):
        """A sequence of elements (kind, parameter, children or event)."""
        elements = []
        for place in range(steps):
            draw, inner = self.random.random(), depth < 2 and place > 0
            for kind in ("optional", "loop", "branch", "any"):
                if inner and draw < self.shape[kind]:
                    body = self.part(self.random.randint(1, 3), depth + 1)
                    parameter = {
                        "optional": self.random.choice((0.05, 0.1, 0.3, 0.5, 0.9)), "loop": self.random.uniform(0.5, 4),
                        "branch": self.random.choice((0.002, 0.005, 0.01, 0.02, 0.04)), "any": 0}[kind]
                    elements.append((kind, parameter, body))
                    break
                draw -= self.shape[kind]
            else:
                event = self.random.choice(self.shared) if self.random.random() < 0.1 else self.event()
                elements.append(("step", 0, event))
        return elements

    def walk(self, elements):
        session = []
        for kind, parameter, body in elements:
            if kind == "step":
                session.append(body)
            elif kind == "loop":
                while True:
                    session += self.walk(body)
                    if self.random.random() < 1 / (1 + parameter):
                        break
            elif kind == "any":
                parts = [self.walk([element]) for element in body]
                self.random.shuffle(parts)
                session += [event for part in parts for event in part]
            elif self.random.random() < parameter:
                session += self.walk(body)
        return session

    def fault(self):
        kind = self.random.choice(FAULTS)
        workflow = self.random.choices(range(len(self.workflows)), self.weights)[0]
        steps = [body for kind_, _, body in self.workflows[workflow] if kind_ == "step"]
        return {
            "kind": kind, "workflow": workflow if self.random.random() < 0.7 else None,
            "at": self.random.choice(steps[1:] or steps), "event": self.event(), "times": self.random.randint(3, 12)}

    def normal(self, workflow=None):
        if workflow is None:
            workflow = self.random.choices(range(len(self.workflows)), self.weights)[0]
        return tuple(self.walk(self.workflows[workflow]))

    def anomalous(self):
        while True:
            fault = self.random.choices(self.faults, self.fault_weights)[0]
            session = list(self.normal(fault["workflow"]))
            place = session.index(fault["at"]) if fault["at"] in session else self.random.randrange(len(session))
            changed = self.changed(session, fault, place)
            if changed != session:
                return tuple(changed)

    def changed(self, session, fault, place):
        kind = fault["kind"]
        if kind == "missing":
            return [event for event in session if event != session[place]]
        if kind == "truncated":
            return session[:max(1, place)]
        if kind == "new event":
            return session[:place] + [fault["event"]] + session[place:]
        if kind == "error and end":
            return session[:place] + [fault["event"]]
        if kind == "retries":
            return session[:place] + [session[place]] * self.random.randint(2, fault["times"]) + session[place:]
        if kind == "order":
            return session[:max(0, place - 1)] + session[place - 1:place + 1][::-1] + session[place + 1:]
        other = list(self.normal())
        return session[:place] + other[len(other) // 2:]
