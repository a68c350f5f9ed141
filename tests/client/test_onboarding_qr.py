"""The QR code on the hall's screen holds the address: read back here as a camera reads it."""

from collections.abc import Iterator

import pytest

from client.onboarding.qr import Matrix, qr_matrix

ADDRESS = "https://smart.haiduong.gov.vn/join/8QA2WG"
FINDER = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]

# "CDS 10/10" by another encoder (level L, mask 3), rows from the top.
KNOWN = """
#######.#.###.#######
#.....#...##..#.....#
#.###.#.##.#..#.###.#
#.###.#.##..#.#.###.#
#.###.#.#..#..#.###.#
#.....#..####.#.....#
#######.#.#.#.#######
...........##........
####..#.######..###.#
.#..##.##..##...###..
#..#.##...##.##..#.##
#..##..#####.#.#.#..#
##.##.#.#...###.###..
........##.#..#.##..#
#######...####..###..
#.....#...#....#..##.
#.###.#..##.#.#..##..
#.###.#.##.#..##...#.
#.###.#.#...#.##..#..
#.....#.##...#.#.#..#
#######.###..#..###..
"""


def rows(matrix: Matrix) -> list[str]:
    """Write the modules as signs."""
    return ["".join("#" if dark else "." for dark in row) for row in matrix]


def taken(size: int, x: int, y: int) -> bool:
    """Whether a module of a small code carries no data (ISO/IEC 18004, 6.3)."""
    corner = (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8)
    aligned = size > 21 and abs(x - (size - 7)) <= 2 and abs(y - (size - 7)) <= 2
    return corner or aligned or x == 6 or y == 6


def bits(matrix: Matrix, mask: int) -> Iterator[int]:
    """Yield the data's bits, freed of mask 0 or 1, in the order of the standard."""
    size = len(matrix)
    upward = True
    right = size - 1
    while right > 0:
        if right == 6:
            right -= 1
        for y in range(size - 1, -1, -1) if upward else range(size):
            for x in (right, right - 1):
                if not taken(size, x, y):
                    covered = (x + y) % 2 == 0 if mask == 0 else y % 2 == 0
                    yield int(matrix[y][x] != covered)
        upward = not upward
        right -= 2


def read(matrix: Matrix, mask: int) -> str:
    """Read the text of a code in byte mode."""
    stream = list(bits(matrix, mask))

    def number(start: int, length: int) -> int:
        return int("".join(map(str, stream[start : start + length])), 2)

    assert number(0, 4) == 0b0100
    return bytes(number(12 + 8 * n, 8) for n in range(number(4, 8))).decode()


@pytest.mark.parametrize("mask", [0, 1])
@pytest.mark.parametrize("text", ["A", "127.0.0.1:8000/join/8QA2WG", ADDRESS, "Hải Dương" * 6, "v" * 106])
def test_what_is_written_can_be_read(text: str, mask: int) -> None:
    assert read(qr_matrix(text, mask), mask) == text


@pytest.mark.parametrize(("length", "size"), [(17, 21), (18, 25), (32, 25), (33, 29), (78, 33), (106, 37)])
def test_a_code_is_as_small_as_its_text_allows(length: int, size: int) -> None:
    assert len(qr_matrix("x" * length)) == size


def test_another_encoder_draws_the_same() -> None:
    assert rows(qr_matrix("CDS 10/10", 3)) == KNOWN.split()


def test_three_corners_find_the_code() -> None:
    drawn = rows(qr_matrix(ADDRESS))
    assert [row[:7] for row in drawn[:7]] == FINDER
    assert [row[-7:] for row in drawn[:7]] == FINDER
    assert [row[:7] for row in drawn[-7:]] == FINDER


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_matrix("x" * 107)
