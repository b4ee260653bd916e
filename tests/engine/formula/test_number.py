"""Numbers show what product and lesson print: short decimals short, four decimals else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formula.notation import Notation
from engine.formula.number import number, number_text
from engine.formula.plaintext import plaintext

POWERS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.mark.parametrize(
    "value, shown",
    [
        (0.45, "0.45"), (0.6106392339492220, "0.6106"), (1.2548949275289108, "1.2549"),
        (0.7781464, "0.7781"), (0.2299412, "0.2299"), (0.0714892, "0.0715"),
        (0.1170724, "0.1171"), (0.0584531, "0.0585"), (0.0389691, "0.0390"),
        (1.3642554, "1.3643"), (0.3414638, "0.3415"), (0.4707734, "0.4708"),
        (-0.3194845, "−0.3195"), (0.2179407, "0.2179"), (0.1006715, "0.1007"),
    ],
)  # fmt: skip
def test_the_golden_figures_are_shown_as_printed(value: float, shown: str) -> None:
    assert number_text(value) == shown


@pytest.mark.parametrize(
    "value, shown",
    [
        (0.0, "0"), (-0.0, "0"), (2.0, "2"), (-1.0, "−1"), (0.1 + 0.2, "0.3"), (100.0, "100"),
        (123.456, "123.5"), (12345.678, "12346"), (123456789.0, "123456789"),
        (0.00390691, "0.003907"), (0.00025, "0.00025"), (2.2e-16, "2.2·10⁻¹⁶"),
        (1.5e12, "1.5·10¹²"), (-3.8981e-5, "−3.898·10⁻⁵"), (9.99999, "10.00"),
        (float("nan"), "undefined"), (float("inf"), "∞"), (float("-inf"), "−∞"),
    ],
)  # fmt: skip
def test_other_sizes_keep_four_significant_digits(value: float, shown: str) -> None:
    assert number_text(value) == shown


@given(st.floats(-1e300, 1e300))
def test_what_is_shown_is_the_value_to_four_digits_or_four_decimals(value: float) -> None:
    shown = number_text(value).replace("−", "-")
    mantissa, _, power = shown.partition("·10")
    exponent = int(power.translate(POWERS)) if power else 0
    assert float(f"{mantissa}e{exponent}") == pytest.approx(value, rel=5.1e-4, abs=5.1e-5)
    assert len(mantissa) <= 12


def test_a_set_number_reads_like_the_plain_one() -> None:
    assert plaintext(number(-2.2e-16)) == "−2.2 · 10⁻¹⁶"
    assert plaintext(number(0.6106392)) == "0.6106"
    assert plaintext(number(0.6106392, Notation(significant=6))) == "0.610639"
    assert plaintext(number(float("nan"))) == "undefined"
