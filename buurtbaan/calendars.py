"""A moment as a calendar file (RFC 5545, 5546)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from buurtbaan.bureaus.models import Bureau


@dataclass(frozen=True)
class Moment:
    """What goes into a calendar. The same uid with a higher sequence replaces what was sent before."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    place: str = ""
    text: str = ""


def calendar_file(moment: Moment, *, bureau: Bureau, method: str = "PUBLISH", attendee: str = "") -> bytes:
    """method: REQUEST puts it in the calendar, CANCEL takes it out, PUBLISH is for a download."""
    event = _event(moment, bureau)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if attendee:
        event.add("attendee", _person(attendee, ""), encode=False)
    whole = _calendar(method)
    whole.add_component(event)
    return bytes(whole.to_ical())


def calendar_feed(moments: Iterable[Moment], *, bureau: Bureau) -> bytes:
    """All of them, for a program that comes to look every hour; what is gone from it, it takes out."""
    whole = _calendar("PUBLISH")
    whole.add("name", bureau.name)
    whole.add("x-wr-calname", bureau.name)
    whole.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    for moment in moments:
        event = _event(moment, bureau)
        event.add("status", "CONFIRMED")
        whole.add_component(event)
    return bytes(whole.to_ical())


def _calendar(method: str) -> Calendar:
    whole = Calendar()
    whole.add("prodid", "-//Buurtbaan//NL")
    whole.add("version", "2.0")
    whole.add("method", method)
    return whole


def _event(moment: Moment, bureau: Bureau) -> Event:
    event = Event()
    event.add("uid", f"{moment.uid}@buurtbaan")
    event.add("sequence", moment.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", moment.starts_at)
    event.add("dtend", moment.starts_at + timedelta(minutes=moment.minutes))
    event.add("summary", moment.title)
    event.add("location", moment.place)
    if moment.text:
        event.add("description", moment.text)
    event["organizer"] = _person(bureau.email or settings.DEFAULT_FROM_EMAIL, bureau.name)
    return event


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"MAILTO:{address.rpartition('<')[2].rstrip('>')}")
    if name:
        person.params["cn"] = vText(name)
    return person
