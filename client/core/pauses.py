"""How long to wait before trying again."""

import random
from collections.abc import Iterator

_FIRST_S, _LONGEST_S = 1.0, 60.0


def pauses() -> Iterator[float]:
    """Yield seconds before each new try: doubling up to a minute, unevenly, so that not all come at once."""
    pause = _FIRST_S
    while True:
        yield pause * random.uniform(0.5, 1)  # noqa: S311 - nobody gains by guessing it
        pause = min(pause * 2, _LONGEST_S)
