"""Web archives of invented pages, written as crawlers write them."""

import gzip
import io
import zipfile

import brotli
import zstandard

from tests.read.pieces import FIRST, SECOND, THIRD, TITLE

HTML = "text/html; charset=utf-8"
WORDS = (
    "The council of Tarnmouth met until midnight, and the ferry office was told to keep two boats "
    "at the quay for as long as the bridge stays shut, number {} of the minutes says."
)


def page(number=0):
    """Return a page with an article of its own."""
    text = "".join(f"<p>{part}</p>" for part in (FIRST, SECOND, THIRD, WORDS.format(number)))
    date = f"2031-02-{number + 1:02d}T07:15:00Z"
    return (
        f"<html><head><title>{TITLE}</title><meta property='og:site_name' content='Tarn Post'>"
        f"<meta property='article:published_time' content='{date}'></head>"
        f"<body><nav>Home About</nav><article><h1>{TITLE}</h1>{text}</article></body></html>"
    ).encode()


def response(number, *, body=None, status="200 OK", kind=HTML, **headers):
    """Return the parts of a response record."""
    named = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    head = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode()
    return {
        "uri": f"https://tarnpost.example/{number}",
        "payload": head + (page(number) if body is None else body),
    }


def record(uri, payload, type="response", kind="application/http;msgtype=response"):  # noqa: A002
    """Return a WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\n"
        f"WARC-Record-ID: <urn:uuid:5f9a6e1c-0c6b-4e55-9f0e-000000000001>\r\n"
        f"WARC-Date: 2031-02-03T07:15:00Z\r\nWARC-Target-URI: {uri}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def warc(*records, packed=False):
    """Return a WARC file of a ``warcinfo`` record and the records given."""
    about = {"uri": "a.warc", "payload": b"software: a test\r\n", "type": "warcinfo"}
    made = [record(**parts) for parts in (about, *records)]
    return b"".join(gzip.compress(m, mtime=0) if packed else m for m in made)


def chunked(data, size=700):
    """Return a body in chunks, as servers send it."""
    parts = [data[i : i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def wacz(members, **options):
    """Return a WACZ file of the WARC files given by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        archive.writestr("datapackage.json", "{}")
        for name, data in members.items():
            archive.writestr(f"archive/{name}", data)
        archive.writestr("pages/pages.jsonl", "{}\n")
    return out.getvalue()


PACKED = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
