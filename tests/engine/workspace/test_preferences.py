import pytest

from engine.workspace.preferences import Preferences, load, save
from engine.workspace.store import StoreError


def test_preferences_come_back(tmp_path):
    path = tmp_path / "deep" / "preferences.json"
    wanted = Preferences("dark", 130, True, ("a.json", "b.json"), "AdnQ", {"across": [800, 560]})
    save(wanted, path)
    assert load(path) == (wanted, "")


def test_without_a_file_the_usual_ones_hold(tmp_path):
    assert load(tmp_path / "none.json") == (Preferences(), "")


@pytest.mark.parametrize("text", ["", "[]", "{", "\x00", "[" * 100_000, "3"])
def test_no_file_keeps_the_program_from_starting(tmp_path, text):
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="utf-8")
    found, note = load(path)
    assert found == Preferences()
    assert "could not be read" in note


def test_a_wrong_part_takes_its_default_and_the_others_stay(tmp_path):
    path = tmp_path / "preferences.json"
    text = '{"theme": "pink", "text_size": 120, "shoes": 3, "recent": ["a"], "shares": {"a": [-1]}}'
    path.write_text(text, "utf-8")
    found, note = load(path)
    assert found == Preferences(text_size=120, recent=("a",))
    assert note == "These preferences could not be read: shares, shoes, theme."


@pytest.mark.parametrize(("asked", "given"), [(10, 80), (100, 100), (999, 300)])
def test_text_stays_legible(asked, given):
    assert Preferences(text_size=asked).text_size == given


def test_ten_recent_scenes_are_kept_latest_first():
    preferences = Preferences()
    for n in [*range(12), 5]:
        preferences = preferences.with_recent(str(n))
    assert preferences.recent == ("5", "11", "10", "9", "8", "7", "6", "4", "3", "2")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be saved"):
        save(Preferences(), tmp_path / "file" / "preferences.json")
