"""What may not stand in XML is left out of a file, and written as an escape in a scene."""

from __future__ import annotations

import json
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from gui.widgets.xml_letters import clean, escaped

ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from("\x00\x0b\x1f\ufffe\uffff\n"))


@given(ANY)
def test_a_cleaned_text_can_stand_in_xml(text: str) -> None:
    kept = clean(text)
    read = ElementTree.fromstring(f"<a>{escape(kept)}</a>").text or ""
    assert read == kept.replace("\r\n", "\n").replace("\r", "\n")  # as XML ends its lines
    assert clean(kept) == kept


@given(ANY)
def test_no_letter_of_a_scene_is_lost(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert clean(written) == written
    assert json.loads(written) == text
