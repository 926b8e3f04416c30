"""A site for each test."""

import pytest

from tests.fetch.site import Site, serve


@pytest.fixture
def site():
    """Return a site without any page; all its robots.txt says is that it is not there."""
    made = Site({})
    end = serve(made)
    yield made
    end()
