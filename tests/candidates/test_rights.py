"""What a person may ask: everything about them, and to be forgotten without a trace."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage, get_connection
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from buurtbaan.audit.models import Change, Reading
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, User
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import services
from candidates.enums import ErasureRule
from candidates.models import Candidate, Consent, Erasure
from candidates.rights import reach, words
from candidates.rights.export import everything_about
from candidates.services.erasing import erase, hash_key
from matching.models import ImportJob, Message
from tests.world import World

MARK = "zqmark"
TEXTS = (models.CharField, models.TextField, models.JSONField)
WHAT_TO_DO = """
A table of yours is not known to the export and the erasure of a person. If its rows are about candidates, give it a
foreign key to Candidate (or to a row about one) with on_delete=CASCADE: then both find it by themselves. If it can hold
nothing about a candidate, add it with the reason to NOT_ABOUT_A_CANDIDATE in candidates/rights/reach.py.
"""
WHAT_IT_IS_CALLED = """
A person reads these names in the own export. Give the field (or the model) a verbose_name with gettext_lazy, or add it
to LABELS or TITLES in candidates/rights/words.py; if nobody may read it, to LEFT_OUT there with the reason.
"""


def test_every_table_is_reached_from_a_candidate_or_says_why_not() -> None:
    known = {*reach.ways(), *reach.account_ways()}
    labels = {reach.label_of(model) for model in reach.all_models() if model not in known}
    assert labels == set(reach.NOT_ABOUT_A_CANDIDATE), WHAT_TO_DO


def test_a_key_that_lets_go_of_a_person_says_why() -> None:
    assert set(reach.named_without_owning()) == set(reach.LETS_GO), WHAT_TO_DO


def test_a_table_that_names_a_candidate_by_number_only_is_the_trail() -> None:
    loose = {
        reach.label_of(model)
        for model in reach.all_models()
        for field in model._meta.concrete_fields
        if field.name in ("candidate_id", "person_id")
    }
    assert loose == {"audit.Change", "audit.Reading"}, WHAT_TO_DO


def test_every_field_in_an_export_has_a_name_that_one_can_read() -> None:
    mute = [
        f"{reach.label_of(model)}.{field.name}"
        for model in (*reach.ways(), *reach.account_ways())
        for field in model._meta.concrete_fields
        if not words.is_left_out(model, field.name) and not words.has_label(field)
    ]
    mute += [
        reach.label_of(model)
        for model in (*reach.ways(), *reach.account_ways())
        if reach.label_of(model) not in words.TITLES
        and not isinstance(model._meta.verbose_name_plural, words.Promise)
    ]
    assert mute == [], WHAT_IT_IS_CALLED


# A marker in every text of every row about a person


# Triggers that refuse other words than the first.
KEPT_AS_THEY_WERE = {
    "matching.Match": "matching_match_frozen",
    "matching.CoachHours": "coach_hours_closed",
}

# What a row must say as well for the database to take words in all of its texts.
NEEDED: dict[str, dict[str, Any]] = {
    "candidates.Step": {"owner": "other"},
    "matching.CheckIn": {"skipped_on": date(2026, 1, 5), "done_on": None},
}


def mark_everything(world: World) -> dict[str, str]:
    """Write a word of its own into every text of every row about the person; gives word → where it stands."""
    fill_empty_tables(world)
    user = world.members[Role.CANDIDATE].user
    placed: dict[str, str] = {}
    piles = [(model, reach.rows_of(model, world.candidate)) for model in reach.ways()]
    piles += [(model, reach.account_rows(model, user.pk)) for model in reach.account_ways()]
    for model, rows in piles:
        for row in rows:
            values = {f.name: _marked(f, row, placed) for f in model._meta.concrete_fields if _can_mark(f)}
            values |= NEEDED.get(reach.label_of(model), {})
            if values:
                with even_what_never_changes(model):
                    model._base_manager.filter(pk=row.pk).update(**values)
    return placed


@contextmanager
def even_what_never_changes(model: Any) -> Iterator[None]:
    """Let a marker be written where the database keeps the first words for ever."""
    kept = KEPT_AS_THEY_WERE.get(reach.label_of(model))
    if not kept:
        yield
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} DISABLE TRIGGER {kept}")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {kept}; SET CONSTRAINTS ALL DEFERRED")


def _can_mark(field: Any) -> bool:
    if field.choices or field.is_relation or field.primary_key or isinstance(field, models.FileField):
        return False
    return isinstance(field, TEXTS) or (isinstance(field, ArrayField) and isinstance(field.base_field, TEXTS))


def _marked(field: Any, row: Any, placed: dict[str, str]) -> Any:
    size = getattr(field, "max_length", None) or 60
    size = getattr(getattr(field, "base_field", None), "max_length", None) or size
    word = f"{MARK}{len(placed):x}"[-max(size, 5) :] if size < 12 else f"{MARK}{len(placed):x}q"
    placed[word] = f"{reach.label_of(type(row))}.{field.name}"
    match field:
        case models.JSONField():
            return {"tekst": word}
        case ArrayField():
            return [word]
        case models.EmailField():
            return f"{word}@proef.example"
        case models.UUIDField():
            return uuid.uuid4()
    return word


def fill_empty_tables(world: World) -> None:
    """Rows in the tables that the World leaves empty; a new table without a row fails below."""
    user = world.members[Role.CANDIDATE].user
    here = {"bureau": world.bureau, "candidate": world.candidate}
    for model in (*reach.ways(), *reach.account_ways()):
        rows = (
            reach.rows_of(model, world.candidate)
            if model in reach.ways()
            else reach.account_rows(model, user.pk)
        )
        if not rows.exists():
            made = MAKERS[reach.label_of(model)](world, here, user)
            assert made.pk


MAKERS: dict[str, Any] = {
    "candidates.InwardReferral": lambda w, here, u: w.candidate.inward_referrals.create(bureau=w.bureau),
    "candidates.FileOpening": lambda w, here, u: services.open_with_reason(
        candidate=w.candidate, reason="vraag", by=w.members[Role.COACH]
    ),
    "candidates.StageChange": lambda w, here, u: w.candidate.stage_changes.create(
        bureau=w.bureau, to_stage="met"
    ),
    "candidates.Measurement": lambda w, here, u: w.candidate.measurements.create(bureau=w.bureau, rung=2),
    "candidates.FirstConversation": lambda w, here, u: w.candidate.first_conversations.create(
        bureau=w.bureau
    ),
    "candidates.Conversation": lambda w, here, u: w.candidate.conversations.create(bureau=w.bureau),
    "matching.Message": lambda w, here, u: Message.objects.create(
        **here, match=w.match, kind="candidate.proposal", recipient="iemand@proef.example", subject="x"
    ),
    "bureaus.Invitation": lambda w, here, u: type(w.invitation).objects.create(
        bureau=w.bureau, email="x@proef.example", role="coach", invited_by=w.members[Role.CANDIDATE],
        token_hash="a" * 64,
    ),
    "drafts.Submission": lambda w, here, u: _model("drafts.Submission").objects.create(
        once=uuid.uuid4(), user=u, url="/"
    ),
    "drafts.HeldPost": lambda w, here, u: _model("drafts.HeldPost").objects.create(
        token_hash="b" * 64, user=u, body="x"
    ),
    "matching.AgendaFeed": lambda w, here, u: _model("matching.AgendaFeed").objects.create(
        bureau=w.bureau, membership=w.members[Role.CANDIDATE], token_hash="e" * 64
    ),
    "matching.DigestWish": lambda w, here, u: _model("matching.DigestWish").objects.create(
        bureau=w.bureau, membership=w.members[Role.CANDIDATE]
    ),
    "matching.Digest": lambda w, here, u: _model("matching.Digest").objects.create(
        bureau=w.bureau, membership=w.members[Role.CANDIDATE], day=timezone.localdate()
    ),
    "impact.StoryUse": lambda w, here, u: _used_story(w, here),
    "account.EmailAddress": lambda w, here, u: _model("account.EmailAddress").objects.create(
        user=u, email="x@proef.example"
    ),
    "mfa.Authenticator": lambda w, here, u: _model("mfa.Authenticator").objects.create(
        user=u, type="totp", data={}
    ),
}  # fmt: skip


def _used_story(world: World, here: dict[str, Any]) -> Any:
    """A story went out, with a yes and read along by a manager."""
    now = timezone.now()
    _model("impact.Story").objects.filter(pk=world.story.pk).update(
        checked_version=1, checked_at=now, checked_by=world.members[Role.MANAGER]
    )
    _model("impact.StoryConsent").objects.filter(pk=world.story_consent.pk).update(
        answer="yes", answered_at=now
    )
    return _model("impact.StoryUse").objects.create(
        **here, story=world.story, version=1, purpose="sheet", where="Succesblad"
    )


def _model(label: str) -> Any:
    from django.apps import apps

    return apps.get_model(label)


def test_an_export_holds_every_text_about_a_person(world: World) -> None:
    placed = mark_everything(world)
    candidate = Candidate.objects.get(pk=world.candidate.pk)
    told = everything_about(candidate, reader=world.members[Role.CANDIDATE])
    text = json.dumps(told.as_json(), cls=DjangoJSONEncoder)
    missing = {
        where
        for word, where in placed.items()
        if word not in text and where not in words.LEFT_OUT and where.split(".")[-1] not in words.LEFT_OUT
    }
    assert len(placed) > 60
    assert missing == set()


def test_an_export_says_who_looked_and_who_changed(world: World) -> None:
    coach = world.members[Role.COACH]
    with scoped(Scope.for_membership(coach, reason="gebeld")):
        record_read(by=coach, candidate_id=world.candidate.pk, what="file", reason="gebeld")
        Candidate.objects.filter(pk=world.candidate.pk).update(phone="0687654321")
    told = everything_about(world.candidate, reader=world.members[Role.CANDIDATE]).as_json()
    assert told["who_looked"][0]["reason"] == "gebeld"
    assert told["who_changed"][0]["after"] == {"phone": "0687654321"}
    assert told["who_changed"][0]["who"] == str(coach.user)


def test_an_export_holds_nothing_of_somebody_else(world: World, other_world: World) -> None:
    mark_everything(other_world)
    told = everything_about(world.candidate, reader=world.members[Role.CANDIDATE]).as_json()
    assert MARK not in json.dumps(told, cls=DjangoJSONEncoder)


def test_a_manager_does_not_read_safety_remarks_in_an_export(world: World) -> None:
    world.safety_remark.text = "geheim woord"
    world.safety_remark.save()
    seen = {
        role: "geheim woord"
        in json.dumps(
            everything_about(world.candidate, reader=world.members[role]).as_json(), cls=DjangoJSONEncoder
        )
        for role in (Role.CANDIDATE, Role.COACH, Role.MANAGER)
    }
    assert seen == {Role.CANDIDATE: True, Role.COACH: True, Role.MANAGER: False}


# Erasure


def everywhere(word: str) -> dict[str, int]:
    """In how many rows of which tables a word stands, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{word}%"])
            if count := cursor.fetchone()[0]:
                found[table] = count
        return found


def files_with(word: str, *folders: Path) -> list[Path]:
    return [p for f in folders for p in f.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


def test_erasure_leaves_no_text_of_a_person_anywhere(
    world: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    mark_everything(world)
    coach, own = world.members[Role.COACH], world.members[Role.CANDIDATE]
    with scoped(Scope.for_membership(coach, reason=f"{MARK}reden")):
        record_read(by=coach, candidate_id=world.candidate.pk, what="file", reason=f"{MARK}reden")
        Consent.objects.filter(pk=world.consent.pk).update(text=f"{MARK}later")
    assert everywhere(MARK)["audit_change"] > 15
    write_mails(settings, tmp_path, world)
    with django_capture_on_commit_callbacks(execute=True):
        line = erase(candidate=world.candidate, rule=ErasureRule.ASKED, by=coach)
    assert everywhere(MARK) == {}
    assert files_with(MARK, tmp_path) == []
    assert not User.objects.filter(pk=own.user_id).exists()
    assert line.counts["candidates.Candidate"] == 1
    assert Change.objects.get(table="candidates_erasure", row_id=line.pk).actor_id == coach.pk
    assert not Change.objects.filter(candidate_id=world.candidate.pk).exists()


def write_mails(settings: Any, tmp_path: Path, world: World) -> None:
    """Three messages on disk: to the person, about the person, and about somebody else."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    Message.objects.filter(match=world.match).update(subject="Kennismaking", recipient="baas@proef.example")
    world.candidate.refresh_from_db()
    letters = [
        EmailMessage("Hallo", f"Dag {MARK}", to=[world.candidate.email]),
        EmailMessage("Kennismaking", f"Over {MARK} café", to=["baas@proef.example"]),
        EmailMessage("Anders", "Over iemand anders", to=["ander@proef.example"]),
    ]
    get_connection().send_messages(letters)


def test_messages_about_somebody_else_stay(
    world: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    mark_everything(world)
    write_mails(settings, tmp_path, world)
    with django_capture_on_commit_callbacks(execute=True):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    left = b"".join(path.read_bytes() for path in (tmp_path / "mail").glob("*"))
    assert left.count(b"Message-ID") == 1
    assert b"Over iemand anders" in left


def test_erasure_touches_no_other_bureau_and_no_other_person(world: World, other_world: World) -> None:
    neighbour = Candidate.objects.create(bureau=world.bureau, first_name="Buurman")
    mark_everything(other_world)
    before = everywhere(MARK)
    lines = Change.objects.filter(candidate_id=neighbour.pk).count()
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    assert everywhere(MARK) == before
    assert Change.objects.filter(candidate_id=neighbour.pk).count() == lines


def test_somebody_who_also_works_here_keeps_the_account(world: World) -> None:
    own = world.members[Role.CANDIDATE]
    Membership.objects.create(user=own.user, role=Role.CONNECTOR, bureau=world.bureau)
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    assert list(own.user.memberships.values_list("role", flat=True)) == [Role.CONNECTOR]


def test_the_person_is_signed_out_everywhere(world: World, sign_in: Any) -> None:
    client: Client = sign_in(world.members[Role.CANDIDATE])
    assert client.get("/kandidaten/mijn/").status_code == 200
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    assert client.get("/kandidaten/mijn/").status_code == 302


def test_a_workbook_that_lists_people_is_thrown_away(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    name = default_storage.save("imports/werkboek.xlsx", ContentFile(b"Kandidaateigen"))
    job = ImportJob.objects.create(
        bureau=world.bureau, file=name, file_name="w.xlsx", sha256="0" * 64, state="ready",
        result={"bad_rows": 1, "problems": ["Kandidaateigen"]},
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    job.refresh_from_db()
    assert (job.state, job.result, default_storage.exists(name)) == ("failed", {"bad_rows": 1}, False)


def test_a_second_erasure_finds_nobody(world: World) -> None:
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    with pytest.raises(NotAllowedNow, match="al gewist"):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    assert Erasure.objects.exclude(pk=world.erasure.pk).count() == 1


def test_the_ledger_lies_outside_the_database_too_and_names_nobody(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    key = hash_key(world.candidate)
    with django_capture_on_commit_callbacks(execute=True):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    line = json.loads(Path(settings.ERASURE_LEDGER).read_text())
    assert line["key"] == key
    assert "Kandidaat" not in json.dumps(line["rows"]).replace("candidates.Candidate", "")


def test_a_save_in_an_open_form_after_the_erasure_is_refused(world: World) -> None:
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    with pytest.raises(NotAllowedNow, match="gewist"):
        services.add_conversation(candidate=world.candidate, by=world.members[Role.COACH], text="hallo")


def test_the_application_cannot_empty_the_trail_of_somebody_who_is_there(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="ledger"),
        transaction.atomic(),
        scoped(Scope.for_bureau(world.bureau)),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT erase_trail(%s, '{}'::jsonb, '{}', 0)", [world.candidate.pk])
    with scoped(Scope.for_bureau(world.bureau)):
        line = Erasure.objects.create(bureau=world.bureau, key_hash="x", rule="asked")
    with (
        pytest.raises(DatabaseError, match="still there"),
        transaction.atomic(),
        scoped(Scope.for_bureau(world.bureau)),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT erase_trail(%s, '{}'::jsonb, '{}', %s)", [world.candidate.pk, line.pk])
    assert Change.objects.filter(candidate_id=world.candidate.pk).exists()
    assert not Reading.objects.filter(candidate_id=world.candidate.pk).exists()


# After a restore


def test_a_restored_backup_brings_nobody_back(
    world: World, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    other = Candidate.objects.create(bureau=world.bureau, first_name="Blijver")
    copy = {"bureau": world.bureau, "first_name": "Terug", "key": world.candidate.key}
    with django_capture_on_commit_callbacks(execute=True):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    Erasure.objects.all().delete()  # the backup was older than the erasure
    back = Candidate.objects.create(**copy)
    call_command("replay_erasures", settings.ERASURE_LEDGER)
    call_command("replay_erasures")
    assert not Candidate.objects.filter(pk=back.pk).exists()
    assert Candidate.objects.filter(pk=other.pk).exists()
    assert list(Erasure.objects.values_list("rule", flat=True)) == ["replayed"]


def test_a_restored_backup_that_already_knew_of_the_erasure_stays_as_it_is(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    before = Erasure.objects.count()
    call_command("replay_erasures")
    assert Erasure.objects.count() == before


def test_the_ledger_can_be_written_whole(world: World, tmp_path: Path) -> None:
    erase(candidate=world.candidate, rule=ErasureRule.ASKED)
    call_command("export_erasures", str(tmp_path / "grootboek.jsonl"))
    lines = [json.loads(line) for line in (tmp_path / "grootboek.jsonl").read_text().splitlines()]
    assert hash_key(world.candidate) in {line["key"] for line in lines}


def test_a_damaged_ledger_is_refused(db: None, tmp_path: Path) -> None:
    (tmp_path / "kapot").write_text("geen json\n")
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("replay_erasures", str(tmp_path / "kapot"))
