"""The loss curve."""

import xml.etree.ElementTree as ET

import pytest

from nex_assets.checkpoint.curve import loss_curve, smoothed


def test_the_curve_falls_as_the_loss_does():
    root = ET.fromstring(loss_curve([2.0, 1.0, 0.5]))
    raw, mean = root.iter("{http://www.w3.org/2000/svg}polyline")
    heights = [float(point.split(",")[1]) for point in raw.get("points").split()]
    assert heights == sorted(heights), "down the page is down the scale"
    assert len(mean.get("points").split()) == 3


@pytest.mark.parametrize("losses", [[1.5], [0.0, 0.0]], ids=["one step", "zero"])
def test_degenerate_runs_are_drawn_too(losses):
    assert ET.fromstring(loss_curve(losses)) is not None


def test_no_step_is_an_error():
    with pytest.raises(ValueError, match="at least one step"):
        loss_curve([])


def test_smoothing_starts_at_the_first_loss():
    assert smoothed([1.0, 0.0]) == [1.0, pytest.approx(0.8)]
