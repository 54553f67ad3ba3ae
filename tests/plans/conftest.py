"""One case to plan for."""

import pytest

from tests.plans.makers import Making, make_case


@pytest.fixture
def making(acting, cast) -> Making:
    return make_case(acting, cast)
