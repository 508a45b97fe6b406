"""What the tests of the loading room share."""

from __future__ import annotations

import pytest
import yaml

from maturity.loading import composer


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test with the compiled parser, then with the one in Python."""
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(composer, "LOADER", loader)
