"""Addresses of money, under /rapporten/geld/."""

from django.urls import path

from impact.views import (
    assignments,
    cashbook,
    fund_evidence,
    fund_hours,
    funds,
    money,
    putting_back,
    savings,
    unreadable,
)

urlpatterns = [
    path("", money.money, name="money"),
    path("stroom/", money.flow_new, name="flow_new"),
    path("stroom/terug/", money.flow_restore, name="flow_restore"),
    path("stroom/<int:pk>/", money.flow_edit, name="flow_edit"),
    path("stroom/<int:pk>/weg/", money.flow_remove, name="flow_remove"),
    path("opdrachten/", assignments.assignments, name="assignments"),
    path("opdracht/", assignments.assignment_new, name="assignment_new"),
    path("opdracht/<int:pk>/", assignments.assignment, name="assignment"),
    path("opdracht/<int:pk>/wijzig/", assignments.assignment_edit, name="assignment_edit"),
    path("opdracht/<int:pk>/weg/", assignments.assignment_remove, name="assignment_remove"),
    path("fondsen/", funds.funds, name="funds"),
    path("fondsen/<int:pk>/", funds.fund, name="fund"),
    path("fondsen/<int:pk>/wijzig/", funds.fund_edit, name="fund_edit"),
    path("fondsen/<int:pk>/uren.xlsx", fund_hours.fund_hours, name="fund_hours"),
    path("fondsen/<int:pk>/bewijs/", fund_evidence.fund_evidence, name="fund_evidence"),
    path("termijn/<int:pk>/klaar/", funds.deadline_done, name="deadline_done"),
    path("termijn/<int:pk>/weg/", funds.deadline_remove, name="deadline_remove"),
    path("uren/", funds.claim_new, name="claim_new"),
    path("uren/<int:pk>/terug/", funds.claim_void, name="claim_void"),
    path("kasboek/", cashbook.cashbook, name="cashbook"),
    path("kasboek.xlsx", cashbook.cashbook_book, name="cashbook_book"),
    path("kasboek/nieuw/", cashbook.cashbook_new, name="cashbook_new"),
    path("kasboek/<int:pk>/", cashbook.cashbook_entry, name="cashbook_entry"),
    path("kasboek/<int:pk>/verbeter/", cashbook.cashbook_correct, name="cashbook_correct"),
    path("kasboek/<int:pk>/terug/", cashbook.cashbook_undo, name="cashbook_undo"),
    path("kasboek/<int:pk>/doorhalen/", cashbook.cashbook_strike, name="cashbook_strike"),
    path("terugzetten/<str:kind>/", putting_back.put_back, name="put_back"),
    path("onleesbaar/<str:kind>/<int:pk>/", unreadable.unreadable, name="unreadable"),
    path("besparing/", savings.savings_page, name="savings_page"),
]
