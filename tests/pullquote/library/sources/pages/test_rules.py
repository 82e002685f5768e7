"""What may be connected to."""

from __future__ import annotations

import pytest

from pullquote.library.sources.pages.rules import RULES, Endpoint, FetchRules


def test_the_limits_are_what_the_documents_say() -> None:
    assert RULES.ports == {80, 443}
    assert RULES.allowed == frozenset()
    assert (RULES.bytes, RULES.robots_bytes, RULES.seconds, RULES.redirects) == (10_485_760, 512_000, 20, 5)


@pytest.mark.parametrize(
    ("address", "port", "expected"),
    [
        ("8.8.8.8", 80, True),
        ("8.8.8.8", 443, True),
        ("8.8.8.8", 22, False),
        ("8.8.8.8", 8080, False),
        ("127.0.0.1", 80, False),
        ("2606:4700::1111", 443, True),
        ("::1", 443, False),
        ("example.org", 80, False),
        ("2130706433", 80, False),
        ("", 80, False),
    ],
)
def test_public_addresses_are_open_at_the_ports_of_the_web(address: str, port: int, *, expected: bool) -> None:
    assert RULES.opens(address, port) is expected


def test_an_operator_may_open_more_ports_of_public_addresses() -> None:
    rules = FetchRules(ports=frozenset({80, 443, 8080}))
    assert (rules.opens("8.8.8.8", 8080), rules.opens("10.0.0.1", 8080)) == (True, False)


def test_what_a_test_allows_opens_that_address_at_that_port_alone() -> None:
    rules = FetchRules(allowed=frozenset({Endpoint("127.0.0.1", 8080)}))
    assert rules.knows_port(8080)
    assert rules.opens("127.0.0.1", 8080)
    assert not any((rules.opens("127.0.0.1", 80), rules.opens("127.0.0.2", 8080), rules.opens("8.8.8.8", 8080)))
