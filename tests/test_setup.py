"""What `run.sh` and `dev.py` decide before they change anything on a machine."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

import dev

PIP_OFFLINE = """\
WARNING: Retrying (Retry(total=0, ...)) after connection broken by 'NewConnectionError('<pip...>: \
Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /numpy/
ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)
ERROR: No matching distribution found for numpy==2.4.6
"""
APT_OFFLINE = "E: Failed to fetch http://deb/pool/libgl1.deb  Temporary failure resolving 'deb'"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let `dev` believe in a project of its own, and return the list of the steps it takes."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "python")
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "installed.txt")
    monkeypatch.setattr(dev, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(dev, "WHEELHOUSE", tmp_path / "wheelhouse")
    monkeypatch.setattr(dev, "install_system_packages", lambda: None)
    (tmp_path / dev.RUN_LIST).write_text("numpy==2.4.6")
    (tmp_path / dev.DEV_LIST).write_text("ruff==0.17.6")
    taken: list[str] = []

    def take(_sentence: str, command: list[object], _environment: object = None) -> None:
        taken.append(" ".join(map(str, command[1:])))
        if "venv" in command:
            dev.VENV.mkdir(exist_ok=True)
            for name in ("pyvenv.cfg", "python"):
                (dev.VENV / name).touch()

    monkeypatch.setattr(dev, "step", take)
    return taken


class TestEnvironment:
    def test_is_made_filled_and_tried(self, project: list[str]) -> None:
        dev.set_up(dev.RUN_LIST)
        make, install, attempt = project
        assert make == f"-m venv --clear {dev.VENV}"
        assert "--require-hashes --only-binary :all:" in install
        assert "--requirement=requirements.lock" in install
        assert attempt.startswith("-c from PySide6")

    def test_is_left_alone_the_next_time(self, project: list[str]) -> None:
        dev.set_up(dev.RUN_LIST)
        project.clear()
        dev.set_up(dev.RUN_LIST)
        assert project == []

    def test_is_not_cleared_for_another_list(self, project: list[str]) -> None:
        dev.set_up(dev.RUN_LIST)
        (dev.ROOT / dev.RUN_LIST).write_text("numpy==2.4.7")
        project.clear()
        dev.set_up(dev.RUN_LIST)
        assert [step[:14] for step in project] == ["-m pip install", "-c from PySide"]

    def test_with_the_tools_serves_a_run_as_well(self, project: list[str]) -> None:
        dev.set_up(dev.RUN_LIST, dev.DEV_LIST)
        project.clear()
        dev.set_up(dev.RUN_LIST)
        assert project == []

    def test_of_another_python_is_made_anew(
        self, project: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dev.set_up(dev.RUN_LIST)
        project.clear()
        monkeypatch.setattr(dev, "ENVIRONMENT_TAG", "python 3.99 elsewhere")
        dev.set_up(dev.RUN_LIST)
        assert "--clear" in project[0]

    def test_half_made_is_made_anew(self, project: list[str]) -> None:
        dev.set_up(dev.RUN_LIST)
        dev.STAMP.unlink()
        project.clear()
        dev.set_up(dev.RUN_LIST)
        assert "--clear" in project[0]

    def test_hardly_begun_is_made_anew(self, project: list[str]) -> None:
        (dev.VENV / "bin").mkdir(parents=True)
        dev.set_up(dev.RUN_LIST)
        assert "--clear" in project[0]

    def test_that_failed_to_fill_is_not_believed(
        self, project: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        dev.set_up(dev.RUN_LIST)
        (dev.ROOT / dev.RUN_LIST).write_text("numpy==2.4.7")

        def fail(*_: object) -> None:
            raise dev.SetupError

        monkeypatch.setattr(dev, "step", fail)
        with pytest.raises(dev.SetupError):
            dev.set_up(dev.RUN_LIST)
        assert not dev.environment_is_usable()

    def test_never_replaces_somebodys_folder(self, project: list[str]) -> None:
        dev.VENV.mkdir()
        (dev.VENV / "thesis.txt").touch()
        with pytest.raises(dev.SetupError, match="move it away"):
            dev.set_up(dev.RUN_LIST)
        assert project == []

    def test_comes_from_the_wheelhouse_if_there_is_one(self, project: list[str]) -> None:
        dev.WHEELHOUSE.mkdir()
        dev.set_up(dev.RUN_LIST)
        assert f"--no-index --find-links {dev.WHEELHOUSE}" in project[1]


def lack(monkeypatch: pytest.MonkeyPatch, *absent: str) -> None:
    """Pretend that the system has all shared libraries but the `absent` ones."""

    def load(name: str) -> None:
        if name in absent:
            raise OSError(name)

    monkeypatch.setattr(dev.ctypes, "CDLL", load)


class TestSystemPackages:
    @pytest.fixture(autouse=True)
    def bare_debian(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Pretend: apt is there, root is not to be had, there is no screen."""
        monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(dev, "environment_is_usable", lambda: True)
        monkeypatch.setattr(dev, "words_for_root", lambda: None)
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)

    def test_that_lack_are_named_in_a_line_to_copy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lack(monkeypatch, "libGL.so.1", "libEGL.so.1")
        with pytest.raises(dev.SetupError) as refusal:
            dev.install_system_packages()
        line = "    sudo apt-get install --yes --no-install-recommends libgl1 libegl1\n"
        assert line in str(refusal.value)

    def test_for_a_screen_stop_only_a_machine_with_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lack(monkeypatch, "libxcb-cursor.so.0")
        dev.install_system_packages()
        monkeypatch.setattr(dev, "words_for_root", lambda: ["sudo"])  # it would ask for a password
        dev.install_system_packages()
        monkeypatch.setattr(dev, "words_for_root", lambda: None)
        monkeypatch.setenv("DISPLAY", ":0")
        with pytest.raises(dev.SetupError, match="recommends libxcb-cursor0\n"):
            dev.install_system_packages()

    def test_are_installed_as_root_even_if_a_list_is_out_of_date(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        taken: list[str] = []

        def take(_sentence: str, command: list[str]) -> None:
            taken.append(" ".join(command))
            if "update" in command:
                raise dev.SetupError

        lack(monkeypatch, "libGL.so.1", "libxcb-cursor.so.0")
        monkeypatch.setattr(dev, "words_for_root", lambda: ["sudo", "-n"])
        monkeypatch.setattr(dev, "step", take)
        dev.install_system_packages()
        before = "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"
        assert taken == [
            f"{before} update",
            f"{before} install --yes --no-install-recommends libgl1 libxcb-cursor0",
        ]
        assert "going on" in capsys.readouterr().out

    def test_include_venv_where_debian_splits_it_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lack(monkeypatch)
        monkeypatch.setattr(dev, "environment_is_usable", lambda: False)
        monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _name: None)
        with pytest.raises(dev.SetupError, match=rf"python3\.{sys.version_info.minor}-venv"):
            dev.install_system_packages()


class TestFailure:
    @pytest.mark.parametrize("log", [PIP_OFFLINE, APT_OFFLINE])
    def test_without_internet_says_so(self, log: str) -> None:
        assert dev.advice(log).startswith("The internet was not reached")

    def test_behind_a_school_filter_says_so(self) -> None:
        assert "PIP_CERT" in dev.advice("SSLError(... CERTIFICATE_VERIFY_FAILED ...)")

    def test_on_an_unknown_machine_names_it(self) -> None:
        said = dev.advice("ERROR: No matching distribution found for PySide6-Essentials==6.11.3")
        assert dev.ENVIRONMENT_TAG in said

    def test_shows_the_last_lines_and_logs_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dev, "LOG", tmp_path / "setup.log")
        chatter = "print(*range(100, 140), sep='\\n'); raise SystemExit(3)"
        with pytest.raises(dev.SetupError) as failure:
            dev.step("Counting", [sys.executable, "-c", chatter])
        shown = str(failure.value)
        assert "124" not in shown
        assert "125" in shown
        assert "Counting failed." in shown
        assert "\n100\n" in dev.LOG.read_text()

    def test_of_an_old_python_is_a_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev.sys, "version_info", (3, 10, 4))
        with pytest.raises(dev.SetupError, match=r"Python 3\.11 to 3\.14 is needed"):
            dev.main("run")


@pytest.mark.skipif(os.name == "nt", reason="run.sh is for shells")
class TestRunSh:
    @pytest.fixture
    def script(self, root: Path, tmp_path: Path) -> Path:
        """Return a copy of run.sh in a folder with an awkward name."""
        folder = tmp_path / "My Täst app"
        folder.mkdir()
        return Path(shutil.copy(root / "run.sh", folder))

    def test_hands_every_word_over_unchanged(self, script: Path, tmp_path: Path) -> None:
        (script.parent / "dev.py").write_text("import os, sys; print(os.getcwd(), sys.argv[1:])")
        words = ["run", "derive", "log(2 + cos x)", "--output", "a b.png"]
        done = subprocess.run(
            [script, *words], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == f"{tmp_path} {words}"

    def test_without_python_and_apt_says_what_to_install(self, script: Path) -> None:
        tools = script.parent / "bin"
        tools.mkdir()
        for name in ("sh", "dirname", "id"):
            (tools / name).symlink_to(shutil.which(name) or "")
        done = subprocess.run(
            [script, "run"],
            env={"PATH": str(tools)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "sudo apt-get install --yes --no-install-recommends python3" in done.stderr


def listed_names(root: Path) -> set[str]:
    """Return the names of the packages that are installed from the two lists."""
    text = "".join((root / name).read_text("utf-8") for name in (dev.RUN_LIST, dev.DEV_LIST))
    return {line.partition("==")[0] for line in text.splitlines() if "==" in line}


def locked_packages() -> list[dict[str, Any]]:
    """Return what uv.lock knows of each package but our own."""
    lock = tomllib.loads((dev.ROOT / "uv.lock").read_text(encoding="utf-8"))
    return [package for package in lock["package"] if package["name"] != "chain-rule-lab"]


class TestLock:
    def test_names_the_public_index_alone(self) -> None:
        packages = locked_packages()
        assert {p["source"]["registry"] for p in packages} == {"https://pypi.org/simple"}
        files = [file["url"] for p in packages for file in (*p["wheels"], p.get("sdist")) if file]
        assert {url.split("/packages/")[0] for url in files} == {"https://files.pythonhosted.org"}

    def test_lists_hold_names_versions_and_hashes(self, root: Path) -> None:
        for name in (dev.RUN_LIST, dev.DEV_LIST):
            text = (root / name).read_text(encoding="utf-8")
            assert "://" not in text
            requirements = text.replace("\\\n", "").splitlines()
            for line in (line for line in requirements if not line.lstrip().startswith("#")):
                assert "==" in line
                assert "--hash=sha256:" in line

    @pytest.mark.parametrize("minor", [11, 12, 13, 14])
    @pytest.mark.parametrize(
        "platforms",
        [
            [f"manylinux_2_{n}_x86_64" for n in range(5, 37)] + ["manylinux2014_x86_64"],
            [f"manylinux_2_{n}_aarch64" for n in range(17, 40)] + ["manylinux2014_aarch64"],
            list(mac_platforms((13, 0), "arm64")),
            list(mac_platforms((13, 0), "x86_64")),
            ["win_amd64"],
            ["win_arm64"],
        ],
        ids=["linux", "linux on arm", "mac", "mac on intel", "windows", "windows on arm"],
    )
    def test_has_a_wheel_for_every_machine(
        self, minor: int, platforms: list[str], root: Path
    ) -> None:
        fitting = {
            *cpython_tags((3, minor), platforms=platforms),
            *compatible_tags((3, minor), f"cp3{minor}", platforms),
        }
        lacking = [
            package["name"]
            for package in locked_packages()
            if package["name"] in listed_names(root)  # the peers of a benchmark are in no list
            and not any(
                fitting & parse_wheel_filename(wheel["url"].rpartition("/")[2])[3]
                for wheel in package["wheels"]
            )
        ]
        assert lacking == []
