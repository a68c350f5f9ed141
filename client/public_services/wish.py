"""What is looked for among the procedures; it stands in the address, so that "back" and a reload keep it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from client.core.context import use_query


@dataclass(frozen=True)
class Wish:
    """What is looked for among the procedures; it stands in the address."""

    q: str = ""
    field: str = ""
    level: str = ""
    audience: str = ""
    online: bool = False

    @property
    def filters(self) -> int:
        """How many filters are on."""
        return sum(map(bool, (self.field, self.level, self.audience, self.online)))

    @property
    def query(self) -> str:
        """How the wish stands in an address, with its question mark."""
        said = {"q": self.q, "field": self.field, "level": self.level, "audience": self.audience}
        found = {name: value for name, value in said.items() if value}
        if self.online:
            found["online"] = "true"
        return f"?{urlencode(found)}" if found else ""

    @property
    def address(self) -> str:
        """Where the list for this wish stands."""
        return f"/services{self.query}"


def use_wish() -> Wish:
    """Return the wish that stands in the address. A hook: call it at the top of a component."""
    q, field, level, audience = use_query("q"), use_query("field"), use_query("level"), use_query("audience")
    return Wish(q, field, level, audience, use_query("online") == "true")
