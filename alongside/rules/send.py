"""The national categories of special educational need, and what may come of a suspected one.

Categories: common basic data set of May 2026, code set SENtype, as returned in the school census.
"""

from collections.abc import Mapping

SEN_TYPES: Mapping[str, str] = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support but no specialist assessment of type of need",
}


def problem_with(primary: str, secondary: str) -> str:
    """Why these two cannot stand together; empty when they can."""
    if primary not in SEN_TYPES or (secondary and secondary not in SEN_TYPES):
        return "Choose from the national categories."
    if primary == secondary:
        return "The second need is another than the first. Leave it empty if there is one alone."
    return ""
