from .content import Poster, PosterChannel, PosterLeader
from .drawing import draw_pdf, draw_png

__all__ = ["Poster", "PosterChannel", "PosterLeader", "draw_pdf", "draw_png"]
