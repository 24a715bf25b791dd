"""The look keeps its promises: contrast, own files only, nothing inline, and light enough for a phone."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

ROOT = settings.BASE_DIR
CSS = (ROOT / "static/css/buurtbaan.css").read_text()
FIRST_VISIT = 150_000
HANDLERS = r"\son(?:click|change|submit|input|load|key[a-z]+|focus|blur)="
INLINE = re.compile(rf"\sstyle=|<style|{HANDLERS}|javascript:|hx-on|hx-vals=.js:")
TEMPLATES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if "emails" not in path.parts and "documents" not in path.parts
)


def colour(name):
    return re.search(rf"--{name}: (#[0-9a-f]{{6}});", CSS)[1]


def light(value):
    parts = (int(value[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "text", ["ink", "soft", "teal-700", "terra-700", "ok", "info", "wait", "clash", "error"]
)
@pytest.mark.parametrize("surface", ["paper", "sand-50", "sand-100", "sand-200"])
def test_text_stands_out_on_every_surface(text, surface):
    assert contrast(colour(text), colour(surface)) >= 4.5


@pytest.mark.parametrize("tone", ["ok", "info", "wait", "clash", "error"])
def test_a_state_can_be_read_on_its_own_colour(tone):
    assert contrast(colour(tone), colour(f"{tone}-100")) >= 4.5


@pytest.mark.parametrize("surface", ["paper", "sand-50", "sand-100"])
def test_borders_of_inputs_and_the_focus_ring_can_be_seen(surface):
    assert contrast(colour("control"), colour(surface)) >= 3
    assert contrast(colour("terra"), colour(surface)) >= 3


def test_white_can_be_read_on_the_acts():
    for name in ("teal-700", "teal-800", "teal-900", "terra", "error"):
        assert contrast("#ffffff", colour(name)) >= 4.5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_page_has_style_or_script_of_its_own(path):
    text = path.read_text()
    assert not INLINE.search(text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r'(?:src|href)="https?://', text)


def test_packages_are_pinned_by_what_they_hold_not_by_where_they_come_from():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            assert "resolved" not in package
    assert packages["node_modules/htmx.org"]["version"].startswith("2.")
    assert packages["node_modules/bootstrap"]["version"].startswith("5.3.")


def wire(name):
    found = finders.find(name)
    assert found, f"{name} is missing: npm ci && npm run build"
    content = Path(found).read_bytes()
    return len(content) if name.endswith(".woff2") else len(gzip.compress(content, 9))


def test_a_first_visit_fits_a_slow_phone(client, db):
    page = client.get("/accounts/login/").content
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2|svg))"', page.decode()))
    assert {
        "vendor/bootstrap.min.css",
        "vendor/htmx.min.js",
        "css/buurtbaan.css",
        "vendor/fonts/atkinson-latin.woff2",
    } <= linked
    fonts_if_needed = {"vendor/fonts/atkinson-latin-ext.woff2"}
    total = len(gzip.compress(page)) + sum(wire(name) for name in linked | fonts_if_needed)
    assert total <= FIRST_VISIT, total


def test_every_template_can_be_read() -> None:
    folder = settings.BASE_DIR / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix in {".html", ".txt"}]
    assert len(names) > 200
    for name in names:
        get_template(name)
