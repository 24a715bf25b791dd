from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "buurtbaan.rules"
    label = "rules"
    verbose_name = "Regels en tarieven"
