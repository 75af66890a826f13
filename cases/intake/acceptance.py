"""The way in for a file: measured here, opened in a process of its own."""

import logging
from collections.abc import Collection
from dataclasses import asdict
from typing import Any, BinaryIO

from . import errors
from .accepted import AcceptedDocument, AcceptedImage
from .limits import USUAL, Limits
from .opener import OpenerEnded, OpenerFailed, OpenerOvertaxed
from .pool import DOCUMENTS, PICTURES, Pool

logger = logging.getLogger(__name__)


def accept_image(
    content: BinaryIO | bytes, *, limits: Limits = USUAL, pool: Pool = PICTURES
) -> AcceptedImage:
    """Take in a JPEG, PNG, GIF, WebP, HEIC or AVIF; of an animation, its first picture.

    A file object is read from where it stands, at most one byte more than allowed.
    Raises nothing but an `UploadRefused`: Empty, TooLarge, NotAnImage (DocumentInstead, VideoInstead),
    TooManyPixels also for what takes more time or memory than allowed, Broken for what cannot be decoded to its
    end, NotNow where no process could be had to open it.
    """
    return _picture(pool, _measured(content, limits), limits)


def accept_covered(
    stored: bytes, cells: Collection[int], *, limits: Limits = USUAL, pool: Pool = PICTURES
) -> AcceptedImage:
    """A new picture of a stored one, with these cells of its grid painted over. Raises Broken, NotNow."""
    return _picture(pool, stored, limits, cells=sorted(cells))


def accept_document(
    content: BinaryIO | bytes, *, limits: Limits = USUAL, pool: Pool = DOCUMENTS
) -> AcceptedDocument:
    """Take in a PDF, DOCX or XLSX that does nothing but show what it holds.

    Raises nothing but an `UploadRefused`: Empty, TooLargeDocument, NotADocument, BrokenDocument, LockedDocument,
    ActiveDocument, HalfSigned, LinkedDocument, HiddenSheets, HiddenParts, TooMuchInside, NotNow.
    """
    raw = _measured(content, limits, too_large=errors.TooLargeDocument)
    head, made = _ask(
        pool,
        {"limits": asdict(limits)},
        raw,
        limits,
        broken=errors.BrokenDocument,
        overtaxing=errors.TooMuchInside,
    )
    return AcceptedDocument.of(made, head["extension"])


def _measured(
    content: BinaryIO | bytes, limits: Limits, too_large: type[errors.UploadRefused] = errors.TooLarge
) -> bytes:
    raw = content if isinstance(content, bytes) else content.read(limits.max_bytes + 1)
    if not raw:
        raise errors.Empty(limits)
    if len(raw) > limits.max_bytes:
        raise too_large(limits)
    return raw


def _picture(pool: Pool, raw: bytes, limits: Limits, cells: list[int] | None = None) -> AcceptedImage:
    head, painted = _ask(pool, {"limits": asdict(limits), "cells": cells}, raw, limits)
    location = head["location"]
    return AcceptedImage.of(painted, head["width"], head["height"], tuple(location) if location else None)


def _ask(
    pool: Pool,
    head: dict[str, Any],
    raw: bytes,
    limits: Limits,
    *,
    broken: type[errors.UploadRefused] = errors.Broken,
    overtaxing: type[errors.UploadRefused] = errors.TooManyPixels,
) -> tuple[dict[str, Any], bytes]:
    try:
        answer, made = pool.ask(head, raw)
    except OpenerOvertaxed as fault:
        raise overtaxing(limits) from fault
    except OpenerEnded as fault:
        raise broken(limits) from fault
    except OpenerFailed as fault:
        logger.error("no process to open a file with: %s", fault)
        raise errors.NotNow(limits) from fault
    if "refused" in answer:
        raise getattr(errors, answer["refused"])(limits)
    return answer, made
