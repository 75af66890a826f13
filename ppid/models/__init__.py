from .page import PpidPage

__all__ = ["PpidPage"]
