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
    for _ in range(20):
        appearance.larger()
    assert appearance.text_size == TEXT_SIZES[-1]
    for _ in range(20):
        appearance.smaller()
    assert appearance.text_size == TEXT_SIZES[0]
    with qtbot.waitSignal(appearance.changed):
        appearance.normal()
    assert appearance.font(14).pixelSize() == 14
