import pytest


def paints_renditions(test):
    """Wagtail leaves the temporary file of a rendition it has just painted to the garbage collector."""
    unraisable = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    return pytest.mark.usefixtures("_swept_temporary_files")(unraisable(test))
