"""The commands about networks, called as a shell calls them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from engine.network.network import layered
from engine.workspace import edits
from engine.workspace.document import Document
from engine.workspace.store import load, save
from gui.command_line import main


@pytest.fixture
def xor(tmp_path: Path) -> str:
    network = layered((2, 3, 1), ["tanh", "sigmoid"], seed=2)
    return str(save(edits.set_network(Document(), network), tmp_path / "xor.chainrule.json"))


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def test_one_weight_has_its_own_card(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "gradients", "--weight", "w2")
    assert "= 0.6781 · 0.1726 · 0.6106" in out
    assert "= 0.0715" in out


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("names", "∂J/∂w₂ = ∂J/∂ŷ · ∂ŷ/∂z₂ · ∂z₂/∂w₂"),
        ("formulas", "∂J/∂w₂ = (ŷ − y) · σ′(z₂) · a₁"),
        ("numbers", "∂J/∂w₂ = 0.6781 · 0.1726 · 0.6106"),
        ("delta", "∂J/∂w₂ = δ₂ · a₁"),
    ],
)
def test_each_form_is_one_rendering(
    form: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert line in printed(capsys, "gradients", "--weight", "w2", "--form", form)


def test_paths_are_listed_added_and_factored(xor: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "gradients", xor, "--weight", "x1", "--paths")
    assert "Path 3 of 3" in out
    assert "Take the common factors out" in out
    data = json.loads(
        printed(capsys, "gradients", xor, "--weight", "x1", "--paths", "--format", "json")
    )
    derivative = data["derivative"]
    assert derivative["path_count"] == len(derivative["paths"]) == 3
    products = sum(path["product"] for path in derivative["paths"])
    assert products == pytest.approx(derivative["value"])


def test_by_hand_is_rounded_on_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "gradients", "--weight", "w2", "--by-hand", "3")
    assert "= 0.678 · 0.173 · 0.611" in out
    assert "= 0.071" in out


def test_the_matrix_form_is_printed_with_shapes(
    xor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "(3 × 2) = (3 × 1) · (1 × 2)" in printed(capsys, "gradients", xor, "--form", "matrix")
    out = printed(capsys, "gradients", xor, "--form", "matrix", "--format", "json")
    lines = {line["name"]: line for line in json.loads(out)["lines"]}
    assert lines["∂J/∂W1"]["shape"] == [3, 2]


def test_a_derivation_is_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "w1.svg"
    printed(capsys, "gradients", "--weight", "w1", "--paths", "--output", str(target))
    assert target.read_text(encoding="utf-8").startswith("<")


@pytest.mark.parametrize(
    "words",
    [
        ["gradients", "--weight", "w9"],
        ["gradients", "--paths"],
        ["gradients", "nowhere.chainrule.json"],
        ["train", "--steps", "0"],
        ["train", "--optimizer", "surprise"],
        ["train", "--data", "xor"],
        ["train", "--l1", "0.1", "--l2", "0.1"],
        ["train", "--data", "nowhere.csv"],
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.strip()


def test_training_writes_its_history_and_the_scene(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history, scene = tmp_path / "history.csv", tmp_path / "trained.chainrule.json"
    words = ["train", "--steps", "50", "--output", str(history), "--save", str(scene)]
    printed(capsys, *words)
    with open(history, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["step", "J"]
    assert len(rows) == 51
    assert float(rows[1][1]) == pytest.approx(0.229941, abs=1e-6)
    assert float(rows[12][1]) == pytest.approx(0.100672, abs=1e-6)
    assert load(scene).round == 50


def test_training_takes_data_optimiser_schedule_and_batches(
    xor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--optimizer", "adam", "--learning-rate", "0.05", "--batch", "2", "--seed", "1"]
    out = printed(capsys, "train", xor, "--data", "xor", "--steps", "300", *words, "--output", "-")
    costs = [float(line.split(",")[1]) for line in out.splitlines()[1:]]
    assert len(costs) == 300
    assert costs[-1] < costs[0] / 2


def test_a_penalty_is_part_of_the_cost(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "train", "--steps", "2", "--l2", "0.1", "--output", "-")
    wanted = 0.22994103 + 0.1 * (0.5**2 + 1.4**2)
    assert float(out.splitlines()[1].split(",")[1]) == pytest.approx(wanted, abs=1e-8)


def test_a_runaway_is_explained_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = edits.set_network(Document(), layered((1, 1), "linear"))
    path = save(scene, tmp_path / "linear.chainrule.json")
    assert main(["train", str(path), "--steps", "50", "--learning-rate", "100"]) == 2
    assert "smaller learning rate" in capsys.readouterr().err


def test_a_training_says_the_cost_it_reached(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "chapter", "--steps", "11"]) == 0
    assert "from 0.229941 to 0.100672" in capsys.readouterr().err


def test_every_samples_gradient_comes_to_their_mean(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.split() for line in printed(capsys, "gradients", "xor", "--samples").splitlines()]
    assert rows[0][:3] == ["sample", "loss", "w1_11"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "mean"]
    column = rows[0].index("w2_11")
    values = [float(row[column]) for row in rows[1:]]
    assert sum(values[:4]) / 4 == pytest.approx(values[4], abs=1e-6)
    assert sum(values[:4]) == pytest.approx(0.2316, abs=1e-4)
    words = ["gradients", "xor", "--samples", "--l2", "0.1", "--format", "json"]
    data = json.loads(printed(capsys, *words))
    together = [a + b for a, b in zip(data["mean"], data["penalty"], strict=True)]
    assert data["gradient"] == pytest.approx(together)
    text = printed(capsys, "gradients", "xor", "--samples", "--l2", "0.1", "--sum")
    assert [line.split()[0] for line in text.splitlines()[-3:]] == ["sum", "penalty", "together"]


def test_a_slope_is_checked_by_nudges(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "gradients", "--weight", "w1", "--check")
    assert "∂J/∂w1 = 0.05845312" in out
    assert "agree ✓" in out
    data = json.loads(printed(capsys, "gradients", "--weight", "w1", "--check", "--format", "json"))
    assert data["agrees"]
    assert data["nudges"][0]["forward"] == pytest.approx(0.056958, abs=5e-7)


@pytest.mark.parametrize(("scene", "cost"), [("mazur", 0.291027774), ("mazur-slip", 0.291027924)])
def test_both_versions_of_the_famous_slip(
    scene: str, cost: float, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "train", scene, "--steps", "2", "--output", "-")
    assert float(out.splitlines()[2].split(",")[1]) == pytest.approx(cost, abs=5e-10)


def test_the_slip_and_what_is_held_as_options(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["gradients", "--learning-rate", "5", "--at-step", "U3"]
    assert "= 0.2077" in printed(capsys, *words)
    assert "= 0.2824" in printed(capsys, *words, "--slip")
    assert "held where it is" in printed(capsys, *words, "--hold", "w1")


def test_an_update_by_hand_is_told_with_its_rule(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["gradients", "--optimizer", "adam", "--at-step", "U1", "--by-hand", "3"]
    out = printed(capsys, *words)
    assert "= 0.0071" in out
    assert out.rstrip().endswith("= 0.9")


def test_training_stops_where_it_is_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "xor", "--until-loss", "0.05"]) == 0
    said = capsys.readouterr().err
    assert said.startswith("196 steps")
    assert "is reached" in said
    assert main(["train", "xor", "--epochs", "7"]) == 0
    assert capsys.readouterr().err.startswith("7 steps")
    assert main(["train", "xor", "--epochs", "7", "--until-loss", "1"]) == 2
    assert "one end" in capsys.readouterr().err


def test_a_test_is_held_back_and_its_cost_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scene = tmp_path / "kept.chainrule.json"
    words = ["--data", "circle", "--count", "50", "--noise", "0.1", "--test-share", "0.2"]
    words += ["--begin", "he normal", "--draw", "4", "--save", str(scene)]
    out = printed(capsys, "train", "xor", *words, "--steps", "20", "--output", "-")
    rows = [line.split(",") for line in out.splitlines()]
    assert rows[0] == ["step", "J", "test"]
    assert all(float(row[2]) > 0 for row in rows[1:])
    kept = load(scene)
    assert (kept.data.source, kept.data.count, kept.way.step) == ("circle", 50, 20)
    assert kept.training.initializer == "he normal"


def test_matrices_take_all_samples(capsys: pytest.CaptureFixture[str]) -> None:
    assert "(2 × 4) = (2 × 2) · (2 × 4)" in printed(capsys, "gradients", "xor", "--form", "matrix")


def test_training_tells_how_the_gradient_flows(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "train", "vanishing", "--steps", "1", "--learning-rate", "0", "--flow")
    lines = out.splitlines()
    assert lines[0] == "layer 1: mean |δ| 7.199e-05"
    assert lines[6].startswith("Vanishing: |δ| becomes 2,100 times smaller")
    out = printed(capsys, "train", "dead", "--steps", "1", "--flow")
    assert out.count("is dead") == 3


def test_tables_of_gradients_are_written_as_latex_and_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = printed(capsys, "gradients", "xor", "--samples", "--format", "latex")
    assert out.startswith("\\begin{tabular}{rrrrrrrrrrr}")
    assert "w1\\_11" in out
    path = tmp_path / "samples.csv"
    printed(capsys, "gradients", "xor", "--samples", "--output", str(path))
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert rows[0][:3] == ["sample", "loss", "w1_11"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "mean"]
    path = tmp_path / "check.csv"
    printed(capsys, "gradients", "--weight", "w1", "--check", "--output", str(path))
    assert path.read_text("utf-8").startswith("h,")


def test_matrices_and_tables_of_gradients_are_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, words in (("m", ["--form", "matrix", "--l2", "0.1"]), ("s", ["--samples"]),
                        ("c", ["--weight", "w2_11", "--check"])):  # fmt: skip
        path = tmp_path / f"{name}.svg"
        printed(capsys, "gradients", "xor", *words, "--output", str(path))
        assert path.read_text("utf-8").startswith("<")
    path = tmp_path / "m.tex"
    printed(capsys, "gradients", "xor", "--form", "matrix", "--l2", "0.1", "--output", str(path))
    assert "0.2" in path.read_text("utf-8")
    many = [
        "gradients",
        "xor",
        "--data",
        "circle",
        "--samples",
        "--output",
        str(tmp_path / "x.png"),
    ]
    assert main(many) == 2
    assert ".csv" in capsys.readouterr().err


def test_several_outputs_are_averaged_or_summed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "two.json")
    save(edits.set_network(Document(), layered((2, 2), "sigmoid", seed=1)), Path(file))
    cost = {
        over: json.loads(
            printed(capsys, "gradients", file, "--loss", "huber", "--outputs", over,
                    "--weight", "w1_11", "--format", "json")
        )["derivative"]["value"]
        for over in ("mean", "sum")
    }  # fmt: skip
    assert cost["sum"] == pytest.approx(2 * cost["mean"])
    shown = printed(capsys, "gradients", file, "--loss", "huber", "--outputs", "mean")
    assert "J = (1/2)(Huber(" in shown
