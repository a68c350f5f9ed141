"""How well a name fits a question, on one scale from 0 to 1, so that kinds of things can be put in order."""

from rapidfuzz import fuzz

from shared.vietnamese import words

EXACT, BEGINS, HOLDS, SCATTERED, SHARES = 1.0, 0.9, 0.8, 0.6, 0.45


def fit(asked: str, name: str) -> float:
    """Return how well a name fits: it is what is asked, begins with it, holds it, has its words, has some of them.

    The last word may be the beginning of one. Marks and case make no difference.
    """
    mine, theirs = words(asked), words(name)
    if not mine or not theirs:
        return 0
    if mine == theirs:
        return EXACT
    said, text = f" {' '.join(mine)}", f" {' '.join(theirs)}"
    if text.startswith(said):
        return BEGINS
    if said in text:
        return HOLDS
    known = set(theirs)
    found = sum(word in known for word in mine[:-1]) + any(word.startswith(mine[-1]) for word in theirs)
    return SCATTERED if found == len(mine) else SHARES * found / len(mine)


def named(asked: str, name: str) -> float:
    """Return how well a name fits a question that may say more than the name."""
    within = f" {' '.join(words(name))} " in f" {' '.join(words(asked))} "
    return max(fit(asked, name), HOLDS if within else 0)


def alike(asked: str, name: str) -> float:
    """Return how much a name looks like a question that may be misspelt, no more than one with its words."""
    return fuzz.ratio(" ".join(words(asked)), " ".join(words(name))) / 100 * SCATTERED
