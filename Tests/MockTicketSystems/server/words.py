"""Made-up texts of support tickets, for seeds."""

from random import Random
from sys import intern

THINGS = ("The upload", "The export", "Log-in", "The nightly report", "The search", "The mail gateway", "The dashboard",
          "Printing",
          "The sync", "The import", "The licence check", "The backup")
TROUBLES = ("fails", "is slow", "hangs", "shows an empty page", "answers with error {}", "stops after {} seconds",
            "loses rows",
            "repeats itself {} times")
SINCE = ("since this morning", "after the update", "for one user", "for the whole office", "with files over {} MB",
         "on version 4.{}")
REPLIES = ("Could you send us the log of the last {} minutes?", "We see the same on our side and are looking into it.",
           "Please try again with version 4.{}.", "It works now, thank you.",
           "It happens again, about {} times an hour.",
           "The cause is known; a fix is on its way.")
FIRST = ("Ada", "Ben", "Cleo", "Dan", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jan", "Kim", "Lena", "Max", "Nora", "Omar",
         "Pia")
LAST = ("Adler", "Brook", "Cole", "Dorn", "Evers", "Falk", "Grant", "Holm", "Ives", "Jung", "Kern", "Lund", "Marsh",
        "Noll")
TAGS = ("upload", "export", "login", "report", "search", "mail", "slow", "crash", "billing", "question")
PRIORITIES = ("low", "normal", "normal", "high", "urgent")


def subject(random: Random) -> str:
    text = f"{random.choice(THINGS)} {random.choice(TROUBLES)} {random.choice(SINCE)}"
    return text.replace("{}", str(random.randrange(2, 600)))


def reply(random: Random) -> str:
    return intern(random.choice(REPLIES).replace("{}", str(random.randrange(2, 60))))


def person(random: Random) -> tuple[str, str, int]:
    """(first and last name, what stands before the @, number of an organization)"""
    first, last = random.choice(FIRST), random.choice(LAST)
    return f"{first} {last}", f"{first}.{last}".lower(), random.randrange(16)
