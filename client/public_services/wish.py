"""What is looked for among the procedures; it stands in the address, so that "back" and a reload keep it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from client.core.context import use_query


@dataclass(frozen=True)
class Wish:
    """What is looked for among the procedures; it stands in the address. `who` and `life_event` are the API's words."""

    q: str = ""
    field: str = ""
    level: str = ""
    audience: str = ""
    online: bool = False
    life_event: str = ""
    who: str = ""

    @property
    def filters(self) -> int:
        """How many filters are on."""
        return sum(map(bool, (self.field, self.level, self.audience, self.online, self.life_event, self.who)))

    @property
    def query(self) -> str:
        """How the wish stands in an address, with its question mark."""
        said = {
            "q": self.q,
            "field": self.field,
            "level": self.level,
            "audience": self.audience,
            "life_event": self.life_event,
            "who": self.who,
        }
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
    online, life_event, who = use_query("online") == "true", use_query("life_event"), use_query("who")
    return Wish(q, field, level, audience, online, life_event, who)
