"""A pytest plugin (`-p tests.require_all`): with PENDOPO_REQUIRE_ALL=1 nothing may be skipped, so that a green run
means that everything ran."""

import os

import pytest

IS_STRICT = os.environ.get("PENDOPO_REQUIRE_ALL") == "1"


def _refuse_skip(report) -> None:
    if IS_STRICT and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{reason} (PENDOPO_REQUIRE_ALL=1 allows no skipped test)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    _refuse_skip(report)
    return report
