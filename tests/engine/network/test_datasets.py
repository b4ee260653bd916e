import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.network.csv_files import TableError, load_csv, read_csv
from engine.network.datasets import DATASETS, dataset, table


@pytest.mark.parametrize("name", DATASETS)
def test_the_same_seed_gives_the_same_samples(name):
    first, again = (dataset(name, 60, noise=0.1, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.inputs, again.inputs)
    np.testing.assert_array_equal(first.targets, again.targets)
    assert len(first) == (4 if name in ("xor", "and", "or") else 60)
    assert len(first.names) == first.inputs.shape[1] + first.targets.shape[1]


@pytest.mark.parametrize("name", ["circle", "two moons", "spirals", "gaussians"])
def test_classes_are_of_one_size(name):
    assert dataset(name, 100).targets.sum() == 50


def test_what_is_no_set_is_refused():
    for arguments in (("surprise",), ("line", 1), ("line", 10, -1.0)):
        with pytest.raises(EngineError):
            dataset(*arguments)


@pytest.mark.parametrize(("x", "y"), [([], []), ([[1.0]], [[1.0], [2.0]]), ([[float("nan")]], [1])])
def test_a_table_with_holes_is_refused(x, y):
    with pytest.raises(EngineError):
        table(x, y)


@pytest.mark.parametrize(
    "content",
    [
        "a,b,y\n1,2.5,0\n-3,4e-1,1\n",
        b"\xef\xbb\xbfa,b,y\r\n1,2.5,0\r\n-3,.4,1\r\n",
        "a;b;y\n1;2,5;0\n\n−3;0,4;1".encode(),
        "a\tb\ty\n1\t2.5\t0\n-3\t0.4\t1\n".encode("utf-16"),
        '"a","b","y"\n"1","2.5","0"\n"-3","0.4","1"\n',
    ],
)
def test_a_table_is_read_as_it_is_written(content):
    found = read_csv(content)
    assert found.inputs.tolist() == [[1.0, 2.5], [-3.0, 0.4]]
    assert found.targets.tolist() == [[0.0], [1.0]]
    assert found.names == ("a", "b", "y")
    assert "2 samples in 3 columns" in found.notes[0]
    assert "nothing is scaled" in found.notes[-1]


def test_columns_are_chosen_by_name():
    found = read_csv("y1,x,y2\n1,2,3\n", ["y2", "y1"])
    assert found.inputs.tolist() == [[2.0]]
    assert found.targets.tolist() == [[3.0, 1.0]]
    assert read_csv("1,2,3\n", 2).names == ("column 1", "column 2", "column 3")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("a,b\n", "names and no numbers"),
        ("a,b\n1,2\n1,x\n", "Line 3, “b”: “x” is not a number"),
        ("a,b\n1,\n", "Line 2, “b”: the cell is empty"),
        ("a,b\n1,2,3\n", "Line 2 has 3 cells"),
        ("1,1_000\n", "not a number"),
        ("1,nan\n2,inf\n", "not a number"),
        ("1,٣\n", "not a number"),
        ("1,1e999\n", "not a number"),
        ('a,b\n1,"2\n', "broken"),
        ("1,2" + "0" * 140_000 + "\n", "broken"),
        (b"\xff\xfe\x00", "not a text"),
        (b"\x89PNG\r\n\x1a\n\x00", "not a text"),
        ("1\n2\n", "cannot be wanted values"),
        ("a\0b,1\n", "no text"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(content, said):
    with pytest.raises(TableError, match=said):
        read_csv(content)


@given(st.binary(max_size=60))
def test_no_bytes_do_anything_but_be_read_or_refused(content):
    with contextlib.suppress(EngineError):
        assert len(read_csv(content))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(TableError, match="could not be opened"):
        load_csv(tmp_path / "none.csv")
    (tmp_path / "some.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    assert len(load_csv(tmp_path / "some.csv")) == 1
