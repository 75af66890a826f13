"""Make the virtual environment in .venv and install the pinned packages, where that is not done yet.

    python3 site/bin/prepare.py          what the portal needs
    python3 site/bin/prepare.py --dev    what its tests and linters need as well

Runs before anything is installed and on whatever `python3` is: standard library only, and no syntax newer than
Python 3.6, so that an old one can say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
INSTALLER = BASE / "site" / "bin" / "installer.txt"
LOG = VENV / "install.log"
OLDEST = (3, 11)
NEWEST_TO_LOOK_FOR = 19


def main(arguments):
    lists = ["requirements.txt"] + (["requirements-dev.txt"] if "--dev" in arguments else [])
    continue_with_a_new_enough_python()
    version = version_of_environment()
    missing = [name for name in lists if not is_installed(name, version)]
    if not missing:
        return
    try:
        if version is None:
            make_environment()
            version = version_of_environment()
        print("Memasang paket Python; perlu satu sampai tiga menit, hanya sekali ...", flush=True)
        for name in missing:
            install(name)
            stamp(name).write_text(fingerprint(name, version))
        compile_later()
    except OSError:
        refuse(f"Folder {BASE} tidak dapat ditulis. Pindahkan Pendopo ke folder milik Anda.")


def refuse(message):
    sys.exit(message)


def continue_with_a_new_enough_python():
    """Go on under the newest Python of this machine where `python3` itself is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(NEWEST_TO_LOOK_FOR, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    refuse(
        "Pendopo memerlukan Python 3.11 atau lebih baru; python3 di komputer ini {}.{}.".format(
            *sys.version_info
        )
    )


def version_of_environment():
    """Such as "3.11", or None where there is no working environment."""
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", "import sys; print('{}.{}'.format(*sys.version_info))"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = answer.stdout.decode().strip()
    return version if tuple(map(int, version.split("."))) >= OLDEST else None


def make_environment():
    pip()  # what is missing is named before anything is made
    import venv

    print("Membuat lingkungan Python di .venv ...", flush=True)
    venv.create(str(VENV), clear=True, symlinks=True)


def pip():
    """The command. Python brings pip as a wheel, which runs as it is: to install it would take six seconds."""
    try:
        import ensurepip  # Debian and Ubuntu ship it apart from Python, with the rest of venv
    except ImportError:
        refuse_without_venv()
    folders = [sysconfig.get_config_var("WHEEL_PKG_DIR"), Path(ensurepip.__file__).parent / "_bundled"]
    for wheel in (wheel for folder in folders if folder for wheel in Path(folder).glob("pip-*.whl")):
        return [str(PYTHON), str(wheel / "pip")]
    refuse_without_venv()


def refuse_without_venv():
    refuse("Modul venv untuk Python belum ada. Di Debian atau Ubuntu: sudo apt install python3-venv")


def install(name):
    """By uv, which unpacks everything at once; by pip where uv finds no way out that only pip was told of."""
    # Every package is in the list with its hash, so nothing is left to resolve, and nothing is built from source.
    wanted = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement"]
    by_pip = [*pip(), "install", "--no-input", "--disable-pip-version-check", "--no-compile"]
    by_uv = [str(UV), "pip", "install", "--no-config", "--python", str(PYTHON)]
    with LOG.open("a") as log:
        if not UV.exists():
            succeeds([*by_pip, *wanted, str(INSTALLER)], log)
        if any(succeeds([*tool, *wanted, str(BASE / name)], log) for tool in (by_uv, by_pip)):
            return
    refuse(f"Paket Python tidak dapat dipasang. Periksa sambungan internet, lalu ulangi; rinciannya di {LOG}")


def succeeds(command, log):
    try:
        return subprocess.run(command, stdout=log, stderr=subprocess.STDOUT).returncode == 0
    except FileNotFoundError:
        return False


def compile_later():
    """What is used is compiled when it is used. The rest follows when a first start is over: beside it, it would cost it
    a quarter of its time."""
    later = "import compileall, sys, time; time.sleep(120); compileall.compile_dir(sys.argv[1], quiet=2)"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen([str(PYTHON), "-c", later, str(VENV / "lib")], **quiet)


def stamp(name):
    return VENV / (name + ".installed")


def fingerprint(name, version):
    return hashlib.sha256((BASE / name).read_bytes() + version.encode()).hexdigest()


def is_installed(name, version):
    return (
        version is not None and stamp(name).exists() and stamp(name).read_text() == fingerprint(name, version)
    )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
