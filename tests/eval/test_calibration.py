"""Expected calibration error and the reliability plot."""

from xml.etree import ElementTree as ET

import pytest

from eval.calibration import bins, calibration, draw


def test_what_is_always_right_when_sure_is_calibrated():
    assert calibration([(1.0, True), (0.0, False)]) == 1.0
    assert calibration([(1.0, False)]) == 0.0
    assert calibration([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(1.0)
    assert calibration([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(1.0)
    assert calibration([(0.9, False)]) == pytest.approx(0.1)


def test_wide_bins_mix_what_narrow_ones_part():
    cases = [(0.5, False), (0.9, True)]
    assert calibration(cases, 2) == pytest.approx(1.0 - 0.2)
    assert calibration(cases, 10) == pytest.approx(1.0 - 0.3)


def test_bins_hold_every_case():
    cases = [(n / 20, n % 2 == 0) for n in range(21)]
    assert sum(size for *_, size in bins(cases)) == len(cases)


def test_the_plot_is_well_formed_and_names_its_sets():
    picture = draw({"changes <b>": [(0.9, True), (0.2, False)], "claims": [(0.5, True)]})
    texts = [t.text or "" for t in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert any(text.startswith("changes <b>: error") for text in texts)
    assert any(text.startswith("claims: error 0.500, n 1") for text in texts)
