"""A link as a square to scan."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def qr_svg(address: str) -> SafeString:
    """The address as an inline SVG without styles of its own; quiet zone of four modules, as scanners expect."""
    import segno  # here alone: it draws its tables at import

    drawn = segno.make(address, error="m").svg_inline(
        scale=1, border=4, omitsize=True, svgclass="qr", lineclass="qr-line", dark="#26221c", light="#fff",
        title=_("QR-code om te scannen"),
    )  # fmt: skip
    return SafeString(drawn.replace("<svg ", '<svg role="img" ', 1))
