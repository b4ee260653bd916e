"""No text a person typed, and no file, can become code: nothing here runs code made of text."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*ROOT.glob("main.py"), *ROOT.glob("engine/**/*.py"), *ROOT.glob("gui/**/*.py")])

BUILTINS = {"eval", "exec", "compile", "__import__"}  # as plain names; app.exec() is Qt's loop
ANYWHERE = {"sympify", "parse_expr", "parse_latex", "lambdify", "popen", "system"}
MEMBERS = {("sympy", "S"), *(("builtins", name) for name in BUILTINS)}  # S("...") is sympify
MODULES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "runpy"}


def forbidden(source: str) -> Iterator[str]:
    """Yield what in `source` could run text as code, each with its line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name) if name in BUILTINS | ANYWHERE:
                yield f"{node.lineno}: {name}"
            case ast.Attribute(attr=name) if name in ANYWHERE:
                yield f"{node.lineno}: .{name}"
            case ast.Attribute(value=ast.Name(id=module), attr=name) if (module, name) in MEMBERS:
                yield f"{node.lineno}: {module}.{name}"
            case ast.Import(names=names):
                yield from (
                    f"{node.lineno}: import {n.name}" for n in names if top(n.name) in MODULES
                )
            case ast.ImportFrom(module=module, names=names):
                for name in (alias.name for alias in names):
                    if top(module) in MODULES or name in ANYWHERE or (module, name) in MEMBERS:
                        yield f"{node.lineno}: from {module} import {name}"
            case ast.keyword(arg="shell" | "allow_pickle" as name, value=value):
                if not (isinstance(value, ast.Constant) and value.value is False):
                    yield f"{value.lineno}: {name}="


def top(module: str | None) -> str:
    """Return the first part of a module's name."""
    return (module or "").partition(".")[0]


def test_there_are_sources_to_read() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == {"main.py", "engine", "gui"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_is_run_as_code(path: Path) -> None:
    assert list(forbidden(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')",
        "run = exec",
        "__import__('os')",
        "import builtins\nbuiltins.eval('1')",
        "import sympy\nsympy.sympify('x')",
        "from sympy import sympify as s",
        "from sympy.parsing.sympy_parser import parse_expr",
        "import sympy\nsympy.S('x')",
        "from sympy import Symbol, S",
        "f = sympy.lambdify(x, y)",
        "import pickle",
        "from pickle import loads",
        "subprocess.run('ls', shell=True)",
        "np.load(path, allow_pickle=True)",
        "os.system('ls')",
    ],
)
def test_the_reader_finds(source: str) -> None:
    assert list(forbidden(source)) != []


@pytest.mark.parametrize("source", ["app.exec()", "re.compile('a')", "sympy.Symbol('x')"])
def test_the_reader_leaves_alone(source: str) -> None:
    assert list(forbidden(source)) == []
