"""Buurtbaan: a platform for neighbourhood jobs bureaus."""

from buurtbaan.celery import app as celery_app

__all__ = ["celery_app"]
