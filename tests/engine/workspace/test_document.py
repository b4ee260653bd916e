import subprocess
import sys
from dataclasses import FrozenInstanceError, replace

import pytest

from engine.errors import EngineError
from engine.formula.notation import Notation
from engine.network.network import chapter, layered
from engine.workspace.document import Document, Trail


def test_the_first_document_is_the_start_scene_at_step_0_of_17():
    document = Document()
    assert document.network == chapter()
    assert document.sample == {"x": 1.5, "y": 0.1}
    assert (document.step, document.step_count) == (0, 17)
    assert document.learning_rate == 0.5
    assert document.expression == "log(2+cos x)"
    assert document.values == {"x": 2.0}
    assert document.workspace == "network"
    assert document.losses == ()
    assert document.round == 0


def test_a_document_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Document().step = 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x": (1.0, 2.0)}, "1 input and the sample 2"),
        ({"y": ()}, "wanted values"),
        ({"x": (float("nan"),)}, "x is not a finite number"),
        ({"y": (float("inf"),)}, "y is not a finite number"),
        ({"learning_rate": float("nan")}, "learning rate is not a finite"),
        ({"learning_rate": -0.1}, "uphill"),
        ({"step": 18}, "does not exist"),
        ({"step": -1}, "does not exist"),
        ({"derivation_step": -1}, "before the first"),
        ({"point": (("x", 1.0), ("x", 2.0))}, "two values"),
        ({"point": (("x", float("inf")),)}, "finite"),
        ({"variable": "t"}, "t has no value"),
        ({"loss": "surprise"}, "no loss called"),
        ({"notation": Notation(significant=0)}, "significant"),
        ({"trail": Trail(start=(1.0,))}, "weights and no costs"),
        ({"trail": Trail((1.0,) * 4, (0.1,), ((1.0,) * 4, (1.0,) * 4))}, "more weights"),
        ({"trail": Trail((1.0,), (0.1,), ())}, "its trail 1"),
        ({"trail": Trail((1.0,) * 4, (float("nan"),), ())}, "finite"),
        ({"trail": Trail((float("inf"),) * 4, (0.1,), ())}, "finite"),
        ({"network": layered((2, 1))}, "2 inputs"),
    ],
)
def test_what_is_no_document_is_refused_in_words(change, words):
    with pytest.raises(EngineError, match=words):
        replace(Document(), **change)


def test_the_document_and_its_edits_bring_neither_numpy_nor_sympy():
    """The window paints before they are imported."""
    code = (
        "import sys, engine.workspace.document as d, engine.workspace.edits as e, "
        "engine.workspace.history, engine.workspace.store, engine.workspace.preferences; "
        "e.next_step(e.set_weight(d.Document(), 'w2', 2.0)); "
        "print([m for m in ('numpy', 'sympy', 'PySide6', 'msgspec') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
