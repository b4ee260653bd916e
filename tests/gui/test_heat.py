import numpy as np
import pytest
from PySide6.QtGui import QColor

from gui import heat


def test_the_middle_is_the_lightest_and_both_ends_are_as_far_from_it():
    light = [heat.colour(share).lightnessF() for share in np.linspace(-1, 1, 21)]
    assert np.argmax(light) == 10
    assert light[:11] == sorted(light[:11])
    assert light[10:] == sorted(light[10:], reverse=True)


def test_below_is_purple_and_above_is_green():
    low, high = heat.colour(-1), heat.colour(1)
    assert low.green() < min(low.red(), low.blue())
    assert high.green() > max(high.red(), high.blue())
    assert heat.colour(-7) == low
    assert heat.colour(7) == high


def test_a_pixel_a_value_with_the_first_row_at_the_bottom():
    values = np.array([[0.0, 0.5, 1.0], [1.0, 0.5, np.nan]])
    picture = heat.image(values, middle=0.5, reach=0.5)
    assert (picture.width(), picture.height()) == (3, 2)
    assert picture.pixelColor(0, 1) == heat.colour(-1)
    assert picture.pixelColor(2, 1) == heat.colour(1)
    assert picture.pixelColor(0, 0) == heat.colour(1)
    assert picture.pixelColor(1, 0).lightness() == pytest.approx(heat.colour(0).lightness(), abs=2)
    assert picture.pixelColor(2, 0).alpha() == 0


def test_a_constant_table_is_white_where_it_is_in_the_middle():
    picture = heat.image(np.zeros((2, 2)), middle=0.0, reach=0.0)
    assert QColor(picture.pixelColor(0, 0)).lightness() > 230
