"""The marks of a page: what it is built with, in whose accounts it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.fetch.marks import Fingerprint, fingerprints
from retold.fetch.services import OWNED, Trait

URL = "https://www.tarnpost.example/2031/quell"


def marks(head="", body="", headers=(), url=URL):
    return fingerprints(f"<html><head>{head}</head><body>{body}</body></html>", url, headers)


def values(kind, *given, **named):
    return [mark.value for mark in marks(*given, **named) if mark.kind is kind]


@pytest.mark.parametrize(
    ("code", "kind", "value"),
    [
        ("ga('create', 'UA-7654321-2', 'auto')", Trait.ANALYTICS, "google-analytics UA-7654321"),
        ("gtag('config', 'G-AB12CD34EF');", Trait.ANALYTICS, "google-analytics G-AB12CD34EF"),
        ("(window,document,'script','dataLayer','GTM-W5ABCD')", Trait.ANALYTICS,
         "google-tag-manager GTM-W5ABCD"),
        ('ym(76543210, "init", {})', Trait.ANALYTICS, "yandex-metrica 76543210"),
        ("w.yaCounter76543210 = 1", Trait.ANALYTICS, "yandex-metrica 76543210"),
        ("fbq('init', '123456789012345');", Trait.ANALYTICS, "facebook-pixel 123456789012345"),
        ("h._hjSettings={hjid:1234567,hjsv:6}", Trait.ANALYTICS, "hotjar 1234567"),
        ('})(window,document,"clarity","script","abcdefgh12")', Trait.ANALYTICS,
         "clarity abcdefgh12"),
        ('_comscore.push({ c1: "2", c2: "7654321" })', Trait.ANALYTICS, "comscore 7654321"),
        ("_sf_async_config.uid = 65432;", Trait.ANALYTICS, "chartbeat 65432"),
        ("var sc_project=7654321;", Trait.ANALYTICS, "statcounter 7654321"),
        ("_Hasync.push(['Histats.start', '1,7654321,4,0,0,0,00010000'])", Trait.ANALYTICS,
         "histats 7654321"),
        ("var pp_gemius_identifier = 'zCiVJy8ABCDEFGHIJ0.K7'", Trait.ANALYTICS,
         "gemius zCiVJy8ABCDEFGHIJ0.K7"),
        ("_paq.push(['setSiteId', '5']); var u='//Stats.Tarn.example/';", Trait.ANALYTICS,
         "matomo stats.tarn.example 5"),
        ("dsn:'https://0123456789abcdef0123456789abcdef@o1.ingest.example/42'", Trait.ANALYTICS,
         "sentry 0123456789abcdef0123456789abcdef"),
        ("(adsbygoogle).push({google_ad_client: 'ca-pub-1234567890123456'})", Trait.ADVERT,
         "adsense 1234567890123456"),
        ("googletag.defineSlot('/7654321/tarn/top', [1, 2])", Trait.ADVERT, "ad-manager 7654321"),
        ("Ya.adfoxCode.create({blockId: 'R-A-765432-1'})", Trait.ADVERT, "yandex-ads R-A-765432"),
        ("apstag.init({pubID: 'abcd-1234', adServer: 'x'})", Trait.ADVERT, "amazon-ads abcd-1234"),
        ("var disqus_shortname = 'tarnpost';", Trait.ACCOUNT, "disqus tarnpost"),
    ],
)  # fmt: skip
def test_scripts_name_accounts(code, kind, value):
    assert values(kind, f"<script>{code}</script>") == [value]
    assert kind in OWNED
    assert values(kind, body=f"<p>{code}</p><a href='https://x.example/?{code}'>x</a>") == []


@pytest.mark.parametrize(
    ("markup", "kind", "value"),
    [
        ("<script src='https://www.googletagmanager.com/gtag/js?id=UA-7654321-2'></script>",
         Trait.ANALYTICS, "google-analytics UA-7654321"),
        ("<noscript><img src='https://mc.yandex.ru/watch/76543210'></noscript>", Trait.ANALYTICS,
         "yandex-metrica 76543210"),
        ("<img src='https://www.facebook.com/tr?id=123456789012345&ev=PageView'>", Trait.ANALYTICS,
         "facebook-pixel 123456789012345"),
        ("<script data-cf-beacon='{\"token\": \"0123456789abcdef0123456789abcdef\"}'></script>",
         Trait.ANALYTICS, "cloudflare 0123456789abcdef0123456789abcdef"),
        ("<script data-domain='tarn.example' src='/p.js'></script>", Trait.ANALYTICS,
         "plausible tarn.example"),
        ("<script src='https://pagead2.example/ads.js?client=ca-pub-1234567890123456'></script>",
         Trait.ADVERT, "adsense 1234567890123456"),
        ("<ins class='adsbygoogle' data-ad-client='ca-pub-1234567890123456'></ins>", Trait.ADVERT,
         "adsense 1234567890123456"),
        ("<script src='https://cdn.taboola.com/libtrc/tarn-net/loader.js'></script>", Trait.ADVERT,
         "taboola tarn-net"),
        ("<script src='https://jsc.mgid.com/t/a/tarnpost.example.765432.js'></script>",
         Trait.ADVERT, "mgid 765432"),
        ("<a href='https://www.amazon.com/dp/B0?tag=tarn-20'>boots</a>", Trait.ADVERT,
         "amazon-associates tarn-20"),
        ("<script src='https://tarnpost.disqus.com/embed.js'></script>", Trait.ACCOUNT,
         "disqus tarnpost"),
        ("<div class='g-recaptcha' data-sitekey='6LdAbCdEfGhIjKlMnOpQrStUv'></div>", Trait.ACCOUNT,
         "captcha 6LdAbCdEfGhIjKlMnOpQrStUv"),
        ("<form action='https://t.us1.list-manage.com/subscribe/post?u=0123456789abcdef01234567'>",
         Trait.ACCOUNT, "mailchimp 0123456789abcdef01234567"),
        ("<meta name='google-site-verification' content='aBcDeF'>", Trait.VERIFICATION,
         "google-site-verification aBcDeF"),
        ("<meta name='msvalidate.01' content='ABC'>", Trait.VERIFICATION, "msvalidate.01 ABC"),
        ("<meta name='p:domain_verify' content='ABC'>", Trait.VERIFICATION, "p:domain_verify ABC"),
        ("<meta property='fb:app_id' content='1234'>", Trait.ACCOUNT, "fb:app_id 1234"),
        ("<meta name='twitter:site' content='@tarnpost'>", Trait.ACCOUNT, "twitter:site @tarnpost"),
        ("<meta name='generator' content='Heron CMS 6.4.3'>", Trait.GENERATOR, "heron cms"),
        ("<link rel='stylesheet' href='/wp-content/themes/Plover-Child/style.css?v=2'>",
         Trait.THEME, "plover-child"),
        ("<img src='/templates/plover/images/a.png'>", Trait.THEME, "plover"),
        ("<script src='/wp-content/plugins/tarn-box/a.js'></script>", Trait.PLUGIN, "tarn-box"),
        ("<link rel='alternate' type='application/rss+xml' href='https://tarnpost.example/feed/x'>",
         Trait.FEED, "/feed/x"),
        ("<link rel='alternate' type='application/atom+xml' href='//feeds.example/tarn'>",
         Trait.FEED, "feeds.example/tarn"),
        ("<link rel='https://api.w.org/' href='/wp-json/'>", Trait.ENDPOINT,
         "https://api.w.org/ /wp-json/"),
        ("<link rel='shortcut icon' href='/i/heron.png?2'>", Trait.ICON, "/i/heron.png"),
        ("<script src='/build/app.5f3a.js?x'></script>", Trait.ASSET, "/build/app.5f3a.js"),
        ("<script src='//static.tarngroup.example/a.js'></script>", Trait.HOST,
         "static.tarngroup.example"),
        ("<footer><p>The Tarn group of papers, 7 Quay Street, is read by all who sail.</p>"
         "</footer>", Trait.FURNITURE,
         "the tarn group of papers, # quay street, is read by all who sail."),
    ],
)  # fmt: skip
def test_elements_carry_marks(markup, kind, value):
    assert values(kind, markup) == [value]


def test_what_every_site_of_a_platform_has_is_no_file_of_its_own():
    assert values(Trait.ASSET, "<script src='/wp-includes/js/jq.js'></script>") == []
    assert values(Trait.HOST, "<script src='https://cdn.tarnpost.example/a.js'></script>") == []


@pytest.mark.parametrize(
    "code", ["UA-XXXXX-Y", "GTM-XXXXXX", "UA-0000000-1", "pub-0000000000000000"]
)
def test_what_a_template_leaves_blank_is_no_mark(code):
    found = marks(f"<script>var a = '{code}'</script>")
    assert [m for m in found if m.kind in OWNED] == []


def test_headers_and_names_of_cookies_are_marks():
    headers = [
        ("server", "heron/1.2"), ("x-tarn-node", "a7"), ("date", "now"), ("x-powered-by", "Tarn 7"),
        ("set-cookie", "tarn_visit_0123456789abcdef=7; Path=/"), ("set-cookie", "nonsense"),
    ]  # fmt: skip
    assert [f"{m.kind}: {m.value}" for m in marks(headers=headers)] == [
        "cookie: tarn_visit_*",
        "header: server heron",
        "header: x-powered-by tarn",
        "header: x-tarn-node",
    ]


def test_marks_are_sorted_and_come_once():
    twice = "<script>'GTM-W5ABCD' 'GTM-W5ABCD' 'GTM-A5ABCD'</script>"
    found = marks(twice)
    assert list(found) == sorted(set(found))
    assert [m.value[-6:] for m in found] == ["A5ABCD", "W5ABCD"]


def test_a_page_of_marks_is_bounded():
    many = "".join(f"<script src='/{n}.js'></script>" for n in range(5_000))
    long = f"<meta name='generator' content='{'a' * 400}'>"
    found = marks(many + long)
    assert len([m for m in found if m.kind is Trait.ASSET]) == 80
    assert all(len(m.value) <= 200 for m in found)


def test_control_characters_are_not_kept():
    (mark,) = marks("<meta name='generator' content='He\u202eron\x1b[1m'>")
    assert mark == Fingerprint(Trait.GENERATOR, "he\ufffdron\ufffd[1m")


@pytest.mark.parametrize("url", ["", "nonsense", "http://[", "//x"])
def test_any_address_will_do(url):
    assert isinstance(
        marks("<script src='http://['></script><link href='a' rel='icon'>", url=url), tuple
    )


@given(st.text("<>'\"=/ abscriptme-:.0", max_size=300), st.text(max_size=40))
def test_any_markup_gives_marks(markup, url):
    found = fingerprints(markup, url, [("set-cookie", markup), ("server", markup)])
    assert list(found) == sorted(set(found))
