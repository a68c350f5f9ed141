"""What tests of dossiers share."""

from collections.abc import Iterator

import pytest

from tests.support.lgsp import Platform, platform


@pytest.fixture
def lgsp() -> Iterator[Platform]:
    """A platform."""
    with platform() as found:
        yield found
