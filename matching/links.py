"""Addresses of pages that an installation may leave out."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def link(name: str, *args: object) -> str:
    """The address, or nothing where this installation does not have the page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def file_of(candidate_id: int) -> str:
    """The candidate's file."""
    return link("candidates:file", candidate_id)


def work_for(candidate_id: int) -> str:
    """Positions that fit a candidate, with the reasons."""
    return link("matching:candidate_suggestions", candidate_id)


def people_for(position_id: int) -> str:
    """Candidates that fit a position, with the reasons."""
    return link("matching:position_suggestions", position_id)
