"""Who may log in, and everybody a system knows."""

import base64
from hashlib import md5

SECRETS = {
    "casebook@example.com": ("casebook-secret", "Casebook Robot", "agent"),
    "agent@example.com": ("agent-secret", "Ana Agent", "agent"),
    "admin@example.com": ("admin-secret", "Adam Admin", "admin"),
    "limited@example.com": ("limited-secret", "Lim Limited", "agent"),
    "expired@example.com": ("expired-secret", "Eve Expired", "agent"),
    "customer@example.com": ("customer-secret", "Carl Customer", "end-user"),
}
ORGANIZATIONS = (
    "Acorn Mills", "Birch Freight", "Cedar Optics", "Delta Paper", "Ember Foods", "Fjord Lines", "Granite Bank",
    "Harbor Tools",
    "Iris Media", "Juniper Steel", "Kestrel Air", "Larch Health", "Maple Grid", "Nimbus Parts", "Onyx Retail",
    "Poplar Homes")


class Person:
    """A user of one system: `number` is Zendesk's id, `account` Jira's, `sys_id` ServiceNow's. `organization` indexes
    ORGANIZATIONS, or is None."""

    __slots__ = ("number", "email", "name", "role", "organization", "created")

    def __init__(self, number: int, email: str, name: str, role: str, organization: int | None, created: int) -> None:
        self.number, self.email, self.name, self.role = number, email, name, role
        self.organization, self.created = organization, created

    @property
    def account(self) -> str:
        return "712020:" + digest("account", self.email)

    @property
    def sys_id(self) -> str:
        return digest("sys_user", self.email)

    @property
    def limited(self) -> bool:
        return self.email == "limited@example.com"

    @property
    def is_agent(self) -> bool:
        return self.role != "end-user"


class People:
    """Everybody one system knows, by e-mail and by each of their ids."""

    def __init__(self, created: int) -> None:
        self.by_email: dict[str, Person] = {}
        self.by_number: dict[int, Person] = {}
        self.by_account: dict[str, Person] = {}
        for email, (_, name, role) in SECRETS.items():
            self.add(email, name, role, created)

    def add(self, email: str, name: str | None = None, role: str = "end-user", created: int = 0) -> Person:
        """The person with this e-mail, made when there is none."""
        email = email.lower()
        if email in self.by_email:
            return self.by_email[email]
        person = Person(1001 + len(self.by_number), email, name or email.partition("@")[0], role, employer(email),
                        created)
        self.by_email[email] = self.by_number[person.number] = self.by_account[person.account] = person
        return person


def domain(organization: int) -> str:
    return ORGANIZATIONS[organization].lower().replace(" ", "-") + ".example"


DOMAINS = {domain(index): index for index in range(len(ORGANIZATIONS))}


def employer(email: str) -> int | None:
    return DOMAINS.get(email.partition("@")[2])


def digest(*parts: str) -> str:
    """32 hexadecimal digits that depend on the parts alone."""
    return md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()


def basic(name: str, secret: str) -> str:
    return "basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


def logins(name_suffix: str) -> dict[str, str]:
    """Value of an Authorization header, its scheme in lower case, to the e-mail it stands for."""
    found = {}
    for email, (secret, _, _) in SECRETS.items():
        if email != "expired@example.com":
            found[basic(email + name_suffix, secret)] = email
            found["bearer " + secret] = email
    return found


def email_of(header: str, logins: dict[str, str]) -> str | None:
    scheme, _, value = header.partition(" ")
    return logins.get(f"{scheme.lower()} {value.strip()}")
