import pytest
from PySide6.QtGui import QColor

from gui.theme import LIGHT, TEXT_SIZES, THEMES, Appearance, role_colour


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return WCAG 2's contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
class TestContrast:
    @pytest.mark.parametrize("role", ["ink", "quiet", "forward", "backward", "changed"])
    def test_text_has_four_and_a_half_to_one_on_paper(self, theme, role):
        assert contrast(role_colour(theme, role), theme.paper) >= 4.5

    @pytest.mark.parametrize("role", ["ink", "forward", "backward"])
    def test_text_is_legible_on_the_highlight(self, theme, role):
        assert contrast(role_colour(theme, role), theme.highlight) >= 4.5

    def test_an_update_is_black_on_yellow(self, theme):
        assert contrast(role_colour(theme, "on changed"), theme.changed) >= 7

    @pytest.mark.parametrize("line", ["ink", "forward", "backward", "axis"])
    def test_lines_have_three_to_one(self, theme, line):
        assert contrast(getattr(theme, line), theme.paper) >= 3


def test_an_unknown_role_is_ink():
    assert role_colour(LIGHT, "nobody") == QColor(LIGHT.ink)


def test_text_sizes_walk_between_their_ends_and_back(qapp, qtbot):
    appearance = Appearance()
    seen = []
    for walk, start in ((appearance.larger, 175), (appearance.smaller, 100)):
        appearance.set_text_size(start)
        for _ in range(4):
            walk()
            seen.append(appearance.text_size)
    assert seen == [200, 250, 300, 300, 90, 80, 80, 80]
    assert (TEXT_SIZES[0], TEXT_SIZES[-1]) == (80, 300)
    with qtbot.waitSignal(appearance.changed):
        appearance.normal()
    assert appearance.font(14).pixelSize() == 14


#: Machado, Oliveira and Fernandes 2009, severity 1, for linear red, green and blue.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
ALL_THEMES = pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
ALL_EYES = pytest.mark.parametrize("eye", EYES)


def lab(colour, eye="usual"):
    """Return a colour's CIELAB coordinates (D65) as an eye sees it."""
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
             for p in QColor(colour).getRgbF()[:3]]  # fmt: skip
    red, green, blue = (
        min(max(sum(k * p for k, p in zip(row, parts, strict=True)), 0.0), 1.0) for row in EYES[eye]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one, other, eye="usual"):
    """Return ΔE of 1976."""
    pairs = zip(lab(one, eye), lab(other, eye), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


class TestColourBlindness:
    def test_the_measure_is_the_one_of_the_study(self):
        found = [distance("#0072b2", "#d55e00", eye) for eye in EYES]
        assert found == pytest.approx([114.6, 91.9, 108.4, 101.6], abs=3)

    @ALL_THEMES
    @ALL_EYES
    def test_forward_and_backward_are_told_apart_by_every_eye(self, theme, eye):
        assert distance(theme.forward, theme.backward, eye) > 40
        assert distance(theme.forward, theme.backward_text, eye) > 40

    @ALL_THEMES
    @ALL_EYES
    def test_values_and_gradients_are_told_from_plain_ink(self, theme, eye):
        for colour in (theme.forward, theme.backward_text):
            assert distance(colour, theme.ink, eye) > 20

    @ALL_THEMES
    @ALL_EYES
    def test_what_has_just_changed_stands_out_from_the_paper(self, theme, eye):
        assert distance(theme.changed, theme.paper, eye) > 10


@ALL_THEMES
def test_no_words_are_too_faint_to_read(theme):
    for role in ("quiet", "faint"):
        assert contrast(role_colour(theme, role), theme.paper) >= 4.5
    assert contrast(role_colour(theme, "quiet"), theme.highlight) >= 4.5
    assert contrast(theme.paper, theme.ink) >= 7  # the filled button
    assert contrast(theme.quiet, theme.pressed) >= 4.5


@ALL_THEMES
def test_what_is_past_stands_before_what_is_to_come(theme):
    assert contrast(theme.quiet, theme.paper) > 1.2 * contrast(theme.faint, theme.paper)


@ALL_THEMES
def test_lines_one_must_see_have_three_to_one(theme):
    for line in ("ink", "quiet", "axis", "forward", "backward", "faint"):
        assert contrast(getattr(theme, line), theme.paper) >= 3
    assert (
        contrast(theme.ink, theme.changed) >= 3 or contrast(theme.changed_ink, theme.changed) >= 7
    )
