"""Texts that are hard on tokenizers: made from all of Unicode, always the same ones for a seed."""

import random
import unicodedata

# First and last code points of scripts and of what lies between them.
BLOCKS = [
    (0x20, 0x7E), (0xA0, 0xFF), (0x100, 0x24F), (0x250, 0x2AF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x52F),
    (0x530, 0x58F), (0x590, 0x5FF), (0x600, 0x6FF), (0x700, 0x74F), (0x8A0, 0x8FF), (0x900, 0x97F), (0x980, 0x9FF),
    (0xB80, 0xBFF), (0xC00, 0xC7F), (0xD00, 0xD7F), (0xE00, 0xE7F), (0xE80, 0xEFF), (0xF00, 0xFFF), (0x1000, 0x109F),
    (0x10A0, 0x10FF), (0x1100, 0x11FF), (0x1200, 0x137F), (0x1780, 0x17FF), (0x1AB0, 0x1AFF), (0x1B80, 0x1BBF),
    (0x1DC0, 0x1DFF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x20CF), (0x2100, 0x22FF), (0x2300, 0x25FF),
    (0x2600, 0x27BF), (0x3000, 0x303F), (0x3040, 0x30FF), (0x3130, 0x318F), (0x3200, 0x33FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA980, 0xA9DF), (0xAC00, 0xD7A3), (0xE000, 0xE0FF), (0xF900, 0xFAFF), (0xFB00, 0xFDFF),
    (0xFE00, 0xFE6F), (0xFE70, 0xFEFF), (0xFF00, 0xFFFD), (0x10900, 0x1091F), (0x1D160, 0x1D172), (0x1D400, 0x1D7FF),
    (0x1E000, 0x1E02A), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF), (0x2F800, 0x2FA1F), (0xE0000, 0xE01EF),
]  # fmt: skip
ODD = ["\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\u0085", "\u3000", "\u2581", "\u202e", "\u0301", "\u0341",
       "\u302e", "\U0001d165", "\U0001d16d", "\u0c3c", "\u0941", "\u1e9e", "\u0130", "\u03a3\u03c2", "\ufb01",
       "\u212b", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1e9", "\u2764\ufe0f", "\x00", "\x01",
       "\t", "\r", "\n", "\x0b", "\x0c", "\x1c", "\x7f", "[CLS]", "[SEP]", "[UNK", "[MASK]", "[[PAD]]", "<s>", "</s>",
       "<unk>", "<pad>", "<mask>", "\\n", "\\"]  # fmt: skip
WORDS = ("i love you so much baby don't go away we're never gonna stop the night is young and wild hati cinta rindu "
         "sedih bahagia kamu aku tak akan pernah lupa malam ini gue lo banget nggak bgt kangen naon kumaha abdi bogoh "
         "ka anjeun teu hayang balik deui na\u00efve caf\u00e9 \u00e5ngstr\u00f6m unbelievably "
         "antidisestablishmentarianism 12:30 $9.99 rock'n'roll #tbt @me").split()  # fmt: skip


def any_character(rng):
    while True:
        code_point = rng.randrange(0x110000)
        if not 0xD800 <= code_point < 0xE000:
            return chr(code_point)


def run_of_a_script(rng):
    first, last = rng.choice(BLOCKS)
    characters = [chr(rng.randint(first, last)) for _ in range(rng.randint(1, 12))]
    return "".join(c + (" " if rng.random() < 0.15 else "") for c in characters)


def part(rng):
    kind = rng.random()
    if kind < 0.35:
        word = rng.choice(WORDS)
        return rng.choice([word, word.upper(), word.capitalize(), word * rng.randint(1, 3), word[::-1]])
    if kind < 0.65:
        return run_of_a_script(rng)
    if kind < 0.80:
        return rng.choice(ODD)
    if kind < 0.88:
        return any_character(rng)
    if kind < 0.94:
        return rng.choice("!?.,;:'\"()-_&/*~") * rng.randint(1, 4)
    if kind < 0.97:
        return unicodedata.normalize(rng.choice(["NFD", "NFC", "NFKD"]), run_of_a_script(rng))
    return rng.choice("aeioukz\u00e9\u4eca\u0e01") * rng.randint(1, 140)


def texts(count, seed=1):
    """Short ones mostly, glued with and without spaces; an empty one and one of blanks first."""
    rng = random.Random(seed)
    made = ["", "   \t "]
    while len(made) < count:
        glue = [rng.choice([" ", " ", " ", "", "  ", "\n"]) for _ in range(rng.randint(1, 14))]
        made.append("".join(part(rng) + space for space in glue))
    return made[:count]


def escaped(text):
    """As one line: what `personalify` reads, where only LF ends a line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")
