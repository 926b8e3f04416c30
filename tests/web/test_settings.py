"""Settings from options and from the environment."""

import pytest

from retold.errors import UsageError
from retold.web.settings import Settings, from_environment, is_loopback


def test_options_come_before_the_environment_before_the_defaults():
    environment = {"RETOLD_PORT": "9000", "RETOLD_RATE": "1.5", "RETOLD_WORK": "no"}
    found = from_environment(environment, port=9001, host=None)
    assert found == Settings(port=9001, rate=1.5, work=False)


def test_names_are_given_in_one_variable():
    found = from_environment({"RETOLD_NAMES": "a.example, b.example"})
    assert found.names == ("a.example", "b.example")


@pytest.mark.parametrize(
    "environment",
    [
        {"RETOLD_PORT": "many"},
        {"RETOLD_PORT": "70000"},
        {"RETOLD_WORK": "perhaps"},
        {"RETOLD_RATE": "-1"},
        {"RETOLD_BODY_BYTES": "0"},
        {"RETOLD_TOKEN": "short"},
        {"RETOLD_TOKEN": "é" * 20},
        {"RETOLD_PROXY": "*"},
        {"RETOLD_PROXY": "0.0.0.0/0"},
        {"RETOLD_PROXY": "proxy.example"},
        {"RETOLD_PROXY": "127.0.0.1,*"},
    ],
)
def test_what_cannot_be_meant_is_refused(environment):
    with pytest.raises(UsageError):
        from_environment(environment)


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "10.0.0.0/8, 127.0.0.1", ""])
def test_a_proxy_is_named_by_its_address(proxy):
    assert from_environment({"RETOLD_PROXY": proxy}).proxy == proxy


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.1", False),
        ("localhost.example", False),
    ],
)
def test_which_addresses_are_this_machine(host, local):
    assert is_loopback(host) is local
