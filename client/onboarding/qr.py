"""QR codes (ISO/IEC 18004) for short addresses: byte mode, error correction L, versions 1 to 5.

At level L these five versions have a single block, so the encoder fits on a page and needs no library on a phone.
"""

from collections.abc import Callable
from itertools import pairwise, product

_DATA = {1: 19, 2: 34, 3: 55, 4: 80, 5: 108}
_CHECK = {1: 7, 2: 10, 3: 15, 4: 20, 5: 26}
_PADDING = (0xEC, 0x11)
_LEVEL_L = 1

_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda _, y: y % 2 == 0,
    lambda x, _: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)

Matrix = list[list[bool]]


def qr_matrix(text: str, mask: int | None = None) -> Matrix:
    """Return the modules of a QR code, rows from the top, True is dark; without the quiet zone of 4 modules.

    `mask` (0 to 7) is chosen for the least clutter when None. Raises ValueError for more than 106 bytes.
    """
    version, data = _data(text.encode())
    words = data + _check_words(data, _CHECK[version])
    size = 17 + 4 * version
    drawn = [_draw(size, words, each) for each in (range(8) if mask is None else [mask])]
    return min(drawn, key=_clutter)


def _data(text: bytes) -> tuple[int, bytes]:
    """Return the smallest version that holds the text, and its data words: mode, length, bytes, padding."""
    version = next((each for each, room in _DATA.items() if len(text) + 2 <= room), None)
    if version is None:
        raise ValueError("too long for these QR codes")
    # Four bits of mode and eight of length shift every byte by half.
    bits = int.from_bytes(bytes([len(text)]) + text) << 4 | 0b0100 << (8 * len(text) + 12)
    words = bits.to_bytes(len(text) + 2)
    missing = _DATA[version] - len(words)
    return version, words + bytes(_PADDING[n % 2] for n in range(missing))


def _check_words(data: bytes, count: int) -> bytes:
    """Return the remainder of a Reed-Solomon division over GF(256) with 0x11D."""
    divisor = [0] * (count - 1) + [1]
    root = 1
    for _ in range(count):
        for n in range(count):
            divisor[n] = _times(divisor[n], root) ^ (divisor[n + 1] if n + 1 < count else 0)
        root = _times(root, 2)
    rest = [0] * count
    for word in data:
        factor = word ^ rest.pop(0)
        rest.append(0)
        rest = [old ^ _times(each, factor) for old, each in zip(rest, divisor, strict=True)]
    return bytes(rest)


def _times(a: int, b: int) -> int:
    product_ = 0
    for bit in range(7, -1, -1):
        product_ = (product_ << 1) ^ ((product_ >> 7) * 0x11D) ^ ((b >> bit & 1) * a)
    return product_


def _draw(size: int, words: bytes, mask: int) -> Matrix:
    fixed = _fixed(size, mask)
    matrix = [[fixed.get((x, y), False) for x in range(size)] for y in range(size)]
    bits = (word >> bit & 1 == 1 for word in words for bit in range(7, -1, -1))
    for x, y in _way(size):
        if (x, y) not in fixed:
            matrix[y][x] = next(bits, False) != _MASKS[mask](x, y)
    return matrix


def _way(size: int) -> list[tuple[int, int]]:
    """Return the path of the data: two columns at a time from the right, up and down in turn, past the timing line."""
    path: list[tuple[int, int]] = []
    rights = [right if right > 6 else right - 1 for right in range(size - 1, 0, -2)]
    for turn, right in enumerate(rights):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        path += [(right - side, y) for y in rows for side in (0, 1)]
    return path


def _fixed(size: int, mask: int) -> dict[tuple[int, int], bool]:
    """Return the modules that carry no data: finders, timing, alignment and format."""
    fixed = {(n, 6): n % 2 == 0 for n in range(size)} | {(6, n): n % 2 == 0 for n in range(size)}
    if size > 21:
        for dx, dy in product(range(-2, 3), repeat=2):
            fixed[size - 7 + dx, size - 7 + dy] = max(abs(dx), abs(dy)) != 1
    for cx, cy in ((3, 3), (size - 4, 3), (3, size - 4)):
        for dx, dy in product(range(-4, 5), repeat=2):
            if 0 <= cx + dx < size and 0 <= cy + dy < size:
                fixed[cx + dx, cy + dy] = max(abs(dx), abs(dy)) not in (2, 4)
    for n, dark in enumerate(_format_bits(mask)):
        fixed[_beside_finder(n)] = dark
        fixed[(size - 1 - n, 8) if n < 8 else (8, size - 15 + n)] = dark
    fixed[8, size - 8] = True
    return fixed


def _beside_finder(n: int) -> tuple[int, int]:
    """Return where the n-th format bit stands at the upper left finder, around the timing lines."""
    if n < 8:
        return 8, n if n < 6 else n + 1
    return (7, 8) if n == 8 else (14 - n, 8)


def _format_bits(mask: int) -> list[bool]:
    data = _LEVEL_L << 3 | mask
    rest = data
    for _ in range(10):
        rest = (rest << 1) ^ ((rest >> 9) * 0x537)
    bits = (data << 10 | rest) ^ 0x5412
    return [bits >> n & 1 == 1 for n in range(15)]


def _clutter(matrix: Matrix) -> int:
    """Count the blocks of 2 × 2 equal modules: the fewer, the easier to read."""
    pairs = pairwise(matrix)
    return sum(row[x] == row[x + 1] == below[x] == below[x + 1] for row, below in pairs for x in range(len(matrix) - 1))
