"""Which addresses are those of web pages."""

from __future__ import annotations

import pytest

from retrieval.urls import is_web_url


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a?b=c#d", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("https://münchen.example/straße", True),
        ("https://example.org/" + "a" * 492, True),
        ("https://example.org/" + "a" * 493, False),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("example.org", False),
        ("https:example.org", False),
        ("https:///path", False),
        ("https://example.org:port", False),
        ("https://example.org:99999", False),
        ("https://[::1", False),
        ("https://ü..example/", False),
        ("https://%zz/", False),
        ("https://example.org:0/", False),
        ("https://example.org/a b", False),
        ("https://example.org/<b>", False),
        ('https://example.org/"', False),
        ("https://example.org/\n", False),
        ("https://example.org/\x7f", False),
        ("", False),
    ],
)
def test_web_addresses(url: str, safe: bool) -> None:
    assert is_web_url(url) is safe
