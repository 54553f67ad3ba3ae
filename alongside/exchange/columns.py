"""What the columns of class lists are called, from what schools and their systems send."""

import re
from collections.abc import Mapping

# Our fields, and each in words as a problem names it.
PUPIL_FIELDS: Mapping[str, str] = {
    "legal_forename": "legal first name",
    "legal_surname": "legal surname",
    "born_on": "date of birth",
    "full_name": "full name",
    "middle_names": "middle names",
    "preferred_forename": "preferred first name",
    "preferred_surname": "preferred surname",
    "upn": "UPN",
    "former_upn": "former UPN",
    "year_group": "year group",
    "registration_group": "registration group",
    "sex": "sex",
    "address_1": "first line of the address",
    "address_2": "second line of the address",
    "address_3": "third line of the address",
    "address_4": "fourth line of the address",
    "town": "town",
    "county": "county",
    "postcode": "postcode",
    "ethnicity": "ethnicity",
    "first_language": "first language",
    "sen_provision": "SEN provision",
}
CONTACT_PARTS: Mapping[str, str] = {
    "name": "name",
    "forename": "first name",
    "surname": "surname",
    "relationship": "relationship",
    "email": "email address",
    "telephone": "telephone number",
}
CONTACT_FIELDS: Mapping[str, str] = {
    f"contact_{number}_{part}": f"{words} of contact {number}"
    for number in (1, 2, 3)
    for part, words in CONTACT_PARTS.items()
}
MEANINGS: Mapping[str, str] = {**PUPIL_FIELDS, **CONTACT_FIELDS}
REQUIRED = ("legal_forename", "legal_surname", "born_on")

# Column names reduced to small letters and figures, without “child”, “pupil” or “student” before.
NAMES: Mapping[str, str] = {
    name: field
    for field, written in {
        "legal_forename": "firstname forename legalforename legalfirstname givenname first "
        "legalgivenname fname chosenforename forenames firstnames",
        "legal_surname": "lastname surname legalsurname legallastname familyname last lname "
        "legalfamilyname",
        "born_on": "dateofbirth dob birthdate dateofbirthddmmyyyy dobddmmyyyy born birthday",
        "full_name": "name fullname legalname legalfullname surnameforename surnamefirstname "
        "forenamesurname",
        "middle_names": "middlename middlenames legalmiddlenames legalmiddlename",
        "preferred_forename": "preferredforename preferredfirstname preferredgivenname knownas "
        "preferredname chosenname",
        "preferred_surname": "preferredsurname preferredlastname preferredfamilyname",
        "upn": "upn uniquepupilnumber upnnumber currentupn",
        "former_upn": "formerupn previousupn oldupn",
        "year_group": "year yeargroup ncyear ncyearactual ncyeargroup nationalcurriculumyear yr "
        "nationalcurriculumyeargroup yeartaughtin currentyear",
        "registration_group": "registration registrationgroup reggroup reg form formgroup "
        "tutorgroup class classname registrationform tutor",
        "sex": "sex gender legalsex sexatbirth",
        "address_1": "addressline1 address1 address street addressstreet homeaddress line1",
        "address_2": "addressline2 address2 line2 locality",
        "address_3": "addressline3 address3 line3",
        "address_4": "addressline4 address4 line4",
        "town": "town addresstown city towncity",
        "county": "county addresscounty",
        "postcode": "postcode addresspostcode homepostcode postalcode",
        "ethnicity": "ethnicity ethniccode ethnicgroup ethnicitycode",
        "first_language": "firstlanguage language homelanguage",
        "sen_provision": "sen senprovision senstatus senstage",
    }.items()
    for name in written.split()
}
# What may be one of our fields or something else: a person says, and it is never guessed.
MAY_MEAN: Mapping[str, str] = {"group": "registration_group"}
CONTACT_NAMES: Mapping[str, str] = {
    name: part
    for part, written in {
        "name": "name fullname",
        "forename": "forename firstname",
        "surname": "surname lastname",
        "relationship": "relationship relation relationshiptopupil relationshiptochild",
        "email": "email emailaddress mail",
        "telephone": "phone telephone mobile phonenumber telephonenumber mobilenumber tel "
        "mobilephone contactnumber hometelephone",
    }.items()
    for name in written.split()
}
SUBJECT = re.compile(r"^(?:child|pupil|student|learner)s?(?=.)")
CONTACT = re.compile(
    r"^(?:parentcarer|parentguardian|parent|carer|guardian|contact|prioritycontact|"
    r"(mother|mum)|(father|dad))s?([123]?)(.+)$"
)


def reduced(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def field_for(column: str) -> str:
    """The field that a column of this name holds, as far as its name tells; empty when unknown."""
    plain = reduced(column)
    found = NAMES.get(plain) or NAMES.get(SUBJECT.sub("", plain))
    return found or _contact_field(plain)


def may_mean(column: str) -> str:
    """The field that a column of this name may hold, when its name does not tell for certain."""
    plain = reduced(column)
    return MAY_MEAN.get(plain) or MAY_MEAN.get(SUBJECT.sub("", plain), "")


def _contact_field(plain: str) -> str:
    found = CONTACT.match(plain)
    if not found:
        return ""
    _, father, number, rest = found.groups()
    # Parent 1 Name, or Name of Parent written Parent Name 1.
    if not number and rest[-1] in "123":
        rest, number = rest[:-1], rest[-1]
    part = CONTACT_NAMES.get(rest)
    return f"contact_{number or ('2' if father else '1')}_{part}" if part else ""
