from .colour import readable_ink
from .content import Poster, PosterChannel, PosterLeader
from .drawing import draw_pdf, draw_png
from .pictures import UnreadablePicture

__all__ = [
    "Poster",
    "PosterChannel",
    "PosterLeader",
    "UnreadablePicture",
    "draw_pdf",
    "draw_png",
    "readable_ink",
]
