"""Municipalities, bureaus and people with roles."""

import factory
from factory.django import DjangoModelFactory

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Bureau, Membership, Municipality, User


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"GM{n:04d}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = Area

    code = factory.Sequence(lambda n: f"WK{n:04d}0A")
    name = factory.Sequence(lambda n: f"Wijk {n}")
    municipality = factory.SubFactory(MunicipalityFactory)
    postcodes = ["2531"]


class BureauFactory(DjangoModelFactory):
    class Meta:
        model = Bureau

    name = factory.Sequence(lambda n: f"Buurtbaan Proefwijk {n}")
    slug = factory.Sequence(lambda n: f"proefwijk-{n}")
    municipality = factory.SubFactory(MunicipalityFactory)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@proef.example")
    name = factory.Sequence(lambda n: f"Persoon {n}")
    password = "!"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    role = Role.COACH
    bureau = factory.SubFactory(BureauFactory)
