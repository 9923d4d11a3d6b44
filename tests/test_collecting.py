"""Processes that share the tests collect the same ones, under the same names."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06"])
def test_bytes_that_may_be_made_anew_name_no_test(request: pytest.FixtureRequest, content: bytes):
    assert request.node.name.partition("[")[2] in {"content0]", "content1]"}
    assert content
