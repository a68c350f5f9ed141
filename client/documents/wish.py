"""What is looked for among the documents; it stands in the address, so that "back" and a reload keep it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from client.core.context import use_query


@dataclass(frozen=True)
class Wish:
    """What is looked for; empty texts are no matter."""

    q: str = ""
    kind: str = ""
    agency: str = ""
    year: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.kind or self.agency or self.year)

    @property
    def address(self) -> str:
        """Where the list for this wish stands."""
        said = {name: value for name, value in vars(self).items() if value}
        return f"/documents?{urlencode(said)}" if said else "/documents"


def use_wish() -> Wish:
    """Return the wish that stands in the address. A hook: call it at the top of a component."""
    q, kind, agency, year = use_query("q"), use_query("kind"), use_query("agency"), use_query("year")
    # An address that was typed may say anything; the backend refuses what is no year.
    return Wish(q, kind, agency, year if year.isdecimal() and len(year) == 4 else "")
