"""The address where anybody checks a report, /klopt-dit/."""

from django.urls import path

from impact.views import verify

app_name = "verify"
urlpatterns = [path("", verify.verify_report, name="verify_report")]
