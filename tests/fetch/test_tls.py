"""Encryption: the certificate is that of the name, whatever address was connected to."""

import shutil
import ssl
import subprocess

import pytest

from retold.fetch import Fetched, Refused
from retold.model import Reason
from tests.fetch.site import PUBLIC, answer

HTML = b"<p>The ferry to Quell was late.</p>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return a certificate of news.example that nobody has signed, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not there")
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "30000", "-subj", "/CN=news.example",
         "-addext", "subjectAltName=DNS:news.example", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return paths


@pytest.fixture
def secure(site, certificate):
    """Return the site with encryption, and what trusts its certificate."""
    site.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    site.tls.load_cert_chain(*certificate)
    site.tls.sni_callback = lambda sock, name, context: site.named.append(name)
    site.answers["/a"] = answer(HTML)
    return site, ssl.create_default_context(cafile=str(certificate[0]))


def test_the_name_is_asked_for_and_the_address_that_was_checked_connected_to(secure):
    site, trusting = secure
    found = site.client(tls=trusting).get("https://news.example/a")
    assert isinstance(found, Fetched), found
    assert found.body == HTML
    assert set(site.named) == {"news.example"}
    assert set(site.connected) == {(PUBLIC, 443)}


def test_a_certificate_of_another_name_is_none(secure):
    site, trusting = secure
    found = site.client(tls=trusting).get("https://other.example/a")
    assert isinstance(found, Refused)
    assert (found.reason, "certificate" in found.detail) == (Reason.FETCH_FAILED, True)
    assert site.paths == []


def test_a_certificate_that_nobody_signed_is_none(secure):
    site, _ = secure
    found = site.client().get("https://news.example/a")
    assert isinstance(found, Refused)
    assert (found.reason, "certificate" in found.detail) == (Reason.FETCH_FAILED, True)
    assert site.paths == []


def test_a_server_that_speaks_no_encryption_is_said(site):
    site.answers["/a"] = answer(HTML)
    found = site.client().get("https://news.example/a")
    assert isinstance(found, Refused)
    assert "encryption" in found.detail
