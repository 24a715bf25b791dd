"""What happens by itself, and when."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    # Every minute: take up again a report whose worker disappeared.
    "reports-take-up-again": {"task": "impact.tasks.take_up_hanging_reports", "schedule": 60.0},
    # Every five minutes: ask for the reports that are planned for today or were missed, each once.
    "reports-planned": {"task": "impact.tasks.ask_for_planned_reports", "schedule": 300.0},
    # Every five minutes: tell managers that a planned report waits for them to read and release it.
    "reports-ready": {"task": "impact.tasks.tell_managers", "schedule": 300.0},
    # Every minute: tell officers who wish so that a report was released.
    "reports-tell": {"task": "impact.tasks.tell_officers", "schedule": 60.0},
    # Every hour: remind people of proposals that wait for an answer, and tell the coach when they run out.
    "proposals-waiting": {"task": "matching.tasks.look_after_proposals", "schedule": 3600.0},
    # Every five minutes: send the messages that could not leave before.
    "messages-waiting": {"task": "matching.tasks.send_waiting_messages", "schedule": 300.0},
    # Every minute: take up again a workbook whose worker disappeared.
    "imports-take-up-again": {"task": "matching.tasks.take_up_imports", "schedule": 60.0},
    # Every hour: throw away workbooks that were uploaded and not taken over.
    "imports-clean-up": {"task": "matching.tasks.clean_up_imports", "schedule": 3600.0},
    # Every hour: erase who left and had time to think, announce ends of terms, purge where the bureau says so.
    "terms": {"task": "candidates.tasks.look_after_terms", "schedule": 3600.0},
    # Every hour: warn 90, 60 and 30 days before a subscription ends, each once.
    "subscriptions-ending": {"task": "employers.tasks.look_after_subscriptions", "schedule": 3600.0},
    # Every day: throw away sent forms, used links, ended sessions, old messages on disk, old lines of the trail, and
    # names of neighbours and of people whom we never met.
    "tidy-up": {"task": "candidates.tasks.tidy_up", "schedule": 86400.0},
    # Every hour: forget drafts after thirty days, and what waited for signing in after an hour.
    "drafts-forget": {"task": "buurtbaan.drafts.tasks.forget_drafts", "schedule": 3600.0},
    # Every day: erase talks with employers and contributions that were taken away more than a day ago.
    "employers-forget": {"task": "employers.tasks.forget_removed", "schedule": 86400.0},
    # Every five minutes: mail the list of the day to who wishes, from the bureau's hour on, on working days.
    "digests": {"task": "matching.tasks.send_digests", "schedule": 300.0},
    # Every day: throw away old marks of the day list and digests of long ago.
    "day-forget": {"task": "matching.tasks.forget_the_day", "schedule": 86400.0},
}
