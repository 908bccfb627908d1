"""How sure a note is, and by which words it says so: data, by the language of the edition.

The patterns are of the kind that Python and JavaScript share: the build and the page that a note
is drafted on tell the same.
"""

from __future__ import annotations

import re

HEDGES = {
    "en": re.compile(
        r"\b(perhaps|probably|possibly|presumably|apparently|conjectur\w+|seems?|seemingly|"
        r"might|likely|may (?:have|be)|must have|supposedly|arguably)\b",
        re.IGNORECASE,
    )
}
"""Words that a statement of fact does not use of itself."""

ADMISSIONS = {
    "en": re.compile(
        r"\b(perhaps|probabl[ey]|possibl[ey]|presumably|apparently|conjectur\w+|seems?|might|may|"
        r"could|would|likely|doubtful|uncertain|guess\w*|not? (?:\w+ ){0,6}"
        r"(?:known|verified|identified|found|told|recorded|established|say|says|said|shown)|"
        r"unverified|unknown|alone (?:says|reports)|only source|nothing)\b",
        re.IGNORECASE,
    )
}
"""Words by which a conjecture or something unverified says what it is."""

UNCHECKED = {"en": "This has not been verified.\n\n"}
"""What a report of an error begins with: so it is sound, however plainly the reader has told it.

It is a paragraph of its own, and stays until somebody has looked at the witness.
"""

UNVERIFIED = {"en": re.compile(r"\b(not? (?:\w+ ){0,3}verified|unverified)\b", re.IGNORECASE)}
"""Words by which a report says that itself: then it is not said twice."""

DOUBT = {"kind": "textual", "standing": "unverified"}
"""What a report of an error in the transcription is, until somebody has looked at the witness."""
