"""Addresses of subscriptions, commissions and own projects, under /werkgevers/."""

from django.urls import URLPattern, path

from employers.views import commissions, delivered, projects, subscriptions

earning_urls: list[URLPattern] = [
    path("<int:pk>/opdrachten/", subscriptions.employer_earnings, name="employer_earnings"),
    path("abonnementen/", subscriptions.subscription_list, name="subscription_list"),
    path("abonnementen/nieuw/", subscriptions.subscription_choose, name="subscription_choose"),
    path("<int:pk>/abonnementen/nieuw/", subscriptions.subscription_new, name="subscription_new"),
    path("abonnementen/<int:pk>/", subscriptions.subscription, name="subscription"),
    path("abonnementen/<int:pk>/bewerk/", subscriptions.subscription_edit, name="subscription_edit"),
    path("abonnementen/<int:pk>/verleng/", subscriptions.subscription_extend, name="subscription_extend"),
    path("abonnementen/<int:pk>/stop/", subscriptions.subscription_stop, name="subscription_stop"),
    path("abonnementen/<int:pk>/hervat/", subscriptions.subscription_resume, name="subscription_resume"),
    path("abonnementen/<int:pk>/wie-betaalt/", subscriptions.subscription_other, name="subscription_other"),
    path("abonnementen/<int:pk>/uren/", delivered.delivered_new, name="delivered_new"),
    path("abonnementen/uren/<int:pk>/", delivered.delivered_edit, name="delivered_edit"),
    path("opdrachten/", commissions.commission_list, name="commission_list"),
    path("opdrachten/nieuw/", commissions.commission_new, name="commission_new"),
    path("opdrachten/<int:pk>/", commissions.commission, name="commission"),
    path("opdrachten/<int:pk>/bewerk/", commissions.commission_edit, name="commission_edit"),
    path("opdrachten/<int:pk>/weg/", commissions.commission_remove, name="commission_remove"),
    path("opdrachten/<int:pk>/werkplek/", commissions.commission_give, name="commission_give"),
    path("opdrachten/werkplek/<int:pk>/weg/", commissions.commission_take, name="commission_take"),
    path("projecten/", projects.project_list, name="project_list"),
    path("projecten/<int:pk>/", projects.project, name="project"),
    path("projecten/<int:pk>/bedrag/", projects.project_line_new, name="project_line_new"),
    path("projecten/bedrag/<int:pk>/", projects.project_line_edit, name="project_line_edit"),
    path("projecten/bedrag/<int:pk>/weg/", projects.project_line_remove, name="project_line_remove"),
]
