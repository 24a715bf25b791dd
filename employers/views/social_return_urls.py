"""The addresses of social return, below those of employers."""

from django.urls import path

from employers.views import social_return as views

urlpatterns = [
    path("<int:pk>/social-return/", views.social_return_of, name="social_return_of"),
    path("<int:pk>/social-return/nieuw/", views.social_return_new, name="social_return_new"),
    path("social-return/", views.social_return_list, name="social_return_list"),
    path("social-return/<int:pk>/", views.social_return, name="social_return"),
    path("social-return/<int:pk>/bewerk/", views.social_return_edit, name="social_return_edit"),
    path("social-return/<int:pk>/afronden/", views.social_return_settle, name="social_return_settle"),
    path("social-return/<int:pk>/waarden/", views.social_return_recount, name="social_return_recount"),
    path("social-return/<int:pk>/verantwoording.xlsx", views.social_return_sheet, name="social_return_sheet"),
    path("social-return/<int:pk>/inspanning/", views.line_new, name="line_new"),
    path("social-return/inspanningen/<int:pk>/", views.line_edit, name="line_edit"),
    path("social-return/inspanningen/<int:pk>/weg/", views.line_remove, name="line_remove"),
    path("social-return/inspanningen/<int:pk>/goedkeuring/", views.line_approve, name="line_approve"),
    path("social-return/inspanningen/<int:pk>/terug/", views.line_unapprove, name="line_unapprove"),
    path("social-return/inspanningen/<int:pk>/bewijs/", views.line_evidence, name="line_evidence"),
]
