"""Only addresses of the public internet pass, however they are written."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.fetch.address import allowed

OWN = [
    "127.0.0.1",
    "127.9.9.9",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "::1",
    "fd12::1",
]
NEVER = [
    "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1",
    "198.18.0.1", "203.0.113.9", "192.0.0.192", "168.63.129.16", "fe80::1", "fe80::1%eth0",
    "ff02::1", "::", "2001:db8::1", "2002:7f00:1::", "2001::1", "fec0::1", "::127.0.0.1",
    "fd00:ec2::254", "64:ff9b:1::a00:1", "100::1", "",
    "news.example", "1.2.3", "127.1", "0x7f000001",
]  # fmt: skip
PUBLIC = [
    "198.41.7.4",
    "8.8.8.8",
    "2620:fe::9",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2a00:1450::1",
]
HIDDEN = ["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"]


@pytest.mark.parametrize("address", OWN + HIDDEN)
def test_own_networks_pass_only_when_they_are_allowed(address):
    assert not allowed(address)
    assert allowed(address, private=True)


@pytest.mark.parametrize("address", [*NEVER, "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"])
def test_what_no_site_has_never_passes(address):
    assert not allowed(address)
    assert not allowed(address, private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address):
    assert allowed(address)


addresses = st.one_of(
    st.ip_addresses(v=4),
    st.ip_addresses(v=6),
    st.ip_addresses(v=4, network="100.0.0.0/9"),
    st.ip_addresses(v=6, network="2001::/20"),
)


@given(addresses)
def test_what_passes_is_global_in_the_standard_library_too(address):
    if allowed(str(address)) and not str(address).startswith("64:ff9b::"):
        assert address.is_global
        assert not address.is_multicast
        assert not address.is_reserved


@given(st.integers(0, 2**32 - 1))
def test_a_mapped_address_is_judged_as_what_it_is(number):
    plain = allowed(str(IPv4Address(number)))
    assert allowed(str(IPv6Address(0xFFFF << 32 | number))) is plain
    assert allowed(str(IPv6Address(0x64FF9B << 96 | number))) is plain


@given(st.ip_addresses(v=4))
def test_public_addresses_of_version_4_are_not_refused_without_need(address):
    if address.is_global and not address.is_multicast and not address.is_reserved:
        special = str(address).startswith(("192.88.99.", "192.0.0.", "168.63.129.16"))
        assert allowed(str(address)) or special
