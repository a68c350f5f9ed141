"""A page that was made while nobody was there is made again when the person is back."""

from client.core.guard import FirstDrawing


def test_what_was_drawn_for_nobody_is_drawn_again() -> None:
    drawn: list[int] = []
    first = FirstDrawing(lambda: drawn.append(1))
    first.gone()
    first.now()
    assert not drawn
    first.back()
    assert len(drawn) == 1


def test_what_may_not_have_arrived_is_drawn_again_but_no_page_in_use() -> None:
    drawn: list[int] = []
    first = FirstDrawing(lambda: drawn.append(1))
    first.now()
    first.gone()
    first.back()
    assert len(drawn) == 2
    first.SETTLED_SECONDS = 0.0
    first.gone()
    first.back()
    assert len(drawn) == 2


def test_who_never_left_is_drawn_once() -> None:
    drawn: list[int] = []
    first = FirstDrawing(lambda: drawn.append(1))
    first.now()
    first.back()
    assert len(drawn) == 1
