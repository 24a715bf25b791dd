"""Those who give someone a chance: employers, their people and places, and the work there is to do."""

from employers.models.carving import TeamPicture, TeamTask
from employers.models.checks import DisplacementCheck
from employers.models.commissions import Commission, CommissionPosition
from employers.models.companies import Contact, Employer, EmployerQuerySet, EmployerRowQuerySet, Location
from employers.models.former import FormerEmployer
from employers.models.logos import EmployerLogo
from employers.models.moves import PositionMove, PositionTemplate
from employers.models.positions import ALL_DAYPARTS, Position, PositionQuerySet
from employers.models.projects import ProjectLine
from employers.models.relation import Agreement, Contribution, Reminder, Talk
from employers.models.social_return import SocialReturn, SocialReturnLine
from employers.models.subscriptions import (
    Subscription,
    SubscriptionMonth,
    SubscriptionPosition,
    SubscriptionWarning,
)

__all__ = [
    "ALL_DAYPARTS",
    "Agreement",
    "Commission",
    "CommissionPosition",
    "Contact",
    "Contribution",
    "DisplacementCheck",
    "Employer",
    "EmployerLogo",
    "EmployerQuerySet",
    "EmployerRowQuerySet",
    "FormerEmployer",
    "Location",
    "Position",
    "PositionMove",
    "PositionQuerySet",
    "PositionTemplate",
    "ProjectLine",
    "Reminder",
    "SocialReturn",
    "SocialReturnLine",
    "Subscription",
    "SubscriptionMonth",
    "SubscriptionPosition",
    "SubscriptionWarning",
    "Talk",
    "TeamPicture",
    "TeamTask",
]
