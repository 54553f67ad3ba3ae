"""What is typed to add a task."""

from django import forms

from alongside.web.forms import DateField, Text


class TaskForm(forms.Form):
    text = forms.CharField(
        label="What is to be done",
        max_length=200,
        widget=Text(),
        help_text="Start with a verb: ring, send, ask.",
    )
    due_on = DateField(label="By when")
    why = forms.CharField(label="Why", max_length=200, required=False, widget=Text())
