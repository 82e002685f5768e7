"""Which addresses belong to the public internet, and which hosts are spellings of addresses."""

from __future__ import annotations

import ipaddress

import pytest

from pullquote.library.sources.pages.addresses import is_public, literal

PUBLIC = {
    "a server": "8.8.8.8",
    "next to private": "172.32.0.1",
    "next to shared": "100.128.0.1",
    "next to multicast": "223.255.255.254",
    "IPv6": "2606:4700::1111",
    "IPv6, another region": "2a00:1450:4001:80b::200e",
}
NOT_PUBLIC = {
    "this host": "0.0.0.0",
    "this network": "0.1.2.3",
    "private, class A": "10.0.0.1",
    "shared": "100.64.0.1",
    "metadata in the shared network": "100.100.100.200",
    "loopback": "127.0.0.1",
    "loopback, another": "127.255.255.254",
    "link-local": "169.254.0.1",
    "metadata": "169.254.169.254",
    "metadata of a container": "169.254.170.2",
    "the platform of a cloud": "168.63.129.16",
    "private, class B": "172.16.0.1",
    "private, class B, its end": "172.31.255.255",
    "protocol assignments": "192.0.0.8",
    "anycast of PCP": "192.0.0.9",
    "metadata among protocol assignments": "192.0.0.192",
    "documentation": "192.0.2.1",
    "relays of 6to4": "192.88.99.1",
    "private, class C": "192.168.1.1",
    "benchmarks": "198.18.0.1",
    "documentation, second": "198.51.100.1",
    "documentation, third": "203.0.113.1",
    "multicast": "224.0.0.1",
    "multicast, public scope": "233.1.1.1",
    "multicast, local scope": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "unspecified, IPv6": "::",
    "loopback, IPv6": "::1",
    "IPv4-compatible": "::8.8.8.8",
    "IPv4-mapped": "::ffff:8.8.8.8",
    "IPv4-mapped loopback": "::ffff:127.0.0.1",
    "IPv4-translated": "::ffff:0:127.0.0.1",
    "NAT64": "64:ff9b::8.8.8.8",
    "NAT64 of a private address": "64:ff9b::10.0.0.1",
    "NAT64, local use": "64:ff9b:1::1",
    "discard only": "100::1",
    "dummy prefix": "100:0:0:1::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "benchmarks, IPv6": "2001:2::1",
    "ORCHID": "2001:20::1",
    "documentation, IPv6": "2001:db8::1",
    "6to4 of loopback": "2002:7f00:1::1",
    "6to4": "2002:808:808::1",
    "documentation, IPv6, second": "3fff::1",
    "segment routing": "5f00::1",
    "not assigned": "4000::1",
    "unique local": "fc00::1",
    "metadata, IPv6": "fd00:ec2::254",
    "metadata, IPv6, another cloud": "fd20:ce::254",
    "link-local, IPv6": "fe80::1",
    "site-local": "fec0::1",
    "multicast, IPv6": "ff02::1",
    "multicast, IPv6, global scope": "ff0e::1",
    "with a zone": "2606:4700::1111%eth0",
    "link-local with a zone": "fe80::1%1",
}


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC)
def test_the_public_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_what_is_not_on_the_public_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


SPELLINGS = {
    "127.0.0.1": "127.0.0.1",
    "127.0.0.1.": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0X7F.1": "127.0.0.1",
    "0177.0.0.1": "127.0.0.1",
    "127.1": "127.0.0.1",
    "0": "0.0.0.0",
    "::1": "::1",
    "0:0:0:0:0:0:0:1": "::1",
    "::ffff:7f00:1": "::ffff:7f00:1",
    "fe80::1%eth0": "fe80::1%eth0",
}


@pytest.mark.parametrize(("host", "address"), SPELLINGS.items())
def test_all_spellings_of_an_address_are_seen(host: str, address: str) -> None:
    assert literal(host) == ipaddress.ip_address(address)


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "1.example", "0xg", "xn--bcher-kva.example"])
def test_names_are_not_addresses(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize("host", ["256.0.0.1", "1.2.3.4.5", "08.0.0.1", "4294967296", "example.1", "0x", "::g", "1:2"])
def test_numbers_that_are_not_addresses_are_not_names_either(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        literal(host)
