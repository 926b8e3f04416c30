"""How the web is read: how much, how fast, and what never."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """The limits of ``fetch``. They decide what is read, never what is made of it."""

    contact: str = ""
    """An address (mail or web) of whoever runs this; it stands in the User-Agent."""
    allow_private: bool = False
    """Whether loopback and private networks may be read. Link-local addresses, where clouds keep
    the keys of their machines, may never."""
    lookup_seconds: float = 10.0
    """How long a name may take to be looked up."""
    connect_seconds: float = 10.0
    """How long a connection may take, encryption included."""
    read_seconds: float = 20.0
    """How long a server may be silent."""
    total_seconds: float = 60.0
    """How long one request may take as a whole, however steadily it trickles in."""
    max_bytes: int = 52_428_800
    """Bytes of one answer, as sent and again as unpacked: the most that a sitemap may have."""
    max_redirects: int = 10
    """Redirects in a row; RFC 9309 asks for five at least, browsers follow twenty."""
    seconds_between: float = 1.0
    """Seconds from one request of a host to the next, unless its robots.txt asks for more."""
    max_wait_seconds: float = 120.0
    """Waiting longer than this is left to the caller: the page is listed with the time."""
    busy_seconds: float = 30.0
    """How long a host is left alone that answers 429 and does not say how long."""
    max_robots_bytes: int = 512_000
    """Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least."""
    robots_seconds: float = 86_400.0
    """How long a robots.txt is kept: a day at most, says RFC 9309."""
    robots_failed_seconds: float = 600.0
    """How long a site counts as unreachable when its robots.txt was."""
    max_hosts: int = 2_000
    """Hosts whose robots.txt and pace are remembered at once."""
    max_sitemaps: int = 50
    """Files of one sitemap that are read, its indexes among them."""
    max_sitemap_depth: int = 3
    """Indexes within indexes. The protocol allows one."""
    max_sitemap_urls: int = 50_000
    """Addresses in one file of a sitemap: what the protocol allows."""
    rare_share: float = 0.05
    """Share of all sites up to which a mark is called rare: one in twenty."""
    owned_sites: int = 10
    """Sites on which a mark that is given out to one owner may stand and be called rare, whatever
    the share; more have only what a platform puts into all its sites."""
    max_site_marks: int = 500
    """Marks of one sort that are kept of a site: some have a file of its own on every page."""
    max_shared: int = 500
    """Shared marks that are listed at once, the most telling."""
