"""Which addresses of the internet protocol may be connected to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_OWN4 = tuple(
    map(
        IPv4Network,
        (
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # shared by the customers of a provider
            "127.0.0.0/8",  # this machine
            "172.16.0.0/12",  # private
            "192.168.0.0/16",  # private
        ),
    )
)
"""Addresses within one's own networks."""
_CLOSED4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "168.63.129.16/32",  # the service of a cloud for its own machines
            "169.254.0.0/16",  # link-local: there clouds keep the keys of their machines
            "192.0.0.0/24",  # protocols
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # relays of 6to4
            "198.18.0.0/15",  # measuring
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/3",  # multicast, reserved, broadcast
        ),
    )
)
"""Addresses that no site has; after IANA's registry of special-purpose addresses."""
_OWN6 = tuple(map(IPv6Network, ("::1/128", "fc00::/7")))
_UNICAST6 = IPv6Network("2000::/3")
"""All that is given out for the internet lies here."""
_CLOSED6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols, Teredo's tunnels among them
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: a tunnel to any address of version 4
            "3fff::/20",  # documentation
        ),
    )
)
_CLOUD6 = IPv6Network("fd00:ec2::/32")
"""Where a cloud keeps the keys of its machines, in the private range."""
_NAT64 = IPv6Network("64:ff9b::/96")


def allowed(address: str, *, private: bool = False) -> bool:
    """Say whether an address may be connected to.

    An address of version 4 that is written inside one of version 6 is judged as what it is.

    Args:
        address: as a resolver gives it.
        private: whether this machine and private networks are allowed as well.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _inner(found)
        if inner is None:
            return _allowed6(found, private=private)
        found = inner
    return _allowed4(found, private=private)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Return the address of version 4 that a mapped or translated one leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _allowed4(address: IPv4Address, *, private: bool) -> bool:
    if any(address in network for network in _OWN4):
        return private
    return not any(address in network for network in _CLOSED4)


def _allowed6(address: IPv6Address, *, private: bool) -> bool:
    if address in _CLOUD6:
        return False
    if any(address in network for network in _OWN6):
        return private
    return address in _UNICAST6 and not any(address in network for network in _CLOSED6)
