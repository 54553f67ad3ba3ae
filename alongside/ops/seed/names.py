"""Names that nobody could take for a real child's or a real school's."""

import random

FORENAMES = (
    "Robin",
    "Morgan",
    "Priya",
    "Leo",
    "Jamie",
    "Noor",
    "Zara",
    "Callum",
    "Frankie",
    "Ash",
    "Sami",
    "Ellis",
    "Aisha",
    "Toby",
    "Maya",
    "Rowan",
    "Imran",
    "Skye",
    "Kofi",
    "Lena",
    "Oscar",
    "Hana",
    "Riley",
    "Yusuf",
    "Freya",
    "Dev",
    "Molly",
    "Kai",
    "Amina",
    "Jude",
    "Ivy",
    "Tariq",
    "Nia",
    "Sol",
    "Poppy",
    "Omari",
    "Beth",
    "Arlo",
    "Sana",
    "Finn",
    "Tess",
    "Malik",
    "Orla",
    "Reuben",
    "Zofia",
    "Luca",
    "Esme",
    "Hari",
    "Mina",
    "Theo",
)
SURNAMES = (
    "Testerly",
    "Samplewood",
    "Placeholder",
    "Specimen",
    "Mockford",
    "Exampleton",
    "Dummyson",
    "Sampleton",
    "Testwell",
    "Sampler",
    "Fixture",
    "Mockridge",
    "Testerton",
    "Samplesby",
    "Exampler",
    "Placehold",
    "Specimore",
    "Mockingham",
    "Dummerton",
    "Fixturely",
    "Testaby",
    "Samplethwaite",
    "Notreal",
    "Inventham",
    "Madeup",
    "Figment",
    "Fictionby",
    "Pretendham",
    "Standing-In",
    "Example-Smythe",
)
CARERS = ("Jo", "Sam", "Chris", "Pat", "Alex", "Kim", "Lee", "Dee", "Max", "Bo", "Gil", "Vi")
STREETS = ("Sample Road", "Example Street", "Test Lane", "Placeholder Close", "Specimen Way")
PRONOUNS = {"M": "he, him", "F": "she, her"}
GIRLS = frozenset(
    [
        "Priya",
        "Noor",
        "Zara",
        "Aisha",
        "Maya",
        "Skye",
        "Lena",
        "Hana",
        "Freya",
        "Molly",
        "Amina",
        "Ivy",
        "Nia",
        "Poppy",
        "Beth",
        "Sana",
        "Tess",
        "Orla",
        "Zofia",
        "Esme",
        "Mina",
    ]
)


def person(number: int) -> tuple[str, str]:
    """The same two names for the same number; no two alike within 1,500."""
    return (
        FORENAMES[number % len(FORENAMES)],
        SURNAMES[(number // len(FORENAMES) + number % len(FORENAMES)) % len(SURNAMES)],
    )


def phone(chance: random.Random) -> str:
    """From the range that Ofcom keeps free for drama."""
    return f"07700 900{chance.randrange(1000):03d}"
