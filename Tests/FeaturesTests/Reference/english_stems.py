"""Frozen stems. python3 english_stems.py DATA > english_stems.txt (writes english_stems_of_files.txt too); Python 3.11, PyStemmer 3.1.0.

The words are made, not collected: stems of every shape of syllable with every ending and pair of endings of the algorithm, the words
that its definition names, and letters by chance. One word and its stem a line.

DATA is the folder of texts that are not ours to ship. Of each file only three things are kept: its path, the number of distinct runs of
letters, digits and apostrophes, and the sum, modulo 2^64, of the FNV-1a hashes of "run stem" over them.
"""
import pathlib
import random
import re
import sys

import Stemmer

rng = random.Random(20260801)
stem = Stemmer.Stemmer("english", 0).stemWord

INFLECTIONS = ["", "s", "es", "ies", "ied", "us", "ss", "sses", "ed", "edly", "ing", "ingly", "eed", "eedly", "y", "'s", "'", "'s'", "e"]
DERIVATIONS = [
    "tional", "enci", "ency", "ancy", "ably", "ently", "izer", "ization", "ational", "ation", "ator", "alism", "ality", "ally",
    "fulness", "ously", "ousness", "iveness", "ivity", "bility", "bly", "ogist", "ogy", "fully", "lessly", "ly", "alize", "icate",
    "icity", "ical", "ful", "ness", "ative", "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent",
    "ism", "ate", "ity", "ous", "ive", "ize", "ion", "sion", "tion", "ll", "le"]
NAMED = """skies sky idly gently ugly early only singly news howe atlas cosmos bias andes past paste pasted pasting repast
    proceed exceed succeed proceeded exceeding succeeds proceedly dying lying tying vying hying dyings inning innings outing
    canning cannings herring herrings earring evening evenings add added adding egg egged off offed ebb ebbing odd err erred
    general generous generate generic commune communal community arsenal arsenic universe universal university universities
    later lateral laterally emerge emergency emerging organ organs organic organize organization intern internal international
    interest interval geologist geology logist hopping hoping hoped hop bed shed bead embed beds ties cries gas this gaps kiwis
    ied ies luxuriated troubled sized falling hissing fizzed say by cry cries yes yyy yell youth boyish annoyed'
    '' ''' 'tis 'twas' don't o'clock's is as us a""".split()

onsets = ["", "b", "c", "d", "g", "st", "str", "pl", "qu", "y", "w", "h"]
nuclei = ["a", "e", "i", "o", "u", "y", "ea", "ou", "ay", "oy"]
codas = ["", "b", "c", "d", "l", "m", "n", "r", "t", "w", "x", "bb", "dd", "ff", "gg", "ll", "nn", "pp", "rr", "tt", "zz", "at", "bl", "iz", "st"]


def syllables(count):
    return "".join(rng.choice(onsets) + rng.choice(nuclei) + rng.choice(codas) for _ in range(count))


words = dict.fromkeys(NAMED)
for ending in INFLECTIONS + DERIVATIONS:
    for count in (0, 1, 1, 1, 2, 2, 3):
        words[syllables(count) + ending] = None
    for beginning in ("gener", "organ", "past", "conn", "h2", "x-"):
        words[beginning + ending] = None
for _ in range(900):
    words[syllables(rng.choice((1, 2))) + rng.choice(DERIVATIONS) + rng.choice(INFLECTIONS)] = None
for _ in range(300):
    words["".join(rng.choice("aeiouybdglmnst'7") for _ in range(rng.randrange(1, 10)))] = None
for word in words:
    if word:
        print(word, stem(word))


def fnv1a(text):
    hashed = 0xCBF29CE484222325
    for byte in text.encode():
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed


data = pathlib.Path(sys.argv[1])
with open("english_stems_of_files.txt", "w") as file:
    for path in sorted(data.glob("*/*.csv")):
        runs = {run.decode() for run in re.findall(rb"[a-z0-9']+", path.read_bytes().lower())}
        total = sum(fnv1a(f"{run} {stem(run)}") for run in runs) % 2**64
        print(path.relative_to(data), len(runs), total, file=file)
