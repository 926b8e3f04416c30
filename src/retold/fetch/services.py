"""By what the code of a page names its accounts with services: counters, adverts, comments."""

from __future__ import annotations

import re
from enum import StrEnum


class Trait(StrEnum):
    """What sort of mark a site carries."""

    ANALYTICS = "analytics"
    ADVERT = "advert"
    VERIFICATION = "verification"
    ACCOUNT = "account"
    GENERATOR = "generator"
    THEME = "theme"
    PLUGIN = "plugin"
    FEED = "feed"
    ENDPOINT = "endpoint"
    ICON = "icon"
    ASSET = "asset"
    HOST = "host"
    HEADER = "header"
    COOKIE = "cookie"
    FURNITURE = "furniture"


OWNED = frozenset({Trait.ANALYTICS, Trait.ADVERT, Trait.VERIFICATION, Trait.ACCOUNT})
"""Marks that a service gives out to one owner; the others come with what a site is built of."""

_PATTERNS: tuple[tuple[Trait, str, str], ...] = (
    (Trait.ANALYTICS, "google-analytics", r"\b(UA-\d{4,10})-\d{1,4}\b"),
    (Trait.ANALYTICS, "google-analytics", r"(?:[?&]id=|['\"])(G-[A-Z0-9]{8,12})\b"),
    (Trait.ANALYTICS, "google-tag-manager", r"\b(GTM-[A-Z0-9]{5,9})\b"),
    (Trait.ANALYTICS, "yandex-metrica", r"mc\.yandex\.[a-z]{2,3}/(?:watch|pixel)/(\d{5,10})\b"),
    (Trait.ANALYTICS, "yandex-metrica", r"\bym\(\s{0,9}(\d{5,10})\s{0,9},"),
    (Trait.ANALYTICS, "yandex-metrica", r"\byaCounter(\d{5,10})\b"),
    (Trait.ANALYTICS, "facebook-pixel", r"\bfbq\(['\"]init~(\d{10,20})"),
    (Trait.ANALYTICS, "facebook-pixel", r"facebook\.com/tr/?\?id=(\d{10,20})"),
    (Trait.ANALYTICS, "hotjar", r"\bhjid~(\d{4,9})\b"),
    (Trait.ANALYTICS, "clarity", r"clarity\.ms/tag/([a-z0-9]{8,12})\b"),
    (Trait.ANALYTICS, "clarity", r"['\"]clarity~script~([a-z0-9]{8,12})['\"]"),
    (Trait.ANALYTICS, "comscore", r"\bc2~(\d{6,9})\b"),
    (Trait.ANALYTICS, "chartbeat", r"_sf_async_config\.uid~(\d{3,7})\b"),
    (Trait.ANALYTICS, "top-mail-ru", r"mail\.ru/counter\?id=(\d{5,9})\b"),
    (Trait.ANALYTICS, "rambler", r"rambler\.ru/top100\.\w{3}\?(\d{5,9})\b"),
    (Trait.ANALYTICS, "statcounter", r"\bsc_project~(\d{5,10})\b"),
    (Trait.ANALYTICS, "histats", r"\bHistats\.start\W{1,9}\d{1,3}\W{1,9}(\d{5,10})\b"),
    (Trait.ANALYTICS, "gemius", r"gemius_identifier~([\w.-]{20,60})"),
    (Trait.ANALYTICS, "tiktok-pixel", r"\bttq\.load\(['\"]([A-Z0-9]{15,25})\b"),
    (Trait.ANALYTICS, "linkedin", r"_linkedin_partner_id~(\d{4,10})\b"),
    (Trait.ANALYTICS, "vk-pixel", r"\b(VK-RTRG-\d{4,8}-\w{4,8})\b"),
    (Trait.ANALYTICS, "hubspot", r"hs-scripts\.com/(\d{4,10})\.js"),
    (Trait.ANALYTICS, "mixpanel", r"mixpanel\.init\(['\"]([0-9a-f]{32})\b"),
    (Trait.ANALYTICS, "cloudflare", r"^data-cf-beacon=.{0,60}token~([0-9a-f]{32})\b"),
    (Trait.ANALYTICS, "plausible", r"^data-domain=([\w.,-]{4,100})$"),
    (Trait.ANALYTICS, "sentry", r"https://([0-9a-f]{32})@[\w.-]{3,80}/\d{1,12}\b"),
    (Trait.ADVERT, "adsense", r"\bpub-(\d{16})\b"),
    (Trait.ADVERT, "google-ads", r"['\"](AW-\d{8,12})\b"),
    (Trait.ADVERT, "ad-manager", r"defineSlot\(\s{0,9}['\"]/(\d{4,12})[,/]"),
    (Trait.ADVERT, "taboola", r"taboola\.com/libtrc/([\w-]{3,60})/"),
    (Trait.ADVERT, "amazon-ads", r"\bpubID~([\w-]{4,40})"),
    (Trait.ADVERT, "amazon-associates",
     r"amazon\.[a-z.]{2,6}/[^\s'\"<>]{0,200}[?&]tag=([\w-]{3,40}-2\d)\b"),
    (Trait.ADVERT, "yandex-ads", r"\b(R-[AI]-\d{4,9})\b"),
    (Trait.ADVERT, "mgid", r"mgid\.com/[^\s'\"]{0,120}\.(\d{4,9})\.js"),
    (Trait.ADVERT, "revcontent", r"revcontent\.com/[^\s'\"]{0,120}[?&]w=(\d{3,9})\b"),
    (Trait.ACCOUNT, "disqus", r"//([\w-]{2,60})\.disqus\.com/embed"),
    (Trait.ACCOUNT, "disqus", r"\bdisqus_shortname~([\w-]{2,60})"),
    (Trait.ACCOUNT, "onesignal", r"\bappId~([0-9a-f]{8}-[0-9a-f-]{27})\b"),
    (Trait.ADVERT, "outbrain", r"^data-ob-installation-key=([\w-]{8,60})$"),
    (Trait.ACCOUNT, "captcha", r"^data-sitekey=([\w-]{20,60})$"),
    (Trait.ACCOUNT, "captcha", r"recaptcha/\w{2,12}\.js\?[^\s'\"]{0,80}render=(6[\w-]{39})"),
    (Trait.ACCOUNT, "mailchimp", r"list-manage\.com/[^\s'\"]{0,80}[?&]u=([0-9a-f]{20,30})"),
    (Trait.ACCOUNT, "google-api", r"\b(AIza[\w-]{35})(?![\w-])"),
    (Trait.ACCOUNT, "feedburner", r"feeds\.feedburner\.com/([\w./-]{2,60})"),
)  # fmt: skip
"""Where the account stands in code; ``~`` is what stands between a name and its value."""
_IS = r"['\"]?\s{0,9}[:=,]\s{0,9}['\"]?"
_COMPILED = tuple(
    (trait, service, re.compile(text.replace("~", _IS), re.MULTILINE))
    for trait, service, text in _PATTERNS
)
_MATOMO_SITE = re.compile(rf"\bsetSiteId{_IS}(\d{{1,6}})\b")
_MATOMO_HOST = re.compile(rf"\b(?:u|setTrackerUrl){_IS}(?:https?:)?//([\w.-]{{3,100}})")
_BLANK = re.compile(r"[A-Z]*-?(?:X+|0+|1+|x+)(?:-[X0-9]+)?")
"""What stands in a template before its owner puts in a number."""


def accounts(code: str) -> list[tuple[Trait, str]]:
    """Return the accounts that code names: sort, and service with number.

    Args:
        code: scripts of a page, and attributes as ``name=value`` in lines of their own; not its
            text, which anybody may have written.
    """
    found = [
        (trait, f"{service} {match[1]}")
        for trait, service, pattern in _COMPILED
        for match in pattern.finditer(code)
        if not _BLANK.fullmatch(match[1])
    ]
    site, host = _MATOMO_SITE.search(code), _MATOMO_HOST.search(code)
    if site and host:
        found.append((Trait.ANALYTICS, f"matomo {host[1].lower()} {site[1]}"))
    return found
