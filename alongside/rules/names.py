"""Names as people write them, compared without taking offence at an accent or a hyphen.

Only compares: a name is always kept and shown exactly as the family gives it.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

# Letters that do not come apart into a plain letter and an accent.
PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)

# Each line is one name with its short forms. A short form may belong to several names.
SHORT_FORMS = tuple(
    frozenset(line.split())
    for line in """
abigail abby abbie gail|alexander alex xander sandy al|alexandra alex alexa lexi sandy sasha|alfred alfie fred
amelia amy millie|andrew andy drew|anthony antony tony|archibald archie|arthur art artie
barbara barb babs|benjamin ben benji benny|bernadette bernie|beverley bev|bradley brad
cameron cam|catherine katherine kathryn kate katie kathy cath cathy kat kitty|charles charlie chas
charlotte lottie charlie lotte|christina christine chris chrissie tina|christopher chris kit
clifford cliff|constance connie|cynthia cindy|daniel dan danny|danielle dani|david dave davey
deborah debbie deb|dominic dom|dorothy dot dottie|douglas doug|edward ed eddie ted teddy ned
edwin ed eddie|eleanor ellie nell nora|elizabeth eliza liz lizzie beth betty bess libby elsie lisa
emily em emmie millie|emma em|ethan eth|evelyn evie eve|frances fran frankie|francis frank frankie
frederick freddie freddy fred|gabriel gabe|gabrielle gabby|george georgie|georgina georgia georgie
gerald gerry jerry|gillian gill jill|gregory greg|harold harry hal|harriet hattie harri|henry harry hal
hannah han|isaac ike zac|isabella isabelle isabel bella izzy belle|jacob jake|jacqueline jackie
james jim jimmy jamie jem|janet jan|jasmine jaz jas|jeffrey geoffrey jeff geoff|jennifer jen jenny jennie
jeremy jez jerry|jessica jess jessie|joanna joanne jo|john johnny jack jon|jonathan jon jonny nathan
joseph joe joey|joshua josh|josephine josie jo|judith judy|julia julie jules|katrina kat trina
kenneth ken kenny|kimberley kim|laurence lawrence larry laurie|leonard leo len lenny|leonardo leo
lewis louis lou lew|lillian lily lil|louise lou|luke lukas lucas|madeleine maddie maddy|margaret maggie meg peggy
matilda tilly tilda|matthew matt matty|maximilian max|megan meg|melanie mel|melissa mel missy
michael mike mick mikey micky|mitchell mitch|mohammed muhammad mohammad mohamed muhammed mohamad mo
natalie nat|natasha tasha|nathaniel nathan nat nate|nicholas nick nicky nico|nicola nicky nicole
oliver ollie olly|olivia liv livvy olive|oscar ossie|pamela pam|patricia pat trish tricia
patrick pat paddy|penelope penny|peter pete|philip phillip phil|philippa pippa|rachel rach
raymond ray|rebecca becky becca bex|reginald reg reggie|richard rich richie rick ricky dick
robert rob robbie bob bobby bert|roberta bobbie|ronald ron ronnie|rosemary rosie rose|rupert ru
samantha sam sammy|samuel sam sammy|sebastian seb bas|simon si|sophia sophie sofia|stephanie steph
stephen steven steve stevie|susan sue susie|suzanne sue suzie|sylvester sly|tabitha tabby
terence terry|thaddeus tad|theodore theo ted|theresa terri tess tessa|thomas tom tommy|timothy tim timmy
tobias toby|valerie val|vanessa nessa|veronica ronnie|victor vic|victoria vicky tori|vincent vince vinny
vivienne viv|walter walt wally|wilfred wilf|william will bill billy liam willy|winifred win winnie
yvonne eve|zachary zac zach zack|zoe zo|zara zaz
""".replace("\n", "|").split("|")
    if line
)  # fmt: skip


# Written or not as one likes: apostrophes and points, accents, the vowel points of Arabic and Hebrew,
# joiners. Marks of other scripts, such as the vowels of Gurmukhi or Bengali, make another name.
LEFT_OUT = re.compile(
    "['’‘`´ʼ.\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200d]"
)


class Likeness(IntEnum):
    """How near two names are. Only VARIANT and above may be taken for the same name."""

    DIFFERENT = 0
    SIMILAR = 1  # A person should look: a twin's name may be as near.
    VARIANT = 2  # A short form, or one slip of the pen in a longer name.
    SAME = 3


MOST_SOUGHT = 6
LONGEST_SOUGHT = 200


def sought(typed: str) -> list[str]:
    """The words that a name is found by. A page pasted into a search box must not hold up a search."""
    return normalise(typed[:LONGEST_SOUGHT]).split()[:MOST_SOUGHT]


@lru_cache(maxsize=65_536)  # A list says the same names again and again.
def normalise(name: str) -> str:
    """Small plain letters: `Ó’Brien-St. John` is `obrien st john`, and so is `Saint`."""
    small = unicodedata.normalize("NFKD", name).casefold().translate(PLAIN)
    plain = unicodedata.normalize("NFKD", small).casefold()
    plain = LEFT_OUT.sub("", plain)
    words = "".join(letter if _is_of_a_word(letter) else " " for letter in plain).split()
    return " ".join("st" if word == "saint" else word for word in words)


def _is_of_a_word(letter: str) -> bool:
    """Letters, figures, and the vowel signs of scripts that write vowels as marks: ਸਿੰਘ."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def key(name: str) -> str:
    """Without spaces too: `O Brien`, `O'Brien` and `OBrien` are one."""
    return normalise(name).replace(" ", "")


def as_listed(name: str) -> str:
    """A name of a list, as it looks on a page: `Week  plan!` is `week plan`.

    Signs that say something stay (`Tier 1+`), and so do two numbers apart (`Stage 1.1`).
    """
    small = unicodedata.normalize("NFKC", name).casefold()
    told = "".join(letter if _says_something(letter) else " " for letter in small).split()
    return re.sub(r"(?<!\d) | (?!\d)", "", " ".join(told))


def _says_something(letter: str) -> bool:
    return _is_of_a_word(letter) or unicodedata.category(letter).startswith("S")


def are_short_forms(one: str, other: str) -> bool:
    """Whether both belong to one name: Bill and William, Mo and Muhammad."""
    pair = {key(one), key(other)}
    return any(pair <= forms for forms in SHORT_FORMS)


def similarity(one: str, other: str) -> int:
    """0 to 100 by the fewest slips (a letter missed, added, changed, or two swapped)."""
    return round(100 * OSA.normalized_similarity(key(one), key(other)))


def compare_forenames(one: str, other: str) -> Likeness:
    """First names: also short forms, and a middle name that one side leaves out."""
    near = _compare(key(one), key(other))
    first, second = normalise(one).split(), normalise(other).split()
    if near == Likeness.SAME or not first or not second:
        return near
    head = _compare_heads(first[0], second[0])
    if len(first) == 1 or len(second) == 1:
        return max(near, min(head, Likeness.VARIANT))
    # Brothers may share a first name and differ in the second: Mohammed Ali, Mohammed Amin.
    rest = _compare("".join(first[1:]), "".join(second[1:]))
    return min(head, max(rest, Likeness.SIMILAR))


def compare_surnames(one: str, other: str) -> Likeness:
    """Surnames: half of a double-barrelled name, or its halves turned, is similar."""
    first, second = set(normalise(one).split()), set(normalise(other).split())
    near = _compare(key(one), key(other))
    if near == Likeness.DIFFERENT and _meaningful(first & second):
        return Likeness.SIMILAR
    return near


@lru_cache(maxsize=65_536)  # A list holds the same names against each other again and again.
def best(ones: tuple[str, ...], others: tuple[str, ...], *, forenames: bool) -> Likeness:
    """The nearest of every pair: legal and preferred names are all a person's names."""
    compare = compare_forenames if forenames else compare_surnames
    return max(
        (compare(one, other) for one in ones if one for other in others if other),
        default=Likeness.DIFFERENT,
    )


def nearest(typed: str, words: Iterable[str], most: int = 12) -> list[str]:
    """The words that somebody may have meant who typed this, even not to its end; nearest first."""
    slips = {word: _slips(typed, word) for word in words}
    allowed = 2 if len(typed) >= 8 else 1
    meant = [word for word in slips if slips[word] <= allowed]
    return sorted(meant, key=lambda word: (slips[word], word))[:most]


def _slips(typed: str, word: str) -> int:
    """Between what was typed and the word, or as much of the word as was typed."""
    whole = int(OSA.distance(typed, word))
    if len(typed) < 5:
        return whole
    begun = (OSA.distance(typed, word[: len(typed) + more]) for more in (-1, 0, 1))
    return min(whole, *begun)


def _compare_heads(one: str, other: str) -> Likeness:
    return max(
        _compare(one, other),
        Likeness.VARIANT if are_short_forms(one, other) else Likeness.DIFFERENT,
    )


def _compare(one: str, other: str) -> Likeness:
    if not one or not other:
        return Likeness.DIFFERENT
    if one == other:
        return Likeness.SAME
    slips, shorter = OSA.distance(one, other), min(len(one), len(other))
    if _is_slip_of_the_pen(one, other, slips, shorter):
        return Likeness.VARIANT
    allowed = shorter // 3 if shorter >= 9 else max(1, shorter // 4)
    is_near = slips <= allowed and shorter >= 3
    return Likeness.SIMILAR if is_near or _sound_alike(one, other) else Likeness.DIFFERENT


def _sound_alike(one: str, other: str) -> bool:
    """Jamie and Jamy, Aaliyah and Aliya: the same consonants, whatever stands between them."""
    return (
        one[0] == other[0] and len(sound := _consonants(one)) >= 2 and sound == _consonants(other)
    )


def _consonants(name: str) -> str:
    """Its first letter and the consonants after it, doubled ones once."""
    kept = name[0] + re.sub(r"[aeiouyhw]", "", name[1:])
    return re.sub(r"(.)\1+", r"\1", kept)


def _is_slip_of_the_pen(one: str, other: str, slips: int, shorter: int) -> bool:
    """One slip, or two in a long name; never in the first letter, where twins' names rhyme."""
    if one[0] != other[0] or _feminine(one, other):
        return False
    added = len(one) != len(other)
    if slips == 1:
        return shorter >= (3 if added else 5)
    return slips == 2 and shorter >= 8 and one[-1] == other[-1]


def _feminine(one: str, other: str) -> bool:
    """Eric and Erica, Louis and Louise: as likely a brother and a sister as a slip."""
    shorter, longer = sorted((one, other), key=len)
    return longer in (f"{shorter}a", f"{shorter}e")


def _meaningful(shared: set[str]) -> bool:
    """A shared `de` or `st` says nothing."""
    return any(len(word) > 3 for word in shared)
