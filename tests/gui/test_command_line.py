"""The headless commands, called as a shell calls them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from gui.command_line import main

PNG = b"\x89PNG\r\n\x1a\n"


def test_derive_tells_the_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "log(2+cos x)", "--variable", "x", "--at", "x=2"]) == 0
    out = capsys.readouterr().out
    assert "4  Chain rule: multiply, and put g back" in out
    assert "Every line agrees numerically at 8 points." in out
    assert "derivative -0.5741046252" in out


def test_derive_json_holds_what_was_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "sigmoid(w x + b)", "--at", "x=1,w=2,b=3", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"input", "variable", "reading", "answer", "at", "steps", "verified"} <= set(data)
    slope = data["at"][0]["derivative"]
    assert eval_python(data["answer"]["python"], x=1, w=2, b=3) == pytest.approx(slope)


def eval_python(text: str, **values: float) -> float:
    """Let a Python interpreter read the answer, as the format promises."""
    names = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}
    return float(eval(text, names, values))


def test_derive_latex_has_a_formula_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "x^2", "--format", "latex"]) == 0
    assert r"\frac{dh}{dx}" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["x +* 2", "1/0", "foo(x)", ""])
def test_a_problem_that_cannot_be_done_ends_with_2_and_words(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["derive", text]) == 2
    assert capsys.readouterr().err.strip()
    assert main(["derive", text, "--format", "json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["message"]
    assert error["hint"]
    assert error["position"] >= 0


def test_a_file_gives_one_object_a_line_and_goes_on_after_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problems = [
        "x^2",
        "",
        "sin(",
        '{"input": "t^3", "variable": "t", "at": {"t": 2}}',
        '{"input": "μ^2", "variable": "mu", "at": [{"mu": 3}, "mu=1"]}',
        '{"input": 5}',
        '{"broken": ',
    ]
    path = tmp_path / "problems.txt"
    path.write_text("\n".join(problems), encoding="utf-8")
    assert main(["derive", "--from", str(path)]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("error") is None for line in lines] == [True, False, True, True, False, False]
    assert lines[2]["at"][0]["derivative"] == 12
    assert [at["derivative"] for at in lines[3]["at"]] == [6, 2]


def test_a_file_without_mistakes_ends_with_0(tmp_path: Path) -> None:
    path = tmp_path / "problems.txt"
    path.write_text("x\ny^2\n", encoding="utf-8")
    assert main(["derive", "--from", str(path)]) == 0


def test_a_missing_file_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["derive", "--from", "nowhere.txt"]) == 1
    assert "nowhere.txt" in capsys.readouterr().err


def test_pictures_are_written_whole_or_a_step_each(tmp_path: Path) -> None:
    png, svg = tmp_path / "steps.png", tmp_path / "steps.svg"
    assert main(["derive", "log(2+cos x)", "--output", str(png)]) == 0
    assert png.read_bytes().startswith(PNG)
    assert main(["derive", "log(2+cos x)", "--output", str(svg), "--each"]) == 0
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == [
        f"steps-{place}.svg" for place in range(1, 6)
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg", "one.png", "two.png"):
        assert main(["derive", "x sin x", "--output", str(tmp_path / name)]) == 0
    for ending in ("svg", "png"):
        one, two = (tmp_path / f"{name}.{ending}" for name in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_an_unknown_ending_or_an_unwritable_place_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["derive", "x", "--output", str(tmp_path / "steps.docx")]) == 2
    assert "steps.docx" in capsys.readouterr().err
    assert main(["derive", "x", "--output", str(tmp_path / "no" / "steps.svg")]) == 2
    assert "no such folder" in capsys.readouterr().err


def test_gradients_of_the_chapter_have_17_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gradients", "--scene", "chapter", "--at-step", "all", "--format", "json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert [step["label"] for step in steps] == [
        *(f"F{place}" for place in range(1, 6)),
        *(f"B{place}" for place in range(1, 9)),
        *(f"U{place}" for place in range(1, 5)),
    ]


def test_one_step_of_the_gradients_can_be_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gradients", "--at-step", "B3"]) == 0
    assert "= 0.0715" in capsys.readouterr().out
    assert main(["gradients", "--at-step", "18"]) == 2
    assert "no step 18" in capsys.readouterr().err
    target = tmp_path / "chapter.png"
    assert main(["gradients", "--at-step", "all", "--output", str(target)]) == 0
    assert target.read_bytes().startswith(PNG)


def test_an_exported_file_is_a_scene_for_the_commands_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "xor.svg"
    assert main(["gradients", "xor", "--output", str(place)]) == 0
    capsys.readouterr()
    assert main(["gradients", "xor", "--weight", "w1_11"]) == 0
    told = capsys.readouterr().out
    assert main(["gradients", str(place), "--weight", "w1_11"]) == 0
    assert capsys.readouterr().out == told
