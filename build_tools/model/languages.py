"""Which way a language is written, by its tag: a small table of languages and scripts."""

from __future__ import annotations


def _codes(names: str) -> frozenset[str]:
    return frozenset(names.split())


LEFT_TO_RIGHT, RIGHT_TO_LEFT, UNKNOWN = "ltr", "rtl", "auto"
"""The values of HTML's ``dir``; with ``auto`` the first letter with a direction decides."""

BACKWARD_SCRIPTS = _codes(
    "adlm arab aran armi avst chrs cprt hatr hebr hung khar lydi mand mani mend merc mero narb "
    "nbat nkoo orkh palm phli phlp phnx prti rohg samr sarb sogd sogo syrc syre syrj syrn thaa "
    "yezi"
)
"""Scripts written from right to left, by their codes of ISO 15924."""

UNKNOWN_SCRIPTS = _codes("zmth zsye zsym zxxx zyyy zzzz")

BACKWARD_LANGUAGES = _codes(
    "aeb aii ajp apc ar arc arq ary arz bal bgn bqi ckb dv fa glk he iw ji jpr jrb lrc mzn nqo "
    "ota pnb prs ps sam sd skr syc syr tmr ug ur xmn yi"
)
"""Languages that are written from right to left where no script is named."""

UNSETTLED_LANGUAGES = _codes("az ha jv kk ks ku ky lad mis ms mul pa sw tg tk tt und uz zxx")
"""Languages written in scripts of both kinds, and the tags that name no language."""


def direction(tag: str) -> str:
    """Return the value of ``dir`` for a language tag; empty for no tag."""
    language, *subtags = tag.casefold().split("-")
    if not language:
        return ""
    script = next((one for one in subtags if len(one) == 4 and one.isalpha()), "")
    if script:
        if script in UNKNOWN_SCRIPTS:
            return UNKNOWN
        return RIGHT_TO_LEFT if script in BACKWARD_SCRIPTS else LEFT_TO_RIGHT
    if language in BACKWARD_LANGUAGES:
        return RIGHT_TO_LEFT
    private = len(language) == 3 and "qaa" <= language <= "qtz"
    return UNKNOWN if private or language in UNSETTLED_LANGUAGES else LEFT_TO_RIGHT


def turned(tag: str, around: str) -> str:
    """Return ``dir`` for words of a language among those of another; empty where it is the same."""
    own = direction(tag)
    return "" if own == (direction(around) or LEFT_TO_RIGHT) and own != UNKNOWN else own
