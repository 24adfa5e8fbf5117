"""Ann, who administers, and Bob, who joined by invitation 两个人."""

from tests.server.site import Person

CREDENTIALS = {"email": "bob@example.com", "password": "correct horse"}


def member(ann: Person, name: str = "Bob") -> str:
    """A member's id."""
    return str(next(one["id"] for one in ann.get("/api/directory")["members"] if one["name"] == name))


def bearer(person: Person) -> tuple[Person, str]:
    """Somebody who holds an API token of the person's, and the token's id."""
    made = person.post("/api/tokens", {"name": "t"}, 201)
    other = person.site.visitor()
    other.client.headers["authorization"] = f"Bearer {made['secret']}"
    return other, made["id"]
