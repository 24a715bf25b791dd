"""What many of the tests here do."""

import pytest

from buurtbaan.scope import Scope, scoped


@pytest.fixture
def act(coach):
    """act(service, …) does it as the coach."""

    def do(service, **said):
        with scoped(Scope.for_membership(coach)):
            return service(**said, by=coach)

    return do
