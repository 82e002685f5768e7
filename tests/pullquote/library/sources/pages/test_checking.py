"""Which addresses are refused before anybody is asked, and how addresses are shown."""

from __future__ import annotations

import pytest
from yarl import URL

from pullquote.library.sources.pages.checking import checked, joined, shown
from pullquote.library.sources.pages.rules import RULES, FetchRules
from retrieval.errors import UnfitError
from tests.support.wording import unfitness

REFUSED = {
    "": "page-not-an-address",
    "bees": "page-not-an-address",
    "example.org/bees": "page-not-an-address",
    "//example.org/bees": "page-not-an-address",
    "http://": "page-not-an-address",
    "http:///bees": "page-not-an-address",
    "http:example.org": "page-not-an-address",
    "http:\\\\example.org": "page-not-an-address",
    "http://example.org\\@127.0.0.1/": "page-not-an-address",
    "http://example org/": "page-not-an-address",
    "http://example.org:bees/": "page-not-an-address",
    "http://example.org:80:80/": "page-not-an-address",
    "http://example.org:65536/": "page-not-an-address",
    "http://[::1": "page-not-an-address",
    "http://[::1]bees/": "page-not-an-address",
    "http://exam%70le.org/": "page-not-an-address",
    "http://%31%32%37.0.0.1/": "page-not-an-address",
    "http://example..org/": "page-not-an-address",
    "http://.example.org/": "page-not-an-address",
    "http://\u200b/": "page-not-an-address",
    f"http://{'a' * 64}.example/": "page-not-an-address",
    f"http://{'a.' * 127}a/": "page-not-an-address",
    "http://256.0.0.1/": "page-not-an-address",
    "http://example.0x7f/": "page-not-an-address",
    "javascript:alert(1)": "page-not-an-address",
    "mailto:bees@example.org": "page-not-an-address",
    "ftp://example.org/bees": "page-scheme",
    "file:///etc/passwd": "page-scheme",
    "gopher://example.org:70/": "page-scheme",
    "ws://example.org/": "page-scheme",
    "http://ada@example.org/": "page-credentials",
    "http://ada:secret@example.org/": "page-credentials",
    "http://:secret@example.org/": "page-credentials",
    "http://example.org@127.0.0.1/": "page-credentials",
    "http://example.org:22/": "page-port",
    "http://example.org:8080/": "page-port",
    "http://example.org:0/": "page-port",
    "http://127.0.0.1/": "page-private",
    "https://127.0.0.1/": "page-private",
    "http://127.0.0.1:443/": "page-private",
    "http://127.0.0.1./": "page-private",
    "http://127.1/": "page-private",
    "http://0/": "page-private",
    "http://2130706433/": "page-private",
    "http://0x7f000001/": "page-private",
    "http://0x7f.0.0.1/": "page-private",
    "http://0177.0.0.1/": "page-private",
    "http://017700000001/": "page-private",
    "http://\uff11\uff12\uff17.0.0.1/": "page-private",
    "http://\u2460\u2461\u2466.0.0.1/": "page-private",
    "http://127\u30020\u30020\u30021/": "page-private",
    "http://169.254.169.254/latest/meta-data/": "page-private",
    "http://[::1]/": "page-private",
    "http://[0:0:0:0:0:0:0:1]/": "page-private",
    "http://[::]/": "page-private",
    "http://[::ffff:127.0.0.1]/": "page-private",
    "http://[::ffff:7f00:1]/": "page-private",
    "http://[::127.0.0.1]/": "page-private",
    "http://[64:ff9b::7f00:1]/": "page-private",
    "http://[64:ff9b:1::a00:1]/": "page-private",
    "http://[2002:7f00:1::]/": "page-private",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/": "page-private",
    "http://[fd00:ec2::254]/": "page-private",
    "http://[fe80::1%25eth0]/": "page-private",
    "http://[fe80::1%eth0]/": "page-private",
    "http://[2606:4700::1111%25eth0]/": "page-private",
}


@pytest.mark.parametrize(("address", "code"), REFUSED.items(), ids=map(ascii, REFUSED))
def test_refused(address: str, code: str) -> None:
    with pytest.raises(UnfitError) as caught:
        checked(address, RULES)
    assert caught.value.reason.code == code


SPELT = {
    "https://example.org": "https://example.org",
    " https://example.org/bees \n": "https://example.org/bees",
    "HTTPS://EXAMPLE.org:443/Bees#honey": "https://example.org/Bees",
    "http://example.org:443/": "http://example.org:443/",
    "http://example.org./": "http://example.org./",
    "http://a_b.example/": "http://a_b.example/",
    "http://localhost/": "http://localhost/",
    "http://bücher.example/größe?q=ü": "http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%BC",
    "http://faß.example/": "http://xn--fa-hia.example/",
    "http://8.8.8.8/": "http://8.8.8.8/",
    "http://134744072/bees": "http://8.8.8.8/bees",
    "http://0x08080808/": "http://8.8.8.8/",
    "http://[2606:4700:0:0::1111]/": "http://[2606:4700::1111]/",
    "http://example.org/a/../../b": "http://example.org/b",
    "http://example.org/#@127.0.0.1/": "http://example.org/",
    "http://example.org/\r\nX: y": "http://example.org/X:%20y",
}


@pytest.mark.parametrize(("address", "spelt"), SPELT.items(), ids=map(ascii, SPELT))
def test_an_address_has_one_spelling(address: str, spelt: str) -> None:
    assert str(checked(address, RULES)) == spelt


def test_the_ports_that_an_operator_opens_are_named() -> None:
    with pytest.raises(UnfitError) as caught:
        checked("http://example.org:81/", FetchRules(ports=frozenset({8080, 80, 443})))
    assert unfitness(caught.value) == (
        "is at port 81, and I fetch from port 80, 443 and 8080 only; save the page and upload the file"
    )


def test_where_a_redirect_leads() -> None:
    url = URL("https://example.org/a/b?c")
    leads = {location: str(joined(url, location)) for location in ("d", "/d", "?d", "//other.example/", "http://a/")}
    assert leads == {
        "d": "https://example.org/a/d",
        "/d": "https://example.org/d",
        "?d": "https://example.org/a/b?d",
        "//other.example/": "https://other.example/",
        "http://a/": "http://a/",
    }
    with pytest.raises(UnfitError) as caught:
        joined(url, "http://[")
    assert caught.value.reason.code == "page-not-an-address"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("https://example.org/gr%C3%B6%C3%9Fe", "https://example.org/größe"),
        ("https://ada:secret@example.org/", "https://example.org/"),
        ("https://ada:secret@[::1", "[::1"),
        ("http://\u202egro.elpmaxe/\ud800", "http://gro.elpmaxe/"),
        ("http://[bees\n and\thoney", "http://[bees and honey"),
        (f"https://example.org/{'a' * 300}", f"https://example.org/{'a' * 180}…"),
    ],
)
def test_an_address_is_shown_on_one_line_without_secrets(address: str, text: str) -> None:
    assert shown(address) == text
