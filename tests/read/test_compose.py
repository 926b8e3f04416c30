"""What an article is called where nothing else names it."""

from retold.read.compose import host


def test_a_site_is_its_host():
    assert host("https://www.tarnpost.example:8443/a") == "tarnpost.example"
    assert host("http://[") == ""
    assert host("") == ""
