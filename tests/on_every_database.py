"""A pytest plugin (`-p tests.on_every_database`): leaves out what touches no database, since it has run elsewhere.

pytest-django keeps whatever does not ask for a database from it, so such a test cannot tell one from another.
"""

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def touches_a_database(item) -> bool:
    asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)
    return bool(asks or item.get_closest_marker("only_on"))


class LeftOut:
    def __init__(self):
        self.number = 0

    def pytest_collection_modifyitems(self, config, items) -> None:
        others = [item for item in items if not touches_a_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if touches_a_database(item)]
        self.number = len(others)

    def pytest_terminal_summary(self, terminalreporter) -> None:
        terminalreporter.write_line(f"Touching no database, run on another one: {self.number} deselected")


def pytest_configure(config) -> None:
    config.pluginmanager.register(LeftOut())
