"""Random texts to be corrected: blocks with repeated words, phrases, look-alike sentences."""

from __future__ import annotations

import random

WORDS = [
    "the",
    "the",
    "the",
    "the",
    "the",
    "the",
    "of",
    "of",
    "of",
    "of",
    "and",
    "and",
    "and",
    "to",
    "to",
    "to",
    "in",
    "in",
    "a",
    "a",
    "that",
    "that",
    "he",
    "he",
    "she",
    "was",
    "was",
    "is",
    "it",
    "it",
    "for",
    "on",
    "with",
    "as",
    "had",
    "by",
    "not",
    "be",
    "we",
    "they",
    "his",
    "her",
    "this",
    "which",
    "from",
    "at",
    "or",
    "but",
    "no",
    "one",
    "two",
    "three",
    "all",
    "any",
    "some",
    "more",
    "most",
    "first",
    "last",
    "new",
    "old",
    "good",
    "great",
    "same",
    "other",
    "such",
    "own",
    "letter",
    "letters",
    "note",
    "paper",
    "page",
    "line",
    "word",
    "words",
    "name",
    "date",
    "place",
    "house",
    "road",
    "river",
    "bridge",
    "garden",
    "door",
    "window",
    "table",
    "book",
    "books",
    "ship",
    "ships",
    "harbour",
    "island",
    "islands",
    "city",
    "town",
    "market",
    "church",
    "school",
    "doctor",
    "captain",
    "minister",
    "secretary",
    "clerk",
    "farmer",
    "miller",
    "baker",
    "brother",
    "sister",
    "father",
    "mother",
    "friend",
    "friends",
    "winter",
    "summer",
    "spring",
    "autumn",
    "morning",
    "evening",
    "night",
    "day",
    "week",
    "month",
    "year",
    "hour",
    "rain",
    "snow",
    "wind",
    "storm",
    "fire",
    "water",
    "bread",
    "wine",
    "salt",
    "silver",
    "gold",
    "iron",
    "stone",
    "wrote",
    "writes",
    "write",
    "said",
    "says",
    "say",
    "came",
    "comes",
    "come",
    "went",
    "goes",
    "go",
    "saw",
    "sees",
    "see",
    "took",
    "takes",
    "take",
    "gave",
    "gives",
    "give",
    "found",
    "finds",
    "find",
    "kept",
    "keeps",
    "keep",
    "held",
    "holds",
    "hold",
    "sent",
    "sends",
    "send",
    "left",
    "leaves",
    "leave",
    "brought",
    "brings",
    "bring",
    "asked",
    "asks",
    "ask",
    "told",
    "tells",
    "tell",
    "thought",
    "thinks",
    "think",
    "agreed",
    "agrees",
    "agree",
    "promised",
    "promises",
    "promise",
    "waited",
    "waits",
    "wait",
    "returned",
    "returns",
    "return",
    "slowly",
    "quickly",
    "early",
    "late",
    "often",
    "never",
    "always",
    "again",
    "there",
    "here",
    "now",
    "then",
    "soon",
    "today",
    "receive",
    "recieve",
    "honour",
    "honor",
    "grey",
    "gray",
    "colour",
    "color",
    "traveller",
    "traveler",
    "connection",
    "Anna",
    "Peter",
    "Maria",
    "Johann",
    "Robert",
    "Clara",
    "Lisbon",
    "Vienna",
    "Trieste",
    "Hamburg",
    "Geneva",
]
ODD = (
    "cafe\u0301-like", "\u03bb\u03cc\u03b3\u03bf\u03c2", "\u0441\u043b\u043e\u0432\u043e",
    "\U00010330\U00010331\U00010332", "\U0001f4dc", "\u05d3\u05d1\u05e8", "q\u0307uay",
    "\u53e4\u5df4\u5c0e\u5f48", "\u0e04\u0e34\u0e27\u0e1a\u0e32", "[\u2026]", "U.S.", "3.", "(a)",
    "\u201cyes\u201d", "\u2014", "it\u2019s", "co-operate", "&c.", "\u00a7",
)  # fmt: skip
SHORT = ("SECRET", "Yes.", "No.", "The Secretary", "Agreed.", "P. S.", "COPY", "Page 2")


def random_text(dice: random.Random) -> dict[str, str]:
    """Return the base texts of a few blocks, by id, in order."""
    phrases = [" ".join(dice.choices(WORDS, k=dice.randint(2, 4))) for _ in range(5)]
    sentences: list[str] = []
    blocks: dict[str, str] = {}
    for number in range(1, dice.randint(4, 10)):
        if dice.random() < 0.2:
            blocks[f"p{number}"] = dice.choice(SHORT)
        elif dice.random() < 0.05 and blocks:
            blocks[f"p{number}"] = dice.choice(list(blocks.values()))
        else:
            made = [random_sentence(dice, phrases, sentences) for _ in range(dice.randint(1, 5))]
            blocks[f"p{number}"] = " ".join(made)
    return blocks


def random_sentence(dice: random.Random, phrases: list[str], sentences: list[str]) -> str:
    """Return a sentence: a new one, one said before, or one much like it."""
    if sentences and dice.random() < 0.12:
        return dice.choice(sentences)
    if sentences and dice.random() < 0.12:
        return look_alike(dice, dice.choice(sentences))
    words: list[str] = []
    while len(words) < dice.randint(3, 14):
        if dice.random() < 0.12:
            words.extend(dice.choice(phrases).split())
        elif dice.random() < 0.04:
            words.append(dice.choice(ODD))
        elif words and dice.random() < 0.02:
            words.append(words[-1])
        else:
            words.append(dice.choice(WORDS))
        if dice.random() < 0.06:
            words[-1] += ","
    sentence = " ".join(words).rstrip(",")
    sentence = sentence[:1].upper() + sentence[1:] + dice.choice("....;?")
    sentences.append(sentence)
    return sentence


def look_alike(dice: random.Random, sentence: str) -> str:
    """Return the sentence with one word changed."""
    words = sentence.split(" ")
    at = dice.randrange(len(words))
    sign = words[at][-1] if words[at][-1] in ".,;?" else ""
    words[at] = dice.choice(WORDS) + sign
    return " ".join(words)
