"""A small bureau with one of everything, to ask every page for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Bureau, Invitation, Membership, Rate, hash_token
from buurtbaan.drafts.models import Draft
from buurtbaan.rules.models import RuleCard, RuleVersion
from candidates.models import (
    BudgetLine,
    Candidate,
    Consent,
    Erasure,
    Fund,
    FundDeadline,
    Gathering,
    GatheringGuest,
    GatheringLink,
    Goal,
    HelpRequest,
    HourClaim,
    Intake,
    InwardReferral,
    Organisation,
    OutwardReferral,
    RetentionStep,
    SafetyRemark,
    SessionAttendance,
    Step,
    Training,
    TrainingPlace,
    TrainingSession,
    Wellbeing,
)
from candidates.models.voice import Correction
from employers.models import (
    Agreement,
    Commission,
    CommissionPosition,
    Contact,
    Contribution,
    DisplacementCheck,
    Employer,
    EmployerLogo,
    FormerEmployer,
    Location,
    Position,
    PositionMove,
    PositionTemplate,
    ProjectLine,
    Reminder,
    SocialReturn,
    SocialReturnLine,
    Subscription,
    SubscriptionMonth,
    SubscriptionPosition,
    SubscriptionWarning,
    Talk,
    TeamPicture,
    TeamTask,
)
from impact.enums import ReportState
from impact.models import (
    ApiKey,
    CashbookEntry,
    ErasedFigure,
    EvidenceHour,
    EvidenceLine,
    EvidenceSheet,
    FundingFlow,
    ImpactAssignment,
    ImpactReport,
    NetworkFigure,
    NetworkPlace,
    NoticeWish,
    Release,
    ReleaseNotice,
    ReportBatch,
    ReportOrder,
    ReportSchedule,
    Snapshot,
    Story,
    StoryConsent,
    SuccessSheet,
)
from matching.coaching import content_of
from matching.enums import MatchState
from matching.models import (
    AgendaFeed,
    CheckIn,
    CoachGoal,
    CoachHours,
    CoachPeriod,
    CoachPlan,
    Conversion,
    DayMark,
    Digest,
    DigestWish,
    EmployerLink,
    EmployerQuestion,
    HoursStep,
    ImportJob,
    Introduction,
    Match,
    MatchEvent,
    MeetingAccount,
    MeetingOption,
    NextPlan,
    Placement,
    PlacementChange,
    WageValue,
)
from tests.bureaus.factories import BureauFactory, MembershipFactory


@dataclass
class World:
    """One bureau's people and rows; `members` has one membership per role."""

    bureau: Bureau
    members: dict[Role, Membership]
    organisation: Organisation
    candidate: Candidate
    intake: Intake
    consent: Consent
    safety_remark: SafetyRemark
    goal: Goal
    step: Step
    wellbeing: Wellbeing
    fund: Fund
    correction: Correction
    retention_step: RetentionStep
    erasure: Erasure
    erased_figure: ErasedFigure
    employer: Employer
    location: Location
    logo: EmployerLogo
    contact: Contact
    position: Position
    check: DisplacementCheck
    team_picture: TeamPicture
    team_task: TeamTask
    position_move: PositionMove
    template: PositionTemplate
    talk: Talk
    reminder: Reminder
    agreement: Agreement
    contribution: Contribution
    subscription: Subscription
    funded: SubscriptionPosition
    month: SubscriptionMonth
    warning: SubscriptionWarning
    commission: Commission
    ordered: CommissionPosition
    project: Employer
    project_line: ProjectLine
    former: FormerEmployer
    conversion: Conversion
    coach_plan: CoachPlan
    coach_goal: CoachGoal
    coach_hours: CoachHours
    coach_period: CoachPeriod
    wage_value: WageValue
    match: Match
    introduction: Introduction
    option: MeetingOption
    account: MeetingAccount
    placement: Placement
    hours_step: HoursStep
    placement_change: PlacementChange
    next_plan: NextPlan
    check_in: CheckIn
    day_mark: DayMark
    digest_wish: DigestWish
    digest: Digest
    digest_token: str
    agenda_feed: AgendaFeed
    agenda_token: str
    asked_to_meet: EmployerQuestion
    asked_how_it_goes: EmployerQuestion
    employer_link: EmployerLink
    employer_token: str
    import_job: ImportJob
    snapshot: Snapshot
    report: ImpactReport
    release: Release
    schedule: ReportSchedule
    whole_schedule: ReportSchedule
    batch: ReportBatch
    order: ReportOrder
    notice_wish: NoticeWish
    notice: ReleaseNotice
    api_key: ApiKey
    assignment: ImpactAssignment
    flow: FundingFlow
    cash: CashbookEntry
    fund_deadline: FundDeadline
    hour_claim: HourClaim
    story: Story
    story_consent: StoryConsent
    success_sheet: SuccessSheet
    evidence_sheet: EvidenceSheet
    evidence_line: EvidenceLine
    evidence_hour: EvidenceHour
    network_place: NetworkPlace
    network_figure: NetworkFigure
    inward: InwardReferral
    outward: OutwardReferral
    gathering: Gathering
    gathering_link: GatheringLink
    guest: GatheringGuest
    training: Training
    session: TrainingSession
    training_place: TrainingPlace
    attendance: SessionAttendance
    budget_line: BudgetLine
    help_request: HelpRequest
    invitation: Invitation
    invitation_token: str
    link: AccessLink
    link_token: str
    draft: Draft
    rate: Rate
    rule: RuleVersion
    social_return: SocialReturn
    effort: SocialReturnLine
    token: str = ""

    def rows(self) -> list[Any]:
        """Every model instance in here."""
        return [value for value in vars(self).values() if hasattr(value, "pk")]


def build_world(name: str = "own") -> World:
    """One of everything in a new bureau of a new municipality."""
    bureau = BureauFactory()
    staff = {
        role: MembershipFactory(role=role, bureau=bureau)
        for role in (Role.CONNECTOR, Role.COACH, Role.MANAGER)
    }
    here = {"bureau": bureau}
    organisation = Organisation.objects.create(**here, name=f"Buurthuis {name}", kind="community_centre")
    candidate = Candidate.objects.create(
        **here,
        first_name=f"Kandidaat{name}",
        last_name="Proef",
        search_name=f"kandidaat{name} proef",
        birth_year=1980,
        phone="0612345678",
        postcode="2531AB",
        connector=staff[Role.CONNECTOR],
        coach=staff[Role.COACH],
        stage="searching",
    )
    about = {**here, "candidate": candidate}
    intake = Intake.objects.create(
        **about, dreams="Iets met fietsen", hours_now=8, hours_wished=20, dayparts=0b111
    )
    consent = Consent.objects.create(**about, purpose="record", text_version="2026-1", text="…")
    remark = SafetyRemark.objects.create(**about, text="liever niet")
    goal = Goal.objects.create(**about, title="Weer onder de mensen")
    step_to_do = Step.objects.create(**about, goal=goal, what="Langs het buurthuis gaan")
    wellbeing = Wellbeing.objects.create(**about, version="1", answers={"mood": 3})
    employer = Employer.objects.create(**here, name=f"Fietsen {name}", kind="social")
    location = Location.objects.create(**here, employer=employer, address="Proefstraat 1", postcode="2531AB")
    logo = EmployerLogo.objects.create(
        **here, employer=employer, picture=b"png", width=1, height=1, digest="0"
    )
    contact = Contact.objects.create(**here, employer=employer, name="Contact", email="contact@proef.example")
    position = Position.objects.create(
        **here,
        employer=employer,
        location=location,
        title="Fietsen maken",
        form="work_experience",
        status="published",
        hours_min=4,
        hours_max=16,
        places=2,
    )
    check = DisplacementCheck.objects.create(
        **here,
        position=position,
        employer=employer,
        version="1",
        filled_by=staff[Role.COACH],
        decision="no_displacement",
        reason="extra werk",
        decided_by=staff[Role.MANAGER],
        decided_at=timezone.now(),
    )
    at_work = {**here, "employer": employer}
    team_picture = TeamPicture.objects.create(**at_work, name="Huiskamer")
    team_task = TeamTask.objects.create(**at_work, picture=team_picture, words="Koffie schenken")
    position_move = PositionMove.objects.create(
        **at_work,
        position=position,
        from_state="checked",
        to_state="published",
        by=staff[Role.COACH],
    )
    match = Match.objects.create(
        **about,
        position=position,
        employer=employer,
        state=MatchState.INTRODUCED,
        rules_version="1",
        frozen={},
        proposed_by=staff[Role.COACH],
    )
    MatchEvent.objects.create(**about, match=match, to_state=MatchState.PROPOSED)
    work = {**about, "employer": employer}
    introduction = Introduction.objects.create(
        **work, match=match, position_title=position.title, shared_name=candidate.first_name, shared={}
    )
    today = date.today()
    placement = Placement.objects.create(
        **work, form="work_experience", starts_on=today - timedelta(days=30), shared_name=candidate.first_name
    )
    step = HoursStep.objects.create(
        **work, placement=placement, hours=8, during=DateRange(placement.starts_on, None)
    )
    check_in = CheckIn.objects.create(**work, placement=placement, week=4, due_on=today)
    obligation = _obligation(employer)
    subscription = Subscription.objects.create(
        **here,
        employer=employer,
        service="Gastvrouw in de huiskamer",
        hours_month=40,
        price_month=900,
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=60),
    )
    commission = Commission.objects.create(
        **here, employer=employer, what="Groen bijhouden", amount=1200, starts_on=today, origin="brought_back"
    )
    project = Employer.objects.create(**here, name=f"Klusbedrijf {name}", kind="own_project")
    year = {"since": date(2026, 1, 1), "until": date(2026, 6, 30)}
    asked_to_meet = EmployerQuestion.objects.create(**work, kind="introduction", introduction=introduction)
    employer_link = EmployerLink.objects.create(
        **work,
        question=asked_to_meet,
        contact=contact,
        token_hash=hash_token(f"werkgever-{name}"),
        expires_at=timezone.now() + timedelta(days=1),
    )
    snapshot = Snapshot.objects.create(**here, **year, figures={}, sha256="0" * 64, definitions_version="1")
    report = ImpactReport.objects.create(
        **here, **year, state=ReportState.RELEASED, snapshot=snapshot, published={}, pdf="reports/none.pdf"
    )
    release = Release.objects.create(
        **here,
        **year,
        bureau_name=bureau.name,
        municipality=bureau.municipality,
        report=report,
        published={},
        pdf="reports/none.pdf",
        pdf_sha256="0" * 64,
    )
    gathering = Gathering.objects.create(
        **here,
        title="Maandelijkse bijeenkomst",
        starts_at=timezone.now() + timedelta(days=3),
        place="Buurthuis",
    )
    gathering_link = GatheringLink.issue(**here, gathering=gathering, organisation=organisation)
    training = Training.objects.create(**here, title="Fietsen maken")
    session = TrainingSession.objects.create(
        **here, training=training, starts_at=timezone.now() + timedelta(days=2)
    )
    attendance = SessionAttendance.objects.create(**about, session=session, came=True)
    fund = Fund.objects.create(**here, name="ESF")
    members = {
        **staff,
        Role.EMPLOYER: MembershipFactory(role=Role.EMPLOYER, bureau=bureau, employer=employer),
        Role.CANDIDATE: MembershipFactory(role=Role.CANDIDATE, bureau=bureau, candidate=candidate),
        Role.MUNICIPALITY: MembershipFactory(
            role=Role.MUNICIPALITY, bureau=None, municipality=bureau.municipality
        ),
        Role.PLATFORM: MembershipFactory(role=Role.PLATFORM, bureau=None),
    }
    invitation = Invitation.objects.create(
        **here,
        email=f"nieuw-{name}@proef.example",
        role=Role.COACH,
        invited_by=staff[Role.MANAGER],
        token_hash=hash_token(f"invitation-{name}"),
    )
    link = AccessLink.objects.create(
        membership=members[Role.CANDIDATE],
        target="/",
        token_hash=hash_token(f"link-{name}"),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return World(
        bureau=bureau,
        members=members,
        organisation=organisation,
        candidate=candidate,
        intake=intake,
        consent=consent,
        safety_remark=remark,
        goal=goal,
        step=step_to_do,
        wellbeing=wellbeing,
        fund=fund,
        correction=Correction.objects.create(**about, text="Dit klopt niet"),
        retention_step=RetentionStep.objects.create(
            **about, kind="postponed", until=date(2030, 1, 1), reason="vraagt erom"
        ),
        erasure=Erasure.objects.create(**here, key_hash=f"elders-{name}", rule="asked"),
        erased_figure=ErasedFigure.objects.create(
            **here, cell="funnel:entered", since=date(2020, 1, 1), until=date(2020, 1, 1), people=1
        ),
        team_picture=team_picture,
        team_task=team_task,
        position_move=position_move,
        template=PositionTemplate.objects.create(**here, name="Fietsen maken", form="work_experience"),
        employer=employer,
        location=location,
        logo=logo,
        contact=contact,
        position=position,
        check=check,
        talk=Talk.objects.create(
            **here,
            employer=employer,
            kind="called",
            contact=contact,
            note="Over de werkplaats",
            by=staff[Role.COACH],
        ),
        reminder=Reminder.objects.create(
            **here, employer=employer, text="Bel terug", due_on=today, for_whom=staff[Role.COACH]
        ),
        agreement=Agreement.objects.create(
            **here,
            employer=employer,
            title="Twee leerplekken",
            text="Wij begeleiden",
            starts_on=today,
            contact=contact,
            colleague=staff[Role.COACH],
        ),
        contribution=Contribution.objects.create(
            **here, employer=employer, way="means", what="Een bakfiets", by=staff[Role.COACH]
        ),
        subscription=subscription,
        funded=SubscriptionPosition.objects.create(**here, subscription=subscription, position=position),
        month=SubscriptionMonth.objects.create(
            **here, subscription=subscription, month=today.replace(day=1), hours=38
        ),
        warning=SubscriptionWarning.objects.create(**here, subscription=subscription, days=60),
        commission=commission,
        ordered=CommissionPosition.objects.create(**here, commission=commission, position=position),
        project=project,
        project_line=ProjectLine.objects.create(
            **here, employer=project, on=today, kind="sales", what="Fiets verkocht", amount=80
        ),
        former=FormerEmployer.objects.create(
            **here, employer=employer, former_id=10**9 + employer.pk, name=f"Fietsen {name} en zoon"
        ),
        conversion=Conversion.objects.create(
            **about, placement=placement, subscription=subscription, contract_on=today
        ),
        **_coaching(placement),
        match=match,
        introduction=introduction,
        option=MeetingOption.objects.create(
            **work,
            introduction=introduction,
            number=1,
            starts_at=timezone.now() + timedelta(days=4),
            place="Buurthuis",
        ),
        account=MeetingAccount.objects.create(
            **work, introduction=introduction, meeting_at=timezone.now(), teller="candidate", words="Fijn"
        ),
        placement=placement,
        hours_step=step,
        placement_change=PlacementChange.objects.create(**about, placement=placement, kind="edited"),
        next_plan=NextPlan.objects.create(**about, placement=placement, step="talk"),
        check_in=check_in,
        day_mark=DayMark.objects.create(
            **about,
            membership=staff[Role.COACH],
            what="later",
            kind="silent",
            about=str(candidate.pk),
            until=today + timedelta(days=3),
        ),
        digest_wish=DigestWish.objects.create(**here, membership=staff[Role.COACH], days="weekdays"),
        digest=Digest.objects.create(
            **here,
            membership=staff[Role.COACH],
            day=today,
            state="sent",
            token_hash=hash_token(f"overzicht-{name}"),
        ),
        digest_token=f"overzicht-{name}",
        agenda_feed=AgendaFeed.objects.create(
            **here, membership=staff[Role.COACH], token_hash=hash_token(f"agenda-{name}")
        ),
        agenda_token=f"agenda-{name}",
        asked_to_meet=asked_to_meet,
        asked_how_it_goes=EmployerQuestion.objects.create(
            **work, kind="check_in", placement=placement, week=1
        ),
        employer_link=employer_link,
        employer_token=f"werkgever-{name}",
        import_job=ImportJob.objects.create(
            **here, file="imports/none.xlsx", file_name="none.xlsx", sha256="0" * 64
        ),
        snapshot=snapshot,
        report=report,
        release=release,
        **_sharing(bureau, release, members[Role.MUNICIPALITY]),
        assignment=ImpactAssignment.objects.create(
            **here, **year, name="Opdracht", client="Gemeente", amount=20000, result="at_work", target=5
        ),
        flow=FundingFlow.objects.create(**here, year=2026, direction="in", source="Gemeente", amount=20000),
        cash=CashbookEntry.objects.create(
            **here, activity="Koffieochtend", stakeholder="residents", cost=20, cost_known="receipt"
        ),
        fund_deadline=FundDeadline.objects.create(
            **here, fund=fund, what="Tussenrapport", due_on=timezone.localdate() + timedelta(days=20)
        ),
        hour_claim=HourClaim.objects.create(
            **here,
            fund=fund,
            worker=staff[Role.COACH].user,
            by=staff[Role.COACH],
            what="Voorbereiden",
            day=date(2026, 3, 2),
            during=DateTimeTZRange(datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ),
        **_shown(candidate, release, attendance, fund),
        inward=InwardReferral.objects.create(**here, organisation=organisation, person_name=f"Buur {name}"),
        outward=OutwardReferral.objects.create(**about, organisation=organisation),
        gathering=gathering,
        gathering_link=gathering_link,
        guest=GatheringGuest.objects.create(**about, gathering=gathering),
        training=training,
        session=session,
        training_place=TrainingPlace.objects.create(**about, training=training),
        attendance=attendance,
        budget_line=BudgetLine.objects.create(**about, kind="earned", amount=100, text="Fietsen gemaakt"),
        help_request=HelpRequest.objects.create(
            **about, kind="odd_job", text="Lamp ophangen", requester_name="Mevrouw Buur", state="found"
        ),
        invitation=invitation,
        invitation_token=f"invitation-{name}",
        link=link,
        link_token=f"link-{name}",
        draft=Draft.objects.create(
            **about, user=staff[Role.COACH].user, key="proef", url="/", title="Gesprek", schema="proef"
        ),
        rate=Rate.objects.create(
            **here,
            kind="income_exemption",
            key="months",
            value=3,
            unit="months",
            source="proef",
            place=bureau.municipality.code,
        ),
        rule=_local_rule(name, bureau),
        social_return=obligation,
        effort=SocialReturnLine.objects.create(
            **here, obligation=obligation, what="Stage", on=obligation.starts_on, amount=500
        ),
    )


def _coaching(placement: Placement) -> dict[str, Any]:
    """A plan with a goal, hours of last week, a period of the week before, and a wage value."""
    today = date.today()
    about = {"bureau": placement.bureau, "candidate": placement.candidate}
    at_work = {**about, "placement": placement}
    plan = CoachPlan.objects.create(
        **at_work,
        employer=placement.employer,
        granted_by="uwv",
        provider="Jobcoach",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=100),
    )
    goal = CoachGoal.objects.create(**about, plan=plan, words="Zelfstandig reizen", minutes=600)
    hours = CoachHours.objects.create(
        **about, plan=plan, goal=goal, worked_on=today - timedelta(days=2), minutes=60, done="Samen met de bus",
        by_name="Coach",
    )  # fmt: skip
    return {
        "coach_plan": plan,
        "coach_goal": goal,
        "coach_hours": hours,
        "coach_period": CoachPeriod.objects.create(
            **at_work,
            employer=placement.employer,
            plan=plan,
            during=DateRange(today - timedelta(days=20), today - timedelta(days=10)),
            content=content_of(plan, today - timedelta(days=20), today - timedelta(days=11)),
            sha256="0" * 64,
            coach_name="Coach",
        ),
        "wage_value": WageValue.objects.create(
            **at_work, percentage=50, measured_on=today, assessed_by="Deskundige", valid_from=today
        ),
    }


def _shown(
    candidate: Candidate, release: Release, attendance: SessionAttendance, fund: Fund
) -> dict[str, Any]:
    """A story with a question, a success sheet, evidence that is not put down yet, and a place that was left."""
    here, today = {"bureau": candidate.bureau}, date.today()
    about = {**here, "candidate": candidate}
    story = Story.objects.create(
        **about,
        pseudonym="Sem",
        title="Weer op de fiets",
        text="Sem maakt fietsen.",
        written_by=candidate.coach,
    )
    sheet = EvidenceSheet.objects.create(**here, fund=fund, since=today - timedelta(days=90), until=today)
    place = NetworkPlace.objects.create(**here, left_at=timezone.now())
    return {
        "story": story,
        "story_consent": StoryConsent.objects.create(
            **about,
            story=story,
            version=1,
            purpose="sheet",
            ends_on=today + timedelta(days=90),
            words="Mag dat?",
        ),
        "success_sheet": SuccessSheet.objects.create(
            **here, release=release, headline="Vijftig mensen", call="Doe mee", contact="Het bureau"
        ),
        "evidence_sheet": sheet,
        "evidence_line": EvidenceLine.objects.create(**about, sheet=sheet, content={}, sha256="0" * 64),
        "evidence_hour": EvidenceHour.objects.create(
            **about, sheet=sheet, attendance=attendance, on=today, minutes=60
        ),
        "network_place": place,
        "network_figure": NetworkFigure.objects.create(
            key=place.key, indicator="started", percent=50, since=today, until=today
        ),
    }


def _local_rule(name: str, bureau: Bureau) -> RuleVersion:
    """What holds in the bureau's municipality, on a card that also says what holds in the country."""
    card = RuleCard.objects.create(code=f"regel-{name}", topic="money")
    words = {
        "question": "Mag dat?",
        "short": "Ja.",
        "answer": "Ja, dat mag.",
        "law": "Proefwet",
        "source": "proef",
    }
    words |= {"reviewed_on": date(2026, 1, 5), "reviewed_by": "de proef"}
    RuleVersion.objects.create(card=card, **words)
    return RuleVersion.objects.create(card=card, municipality=bureau.municipality, **words)


def _obligation(employer: Employer) -> SocialReturn:
    """Five percent of a contract that runs now."""
    today = date.today()
    return SocialReturn.objects.create(
        bureau=employer.bureau,
        employer=employer,
        contract="Groenonderhoud",
        principal="Gemeente",
        contract_amount=100_000,
        share=5,
        place="region Utrecht",
        starts_on=today - timedelta(days=200),
        ends_on=today + timedelta(days=165),
    )


def _sharing(bureau: Bureau, release: Release, officer: Membership) -> dict[str, Any]:
    """Plans, a batch, and what an officer has: a wish, a letter, a key."""
    town = {"municipality": bureau.municipality}
    period = {"since": release.since, "until": release.until}
    batch = ReportBatch.objects.create(**town, **period)
    return {
        "schedule": ReportSchedule.objects.create(
            **town, bureau=bureau, rhythm="yearly", starts=release.since
        ),
        "whole_schedule": ReportSchedule.objects.create(**town, rhythm="monthly", starts=release.since),
        "batch": batch,
        "order": ReportOrder.objects.create(
            **town, **period, bureau=bureau, batch=batch, report=release.report
        ),
        "notice_wish": NoticeWish.objects.create(**town, membership=officer),
        "notice": ReleaseNotice.objects.create(
            **town, **period, release=release, membership=officer, bureau_name=bureau.name
        ),
        "api_key": ApiKey.objects.create(
            **town,
            name="Dashboard",
            secret_hash=hash_token(f"key-{bureau.pk}"),
            ending="abcd",
            made_by=officer,
        ),
    }
