import pytest


@pytest.fixture(autouse=True)
def own_place(settings, tmp_path):
    """Every test has a folder of its own for the anchor file."""
    settings.BATON_VAR = tmp_path
