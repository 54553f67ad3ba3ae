"""The screens of a pupil's record, one module a tab."""
