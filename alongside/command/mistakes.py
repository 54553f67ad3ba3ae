"""A command typed wrong, said in our own words: what was not understood, and what would be."""

import argparse
import re
import sys
from typing import NoReturn

from alongside.rules.words import listed

NUMBERS = {"int": "a whole number", "float": "a number"}


class Mistake(SystemExit):
    """Ends the program with 2, as argparse does, and knows what was wrong."""

    def __init__(self, said: str) -> None:
        super().__init__(2)
        self.said = said


class Parser(argparse.ArgumentParser):
    """Its verbs' parsers are of this kind too."""

    def error(self, message: str) -> NoReturn:
        asked = self.prog.replace("run.py", "python3 run.py", 1)
        said = in_words(message)
        print(f"\n{said}\n{asked} --help explains it.", file=sys.stderr)
        raise Mistake(said)


def in_words(message: str) -> str:
    """What argparse says, as we say it. What it says otherwise stays, with a full stop."""
    for form, said in FORMS:
        if found := form.fullmatch(message):
            return said(*found.groups())
    return f"{message[:1].upper()}{message[1:]}."


def _choice(name: str, typed: str, choices: str) -> str:
    offered = listed([choice.strip(" '") for choice in choices.split(",")], "or")
    if name == "VERB":
        return f"There is no “{typed}” here. Say {offered}."
    return f"{name} cannot be “{typed}”. Say {offered}."


def _kind(name: str, kind: str, typed: str) -> str:
    return f"{name}: “{typed}” is not {NUMBERS.get(kind, 'understood')}."


FORMS = (
    (re.compile(r"argument (\S+): invalid choice: '(.*)' \(choose from (.*)\)"), _choice),
    (re.compile(r"argument (\S+): invalid (\w+) value: '(.*)'"), _kind),
    (re.compile(r"argument (\S+): expected one argument"), "{} needs something after it.".format),
    (
        re.compile(r"the following arguments are required: (.*)"),
        lambda names: f"Still to say: {listed(names.split(', '))}.",
    ),
    (
        re.compile(r"(?:not understood|unrecognized arguments): (.*)"),
        "“{}” is not understood.".format,
    ),
    (re.compile(r"argument (\S+): (.*)"), "{}: {}.".format),
)
