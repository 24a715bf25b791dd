"""Addresses of meetings: finding a moment, planning, telling how it was; and of messages and their delivery."""

from django.urls import URLPattern, path

from matching.views import accounts, delivery, meetings, messages, own_meetings, times

meeting_urls: list[URLPattern] = [
    path("voorstellen/<int:pk>/momenten/", times.times_propose, name="times_propose"),
    path("voorstellen/<int:pk>/kennismaking/", meetings.meeting_plan, name="meeting_plan"),
    path("voorstellen/<int:pk>/kennismaking.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path("voorstellen/<int:pk>/kennismaking.pdf", meetings.meeting_note, name="meeting_note"),
    path("voorstellen/<int:pk>/kennismaking/afzeggen/", meetings.meeting_cancel, name="meeting_cancel"),
    path("voorstellen/<int:pk>/hoe-was-het/", accounts.meeting_record, name="meeting_record"),
    path("voorstellen/<int:pk>/hoe-was-het/terug/", accounts.outcome_undo, name="outcome_undo"),
    path("momenten/<int:pk>/kies/", times.times_settle, name="times_settle"),
    path("berichten/<int:pk>/", messages.message, name="message"),
    path("berichten/<int:pk>/opnieuw/", messages.message_again, name="message_again"),
    path("berichten/bezorging/", delivery.delivery_report, name="delivery_report"),
    path("mijn-voorstellen/<int:pk>/momenten/", times.my_times, name="my_times"),
    path("mijn-voorstellen/<int:pk>/hoe-was-het/", own_meetings.my_meeting, name="my_meeting"),
    path("mijn-voorstellen/<int:pk>/kennismaking.pdf", own_meetings.my_meeting_note, name="my_meeting_note"),
    path(
        "mijn-voorstellen/<int:pk>/kennismaking.ics",
        own_meetings.my_meeting_calendar,
        name="my_meeting_calendar",
    ),
    path("mijn-kennismakingen/<int:pk>/momenten/", times.introduction_times, name="introduction_times"),
    path(
        "mijn-kennismakingen/<int:pk>/momenten/nieuw/",
        times.introduction_propose,
        name="introduction_propose",
    ),
    path(
        "mijn-kennismakingen/<int:pk>/hoe-was-het/", own_meetings.introduction_tell, name="introduction_tell"
    ),
]
