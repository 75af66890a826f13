#!/usr/bin/env python
import os
import sys
from pathlib import Path

# Appended, never inserted: a folder named `site` must not shadow the standard library's module.
sys.path.append(str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(str(fault))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
