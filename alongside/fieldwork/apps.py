from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "alongside.fieldwork"
