import re


def without_scheme(address: str) -> str:
    """A web address as people say it: "kapas.bojonegorokab.go.id"."""
    return re.sub(r"^https?://", "", address).rstrip("/")
