from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.translation import override

from buurtbaan.vocabulary import languages
from buurtbaan.vocabulary.load import DEMAND, load, read
from buurtbaan.vocabulary.models import Term, TermKind

WORDS = read()
CONDITIONS = [word for word in WORDS if word["kind"] == TermKind.CONDITION]


@pytest.mark.parametrize(("kind", "about"), [("talent", 60), ("task", 120), ("condition", 45)])
def test_the_lists_stay_short(kind, about):
    assert abs(sum(word["kind"] == kind for word in WORDS) - about) <= 10


def test_codes_and_labels_are_unique_in_their_list_and_fit_their_column():
    for name in ("code", "label_nl", "label_en"):
        count = Counter((word["kind"], word[name]) for word in WORDS)
        doubles = [key for key, times in count.items() if times > 1]
        assert doubles == []
        assert all(0 < len(word[name]) <= 80 for word in WORDS)
    assert all(len(word["code"]) <= 60 for word in WORDS)


def test_a_code_means_one_thing_in_all_lists():
    """Reasons are kept by code alone."""
    assert len({word["code"] for word in WORDS}) == len(WORDS)


def test_what_the_work_demands_clashes_with_needs_that_exist():
    needs = {word["code"] for word in CONDITIONS if word["group"] != DEMAND}
    for word in CONDITIONS:
        assert bool(word["clashes_with"]) == (word["group"] == DEMAND), word["code"]
        assert set(word["clashes_with"]) <= needs, word["code"]


def test_no_word_is_about_what_somebody_is():
    traits = ("vrouw", "man", "moslim", "christ", "diagnos", "handicap", "uitkering", "nationali", "diploma")
    for word in WORDS:
        assert not any(trait in word["label_nl"].replace("mand", "") for trait in traits), word["label_nl"]


@pytest.mark.django_db
def test_the_words_are_there_after_migrating_and_loading_again_changes_nothing():
    before = list(Term.objects.order_by("pk").values())
    assert len(before) == len(WORDS)
    call_command("load_vocabulary", stdout=StringIO())
    assert list(Term.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_a_word_that_left_the_list_stays_readable_and_is_no_longer_offered():
    labels = {"label_nl": "ponskaarten lezen", "label_en": "punch cards"}
    old = Term.objects.create(kind="talent", code="ponskaarten", **labels)
    load(Term)
    assert not Term.objects.get(pk=old.pk).active
    assert old not in Term.objects.of(TermKind.TALENT)


@pytest.mark.django_db
def test_a_word_reads_in_the_readers_language():
    term = Term.objects.get(kind="condition", code="quiet")
    with override("nl"):
        assert term.label == "rustige plek met weinig lawaai"
    with override("en"):
        assert term.label == "quiet place with little noise"


def test_languages_are_shown_by_name():
    with override("nl"):
        assert languages.text(["nl", "en", "prs"]) == "Nederlands, Engels en Dari"


@pytest.mark.parametrize("code", ["prayer_space", "rest_space"])
def test_a_room_to_pray_or_rest_can_be_needed_and_offered(code):
    (word,) = [word for word in CONDITIONS if word["code"] == code]
    assert word["group"] != DEMAND
