"""What each figure means: one registry by theme, from which page, PDF and files take their definitions."""

from __future__ import annotations

from impact.indicators import account, funnel, lasting, money, people, steps, work
from impact.indicators.kinds import Disclosure, Indicator

VERSION = "2026-2"
"""Goes up whenever a definition changes; each snapshot carries the version it was made with."""

FULL_WEEK = 36
"""Hours a week that count as a full benefit's worth of work, for the lower bound of what is saved."""

THEMES = (funnel, people, steps, work, lasting, money, account)
"""In the order of the report."""

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator for theme in THEMES for indicator in theme.INDICATORS
}

__all__ = ["FULL_WEEK", "INDICATORS", "THEMES", "VERSION", "Disclosure", "Indicator"]
