import os
import subprocess
import sys

import pytest

from config.paths import BASE

SKIPS = """
import pytest

def test_that_skips():
    pytest.skip("no sample")

@pytest.mark.skip(reason="not today")
def test_that_is_marked():
    pass

@pytest.mark.xfail(reason="known")
def test_that_is_known_to_fail():
    assert False
"""
SKIPS_WHOLLY = """
import pytest
pytest.skip("no browser", allow_module_level=True)
"""
pytestmark = pytest.mark.processes


def outcome(folder, source: str, **settings: str) -> str:
    path = folder / "test_sample.py"
    path.write_text(source)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.require_all",
        "-p",
        "no:django",
        "-c",
        "/dev/null",
    ]
    ran = subprocess.run(
        [*command, "-q", "-p", "no:cacheprovider", path],
        cwd=BASE,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    return ran.stdout.splitlines()[-1].rpartition(" in ")[0]


def test_a_skipped_test_is_allowed_where_not_all_is_required(tmp_path):
    assert outcome(tmp_path, SKIPS, PENDOPO_REQUIRE_ALL="") == "2 skipped, 1 xfailed"


def test_a_skipped_test_fails_where_all_is_required(tmp_path):
    assert outcome(tmp_path, SKIPS, PENDOPO_REQUIRE_ALL="1") == "1 failed, 1 xfailed, 1 error"


def test_a_skipped_module_fails_where_all_is_required(tmp_path):
    assert outcome(tmp_path, SKIPS_WHOLLY, PENDOPO_REQUIRE_ALL="1") == "1 error"
