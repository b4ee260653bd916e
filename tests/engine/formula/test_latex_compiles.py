"""What is written as LaTeX compiles with nothing but AMS's packages and ``cancel``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from engine.formula.latex import latex
from tests.engine.formula.corpus import corpus

HEAD = r"""\documentclass{article}\usepackage{amsmath,amssymb}
\IfFileExists{cancel.sty}{\usepackage{cancel}}{}
\providecommand{\cancel}[1]{\not{#1}}
\begin{document}"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no TeX on this system")
def test_every_formula_of_the_corpus_compiles(tmp_path: Path) -> None:
    formulas = "\n".join(f"\\[ {latex(formula)} \\]" for formula in corpus())
    source = tmp_path / "all.tex"
    source.write_text(f"{HEAD}\n{formulas}\n\\end{{document}}\n", encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", source.name],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-1500:]
    assert (tmp_path / "all.pdf").stat().st_size > 1000
