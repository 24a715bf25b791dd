"""Our own icons: 24 × 24, drawn with one round pen of 1.8 units, so that they read as one hand.

Inline in the page (no request, takes the text colour, prints, and works in a PDF).
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS: dict[str, SafeString] = {
    name: SafeString(drawing)
    for name, drawing in {
        # ways and acts
        "arrow-down": '<path d="M12 5v14m-6-6 6 6 6-6"/>',
        "arrow-left": '<path d="M19 12H5m6-6-6 6 6 6"/>',
        "arrow-right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
        "arrow-up": '<path d="M12 19V5m-6 6 6-6 6 6"/>',
        "chevron-down": '<path d="m6 9 6 6 6-6"/>',
        "chevron-right": '<path d="m9 6 6 6-6 6"/>',
        "close": '<path d="M6 6l12 12M18 6 6 18"/>',
        "download": '<path d="M12 4v11m-5-5 5 5 5-5M5 20h14"/>',
        "edit": '<path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/>',
        "external": '<path d="M10 5H5v14h14v-5M14 4h6v6m0-6-9 9"/>',
        "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
        "link": '<path d="M10 14a4 4 0 0 1 0-5l3-3a4 4 0 0 1 5 5l-1.5 1.500M14 10a4 4 0 0 1 0 5l-3 3a4 4 0 0 1-5-5l1.5-1.5"/>',
        "logout": '<path d="M14 5H6v14h8M11 12h10m-4-4 4 4-4 4"/>',
        "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
        "minus": '<path d="M5 12h14"/>',
        "more": '<circle class="dot" cx="5" cy="12" r="1.6"/><circle class="dot" cx="12" cy="12" r="1.6"/><circle class="dot" cx="19" cy="12" r="1.6"/>',
        "pause": '<path d="M8.5 6v12M15.5 6v12"/>',
        "plus": '<path d="M12 5v14M5 12h14"/>',
        "print": '<path d="M7 9V4h10v5M7 18H4v-8h16v8h-3M7 14h10v6H7z"/>',
        "refresh": '<path d="M19 7v4h-4M5 17v-4h4M18.5 11A7 7 0 0 0 6.5 8M5.5 13a7 7 0 0 0 12 3"/>',
        "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
        "send": '<path d="M20 4 3 11l7 3 3 7zM10 14l4-4"/>',
        "settings": '<path d="M4 8h9m6 0h1M4 16h2m6 0h8"/><circle cx="16" cy="8" r="2.5"/><circle cx="9" cy="16" r="2.5"/>',
        "sort": '<path d="M8 5v14m-4-4 4 4 4-4M16 19V5m-4 4 4-4 4 4"/>',
        "switch": '<path d="M4 8h15m-4-4 4 4-4 4M20 16H5m4-4-4 4 4 4"/>',
        "trash": '<path d="M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10.5 11v5M13.5 11v5"/>',
        "undo": '<path d="M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10H8"/>',
        "upload": '<path d="M12 19V8m-5 5 5-5 5 5M5 4h14"/>',
        # states
        "alert": '<path d="M8 3.500h8l4.5 4.500v8L16 20.500H8L3.5 16V8zM12 8v5"/><circle class="dot" cx="12" cy="16" r="1.1"/>',
        "check": '<path d="m5 12.5 4.5 4.500L19 7"/>',
        "check-circle": '<circle cx="12" cy="12" r="8.5"/><path d="m8 12.3 3 2.9 5-5.7"/>',
        "clash": '<path d="M3 12h6M5.5 8.5 9 12l-3.5 3.500M21 12h-6m3.5-3.500L15 12l3.5 3.500M12 4v16"/>',
        "circle": '<circle cx="12" cy="12" r="8.5"/>',
        "dash": '<circle cx="12" cy="12" r="8.5"/><path d="M8.5 12h7"/>',
        "hourglass": '<path d="M6 4h12M6 20h12M7.5 4c0 4 1.5 6 4.5 8-3 2-4.5 4-4.5 8M16.5 4c0 4-1.5 6-4.5 8 3 2 4.5 4 4.5 8"/>',
        "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5"/><circle class="dot" cx="12" cy="8" r="1.1"/>',
        "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.800a2.6 2.6 0 1 1 3.5 2.400c-.7.3-1 .7-1 1.5"/><circle class="dot" cx="12" cy="16.5" r="1.1"/>',
        "warning": '<path d="M12 4 3 19.500h18zM12 10v4.5"/><circle class="dot" cx="12" cy="17" r="1.1"/>',
        "lock": '<path d="M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
        "offline": '<path d="M4 4l16 16M7 9a7 7 0 0 0-2.5 2M9.5 14a4 4 0 0 1 4-.500M12 6c3 0 5.7 1.3 7.5 4"/><circle class="dot" cx="12" cy="18" r="1.4"/>',
        # people and work
        "bike": '<circle cx="6" cy="16" r="3.5"/><circle cx="18" cy="16" r="3.5"/><path d="m6 16 3.5-7H15l3 7M9.5 9 13 16H6m2-7h3m4 0V6h2.5"/>',
        "book": '<path d="M12 6.500C10 5 7.5 4.5 4 4.500v13c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-13c-3.5 0-6 .5-8 2zM12 6.500v13"/>',
        "briefcase": '<path d="M4 8h16v11H4zM9 8V5h6v3M4 13h16M12 12v2"/>',
        "building": '<path d="M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 12.500h3M8 16h3"/>',
        "chat": '<path d="M4 5h16v11h-9l-4 4v-4H4zM8 9.500h8M8 12.500h5"/>',
        "document": '<path d="M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12h6M9 15.500h6"/>',
        "eye": '<path d="M2.5 12C5 7.7 8.2 5.8 12 5.800s7 1.9 9.5 6.200c-2.5 4.3-5.7 6.2-9.5 6.200S5 16.3 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
        "flag": '<path d="M6 21V4c4-1.5 7 2 12 .500v8.500c-5 1.5-8-2-12-.5"/>',
        "gathering": '<circle cx="12" cy="12" r="3"/><circle class="dot" cx="12" cy="4.5" r="1.7"/><circle class="dot" cx="12" cy="19.5" r="1.7"/><circle class="dot" cx="4.5" cy="12" r="1.7"/><circle class="dot" cx="19.5" cy="12" r="1.7"/>',
        "handshake": '<path d="M3 7.5 7 6l5 2.500L16 6l5 2v8l-2.5.500M3 7.500V15l3 1 5 3.500c1 .6 2 .3 2.5-.500M12 8.5 9 12c.8 1.2 2.2 1.2 3.5 0L14 10.500l5 5c-.3 1.3-1.3 1.7-2.5 1-.3 1.5-1.5 2-3 1.5"/>',
        "heart": '<path d="M12 19.500C6.5 15.5 4 12.5 4 9.3 4 7 5.8 5.2 8 5.200c1.7 0 3.2.9 4 2.5.8-1.6 2.3-2.5 4-2.5 2.2 0 4 1.8 4 4.1 0 3.2-2.5 6.2-8 10.200z"/>',
        "home": '<path d="M4 11.5 12 4l8 7.500M6 10v10h12V10M10 20v-5.500h4V20"/>',
        "people": '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19.500c.3-3.8 2.6-5.8 6-5.800s5.7 2 6 5.800M15.5 5.600a3.2 3.2 0 0 1 0 5.800M17.5 14.200c2.1.7 3.3 2.5 3.5 5.3"/>',
        "person": '<circle cx="12" cy="8" r="3.6"/><path d="M5 20c.4-4.3 3-6.5 7-6.500s6.6 2.2 7 6.5"/>',
        "person-plus": '<circle cx="10" cy="8" r="3.5"/><path d="M3.5 20c.3-4.3 2.8-6.5 6.5-6.5 1.6 0 3 .4 4 1.200M18 13.500v7M14.5 17h7"/>',
        "phone": '<path d="M8.5 4H5C4.5 13 11 19.5 20 19v-3.500l-4.5-1.7-1.8 2c-2.7-1.2-4.6-3.1-5.7-5.700l2-1.700z"/>',
        "mail": '<path d="M3.5 6h17v12.500h-17zM4 6.500l8 6.5 8-6.5"/>',
        "pin": '<path d="M12 21c4.5-4.8 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2 6.2 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
        "star": '<path d="m12 4 2.4 5.1 5.6.7-4.1 3.9 1.1 5.600L12 16.500l-5 2.8 1.1-5.600L4 9.800l5.6-.700z"/>',
        "steps": '<path d="M3.5 19.500h4v-4.500h4.500v-4.500h4.500V6h4"/>',
        # time, money, figures
        "board": '<path d="M4 4.500h4.500v15H4zM9.8 4.500h4.500V14H9.800zM15.5 4.500H20v11.500h-4.500z"/>',
        "calendar": '<path d="M4 6h16v14H4zM4 10.500h16M8.5 3.500v4M15.5 3.500v4"/>',
        "calendar-check": '<path d="M4 6h16v14H4zM4 10.500h16M8.5 3.500v4M15.5 3.500v4M9 15l2.2 2.200L15.5 13"/>',
        "chart": '<path d="M4 20h16M6.5 20v-6M12 20V8.500M17.5 20V4.5"/>',
        "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.300l3.5 2"/>',
        "euro": '<path d="M18.5 6.200A7.5 7.5 0 0 0 7 12a7.5 7.5 0 0 0 11.5 5.800M4 10.300h9M4 13.700h8"/>',
        "list": '<path d="M9 6.500h11M9 12h11M9 17.500h11"/><circle class="dot" cx="4.8" cy="6.5" r="1.3"/><circle class="dot" cx="4.8" cy="12" r="1.3"/><circle class="dot" cx="4.8" cy="17.5" r="1.3"/>',
        "moon": '<path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z"/>',
        "sun": '<circle cx="12" cy="12" r="3.8"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.400M5.6 18.4 7 17M17 7l1.4-1.4"/>',
        "sunrise": '<path d="M3 19h18M6.5 15.500a5.5 5.5 0 0 1 11 0M12 4v3M4.5 9.5 6 11M19.5 9.5 18 11"/>',
        # sign-in, language, help
        "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17z"/>',
        "help": '<path d="M4 5h16v11h-6l-2 3.500L10 16H4zM10 9a2 2 0 1 1 2.7 1.900c-.5.2-.7.5-.7 1.1"/><circle class="dot" cx="12" cy="13.8" r="1"/>',
        "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.500M16 7.500l3 3"/>',
        "shield": '<path d="M12 3.5 5 6v5.500c0 4.5 2.7 7.5 7 9 4.3-1.5 7-4.5 7-9V6zM9 12l2.2 2.200L15.2 10"/>',
        "text-size": '<path d="M3 19 8.5 5 14 19M5 14.500h7M14.5 19l3.5-9 3.5 9M15.8 16h4.4"/>',
    }.items()
}


def draw(name: str, label: str = "", extra_class: str = "") -> SafeString:
    """The icon as inline SVG; silent for screen readers unless it carries the meaning alone (`label`).

    Raises KeyError for a name we did not draw, so a typing error shows at once.
    """
    hidden = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    css = f"icon icon-{name} {extra_class}".rstrip()
    return format_html('<svg class="{}" viewBox="0 0 24 24" {}>{}</svg>', css, hidden, PATHS[name])
