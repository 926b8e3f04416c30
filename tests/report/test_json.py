"""The dossier as JSON: what is written fits the schema and comes back equal."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.errors import DossierError
from retold.model import Dossier, Run
from retold.report.json import dumps, load, loads, schema

st.register_type_strategy(float, st.floats(0, 1).map(lambda x: round(x, 4)))
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
VALIDATOR = jsonschema.Draft202012Validator(schema())


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.from_type(Dossier))
def test_what_is_written_fits_the_schema_and_comes_back_equal(dossier: Dossier) -> None:
    text = dumps(dossier)
    VALIDATOR.validate(json.loads(text))
    assert loads(text) == dossier
    assert dumps(loads(text)) == text


def test_the_schema_is_itself_valid_and_says_what_is_required() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert set(schema()["required"]) == {"run", "articles", "rejected", "stories"}
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"run": {}, "articles": [], "rejected": [], "stories": []})


@pytest.mark.parametrize("text", ["", "{", "[]", '{"run": 1}', '{"articles": []}'])
def test_what_is_no_dossier_is_said_to_be_none(text: str) -> None:
    with pytest.raises(DossierError, match=r"not a dossier of schema 1.*retold compare"):
        loads(text)


def test_the_error_names_the_file(tmp_path) -> None:
    with pytest.raises(DossierError, match=r"gone\.json: cannot be read"):
        load(tmp_path / "gone.json")
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(DossierError, match=r"bad\.json: not a dossier"):
        load(tmp_path / "bad.json")


def test_text_is_written_as_it_is() -> None:
    run = Run("0", "1", "sha256:0", "local", 0, (), 0, 0, notices=("“ö”",))
    assert "“ö”" in dumps(Dossier(run, (), (), ()))
