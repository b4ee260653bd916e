import json
import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from engine.network.network import layered
from engine.workspace import edits, store
from engine.workspace.document import Document, Question
from engine.workspace.placement import AS_USUAL
from engine.workspace.store import StoreError, dumps, load, loads, save
from tests.engine.workspace.drawn import documents

GOOD = dumps(Document())
OLD = Path(__file__).parent / "data"


def changed(**parts):
    content = json.loads(GOOD)
    content["document"] |= parts
    return json.dumps(content)


@settings(max_examples=60)
@given(documents())
def test_what_is_saved_is_loaded(document):
    assert loads(dumps(document)) == document


def test_files_are_saved_and_loaded(tmp_path):
    document = edits.run(Document(), 20)
    path = save(document, tmp_path / "scene.chainrule.json")
    assert load(path) == document
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("path", sorted(OLD.glob("format-*.json")), ids=lambda path: path.name)
def test_files_of_every_format_are_still_read(path):
    document = load(path)
    assert document.network.parameters()["w2"] == 1.4
    assert document.round == 2


def test_format_1_showed_a_card_a_rule_and_the_first_derivative():
    document = load(OLD / "format-1.json")
    assert (document.detail, document.question, document.known) == ("rules", Question(), ())


def test_format_3_knew_one_order_of_factors_and_indices():
    notation = load(OLD / "format-3.json").notation
    assert (notation.factors, notation.index) == ("cost first", "to from")
    notation = load(OLD / "format-4.json").notation
    assert (notation.factors, notation.index) == ("weight first", "from to")


def test_format_4_knew_no_places_of_ones_own():
    assert load(OLD / "format-4.json").placement == AS_USUAL
    placement = load(OLD / "format-5.json").placement
    assert placement.offsets == {"1": (0.0, -0.5)}
    assert (placement.labels, placement.notes[0].text) == ((("x", "age"),), "forward")


def test_there_is_an_example_of_the_present_format():
    assert (OLD / f"format-{store.FORMAT}.json").exists()


BROKEN = {
    "nothing": ("", "empty"),
    "spaces": (" \n", "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\xff\xfe", "not a text"),
    "another encoding": (GOOD.encode("utf-16"), "not a text"),
    "cut off": (GOOD[:300], "damaged at line"),
    "no scene": ("[1, 2]", "not a scene"),
    "a note": ("shopping list", "not a scene"),
    "another program's": ('{"application": "Other"}', "not a scene"),
    "no format": (GOOD.replace('"format": 5,', ""), "which format"),
    "the format a text": (GOOD.replace('"format": 5', '"format": "2"'), "which format"),
    "the format yes": (GOOD.replace('"format": 5', '"format": true'), "which format"),
    "from the future": (GOOD.replace('"format": 5', '"format": 99'), "newer version"),
    "no document": ('{"application": "Chain Rule Lab", "format": 1}', "group of fields"),
    "NaN": (GOOD.replace("1.5", "NaN"), "NaN"),
    "Infinity": (GOOD.replace("1.5", "-Infinity"), "Infinity"),
    "a number without end": (GOOD.replace("1.5", "1e999"), "finite"),
    "a long number": (GOOD.replace("1.5", "9" * 5000), "too long"),
    "a text for a number": (changed(x=["a"]), "needs a number, not a text"),
    "yes for a number": (changed(x=[True]), "needs a number"),
    "half a step": (changed(step=1.5), "whole number"),
    "a step too far": (changed(step=18), "does not exist"),
    "two inputs": (changed(x=[1.0, 2.0]), "1 input and"),
    "brackets without end": ("[" * 100_000, "brackets within brackets"),
    "a field twice": (GOOD.replace('"step": 0', '"step": 0, "step": 1'), "“step” is there twice"),
    "an unknown field": (changed(colour="red"), "“colour” in document is unknown"),
    "an unknown choice": (changed(workspace="garage"), "workspace"),
    "an unknown loss": (changed(loss="surprise"), "no loss called"),
    "half a surrogate": (GOOD.replace("cos x", "\\ud800"), "broken character"),
    "a function that is none": (changed(reading="log("), "function in the file cannot be read"),
    "a network that is none": (changed(network=3), "network"),
    "too large": (GOOD + " " * store.LIMIT, "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_refused_in_words_and_left_alone(content, words, tmp_path):
    path = tmp_path / "broken.json"
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    path.write_bytes(raw)
    with pytest.raises(StoreError, match=words) as caught:
        load(path)
    assert caught.value.message.startswith("“broken.json”: ")
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    assert path.read_bytes() == raw


def every_field(tree, place=()):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield (*place, key)
            yield from every_field(value, (*place, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from every_field(value, (*place, index))


FIELDS = [place for place in every_field(json.loads(GOOD)) if isinstance(place[-1], str)]


@pytest.mark.parametrize("place", FIELDS, ids=lambda place: ".".join(map(str, place)))
def test_no_field_may_be_missing_or_nonsense(place):
    for wrong in (None, {"a": [1]}, "missing"):
        content = json.loads(GOOD)
        tree = content
        for part in place[:-1]:
            tree = tree[part]
        if wrong == "missing":
            del tree[place[-1]]
        else:
            tree[place[-1]] = wrong
        if place[-1] in ("bias", "penalty") and wrong is None:
            continue
        with pytest.raises(StoreError) as caught:
            loads(json.dumps(content))
        assert "`" not in caught.value.message


def test_a_byte_order_mark_does_no_harm():
    assert loads(b"\xef\xbb\xbf" + GOOD.encode()) == Document()
    assert loads("\ufeff" + GOOD) == Document()


def test_what_a_file_cannot_hold_is_not_saved(tmp_path):
    path = tmp_path / "scene.json"
    save(Document(), path)
    with pytest.raises(StoreError, match="file cannot"):
        save(replace(Document(), expression="\ud800"), path)
    broken = Document()
    object.__setattr__(broken, "x", (float("nan"),))
    with pytest.raises(StoreError, match="not finite"):
        save(broken, path)
    assert load(path) == Document()


def test_a_file_that_could_not_be_opened_again_is_not_saved(tmp_path):
    huge = replace(Document(), scene="x" * store.LIMIT)
    with pytest.raises(StoreError, match="larger than"):
        save(huge, tmp_path / "scene.json")
    assert list(tmp_path.iterdir()) == []


def test_places_that_are_not_there_are_named(tmp_path):
    with pytest.raises(StoreError, match="no such file"):
        load(tmp_path / "none.json")
    with pytest.raises(StoreError, match="no such file or folder"):
        save(Document(), tmp_path / "none" / "scene.json")
    with pytest.raises(StoreError, match=r"could not be opened"):
        load(tmp_path)
    with pytest.raises(StoreError, match="could not be opened"):
        load("a\0b")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="could not be saved"):
        save(Document(), tmp_path / "folder")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are another matter there")
def test_a_link_is_followed_and_the_mode_is_kept(tmp_path):
    real = tmp_path / "real.json"
    save(Document(), real)
    assert stat.S_IMODE(real.stat().st_mode) & 0o600 == 0o600
    real.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(real)
    changed_document = edits.set_weight(Document(), "w2", 2.0)
    save(changed_document, link)
    assert link.is_symlink()
    assert load(real) == changed_document
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "scene.json"
    save(Document(), path)

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="no space left on device"):
        save(edits.set_weight(Document(), "w2", 2.0), path)
    assert load(path) == Document()
    assert list(tmp_path.iterdir()) == [path]


def test_a_large_network_fits(tmp_path):
    document = edits.set_network(Document(), layered((40, 40, 10)))
    document = edits.run(replace(document, learning_rate=0.01), 5)
    assert load(save(document, tmp_path / "large.json")) == document
