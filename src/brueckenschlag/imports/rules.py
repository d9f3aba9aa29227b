"""What the import looks for in a document: all signs, words, patterns and limits in one place, as data.

The words are German, as the documents are. Patterns are searched in one line or one joined paragraph.
"""

import re

# --- limits ---------------------------------------------------------------------------------------------------------
LARGEST_FILE = 20_000_000  # bytes
MOST_TEXT = 1_000_000  # letters in the whole document
MOST_LINES = 20_000
TOO_MUCH_TEXT = "Das ist zu viel Text für eine Praxishilfe (höchstens 1 Million Zeichen, 20 000 Zeilen)."
MOST_PAGES = 200
MOST_SECONDS = 30  # for reading a PDF
LARGEST_PAGE = 5_000_000  # bytes of drawing commands on one page of a PDF
MOST_MEMBERS = 2_000  # files in a .docx
LARGEST_UNPACKED = 100_000_000  # bytes of all files in a .docx
LARGEST_PART = 20_000_000  # bytes of one XML file in a .docx
HIGHEST_RATIO = 200  # how far a file in a .docx may be packed; text reaches about 20

# --- signs ----------------------------------------------------------------------------------------------------------
# Bullets; those from U+F000 on are Word's own, from its fonts Symbol and Wingdings.
BULLETS = "•·∙●▪■◦○‣⁃▸►➢✓✔☐□*" + "\uf0b7\uf0a7\uf0d8\uf0fc\uf06f\uf076\uf0a8\uf02d"
DASHES = "-–—"
BULLET = re.compile(rf"^(?:([{re.escape(BULLETS)}])\s*|([{DASHES}]|[o§Ø](?=\s+(?:[-–]\s)?[^\W\d_]))\s+)(?=\S)")
ENUMERATION = re.compile(r"^(\(?(?:[a-z]|\d{1,2})\))\s+(?=\S)")
# By custom this letter stands for the small ring of the second level.
SECOND_LEVEL = "o"
SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
SOFT_HYPHEN = "\u00ad"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
# What a text may not hold and what can be left out without harm: control characters, direction marks, private signs.
UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufffa]")
TAG = re.compile(r"<\s*(?:[/?]?\s*[A-Za-z]|!)")
UNREADABLE = "\ufffd"
# German letters and quotation marks that were saved as UTF-8 and read as something else.
MISREAD = re.compile("Ã[¤¶¼„–œŸ\u009f\u0084\u0096\u009c]|â€[žœ“”–\u201a-\u201e\u0153]")

# --- words at the end and at the beginning of lines -----------------------------------------------------------------
ENDED = re.compile(r"[.!?:…][)“”\"»«’]*(?:\ufff9\d+\ufffb)?$")
# A full stop behind these ends no sentence.
OPEN_ABBREVIATION = re.compile(r"\b(?:bzw|ggf|ca|evtl|Nr|inkl|sog|vgl|z\. ?B|d\. ?h)\.$", re.I)
BEGINS_SENTENCE = re.compile(r"^[\"„»(\[]*[A-ZÄÖÜ0-9]")
BEGINS_SMALL = re.compile(r"^[\"„»(]*[a-zäöüß]")
# A hyphen before these words is no hyphenation: "Haupt- und Ehrenamt".
KEPT_HYPHEN = re.compile(r"^(und|oder|bzw\.|sowie|als|wie|noch|bis)\b")

# --- what is reported but not imported ------------------------------------------------------------------------------
REMARK = re.compile(r"^(?:Kommentar|Anmerkung|Bemerkung)\s*(?:\[[^\]]{1,12}\]|der Redaktion|d\. ?Red\.)\s*:?", re.I)
LONGEST_REMARK = 6  # lines
COVER = re.compile(r"^U\s?[1-4]\s*:?$")  # the four sides of a cover
PAGE_NUMBER = re.compile(r"^(?:[-–]\s*)?(?:Seite\s+)?\d{1,3}(?:\s*(?:/|von)\s*\d{1,3})?(?:\s*[-–])?$")
CONTENTS = re.compile(r"\.\s?\.\s?\.\s?\.\s*\d{1,3}$")
NO_WORDS = re.compile(r"^[\W_]*$")
# The boxes to tick below a checkpoint: nothing is left of the line without these words and signs.
RATING = re.compile(r"Handlungsbedarf|dringende[rn]?|zur\s?zeit|kein|[□☐○◯●_.…\s:/|]", re.I)
RATING_WORD = "Handlungsbedarf"
RUNNING_HEAD = 3  # on so many pages a line at the edge is no text

# --- checkpoints ----------------------------------------------------------------------------------------------------
NAMED_CHECKPOINT = re.compile(r"^Check-?punkt\s+(\d{1,2})\s*[:.)–-]?\s*(.*)$", re.I)
NUMBERED = re.compile(r"^(\d{1,2})\s?([.):]?)\s+([A-ZÄÖÜ„].*)$")
NO_TITLE = re.compile(r"[.,;]$")
LONGEST_HEADING = 90
# A line above the suggestions that does not end with a colon and is a heading all the same.
GROUP_WORDS = re.compile(r"^(Anregung|Beispiel|Mögliche|Praxis|Tipp|Ideen|Das hilft|So geht)", re.I)
LONGEST_GROUP_TITLE = 70
# What is left out at the end of titles and of suggestions.
TITLE_END, ACTION_END = " :.", " .,;"
ABBREVIATION = re.compile(r"\b(?:usw|etc|bzw|ggf|evtl|e\. ?V|z\. ?B|u\. ?a|o\. ?ä)\.$", re.I)

# --- frame ----------------------------------------------------------------------------------------------------------
GOAL = re.compile(r"^(?:Unser\s+)?Ziel\s*(?::\s*(.*)|$)")
PRACTICE = re.compile(r"^(?:Erfolgreiche|Gute)\s+Praxis\s*(?::\s*(.*)|$)")
PLAN = re.compile(r"^((?:Maßnahmen|Aktions|Handlungs)plan)\s*:?$", re.I)
# Headings that end the last checkpoint.
AFTER = re.compile(r"^(Impressum|Glossar|Literatur|Quellen|Anhang|Kontakt|Herausgeber|Ansprechpartner)\w*\s*:?$", re.I)
# Headings that are never the title of the whole.
NO_TITLE_OF_ALL = re.compile(r"^(Vorwort|Einleitung|Inhalt|Impressum|Herausgeber|Grußwort|Vorbemerkung)", re.I)
CUES = (GOAL, PRACTICE)
HEADINGS = (*CUES, PLAN, AFTER)
LONGEST_TITLE = 160
SUBTITLE = re.compile(r"\s+[–—-]\s+")
MINUTES = re.compile(r"(\d{1,3})\s*(?:und|bis|[-–])\s*(\d{1,3})\s*Min(?:uten|\.)")
EDITION = re.compile(
    r"\b(?:Fassung|Version|Ausgabe|Auflage|Stand)\s*:?\s+(?:vom\s+)?(?:[A-ZÄÖÜ][a-zäöü]+\s+)?\d[\w./]*"
)
LEGEND = re.compile(r"(?:[….•●○◯_]{2}\s?=|\b(?:rot|gelb|grün)\s?[=:])", re.I)
LEADERS = "….•●○◯_ ,;"
# How a level looks, by a word in its label; the first that fits. What fits none is yellow.
TONES = (("green", re.compile(r"\bkein", re.I)), ("red", re.compile(r"dringend|sofort|hoch|groß|akut", re.I)))
PRIORITIES = {"red": "high", "yellow": "medium"}
COLUMNS = {
    "checkpoint": re.compile(r"\bCheck-?punkt\b"),
    "measure": re.compile(r"\bMaßnahmen?\b"),
    "priority": re.compile(r"\bPriorität(?:en)?\b"),
    "responsible": re.compile(r"\b(?:Verantwortlich(?:e Person)?|Zuständig|Wer)\b"),
    "start": re.compile(r"\b(?:Beginn|Start|Ab wann)\b"),
    "review": re.compile(r"\b(?:Kontrolle|Überprüfung|Erledigt bis)\b"),
}
LEAST_COLUMNS = 4  # so many labels together are the head of the plan

# --- footnotes ------------------------------------------------------------------------------------------------------
NOTE_ALONE = re.compile(r"^\[?(\d{1,2})[\])]?$")
NOTE_BEGIN = re.compile(r"^\[?(\d{1,2})[\])]?\s+([^=]{2,90}=.+)$")
NOTE_SMALL = re.compile(r"^\[?(\d{1,2})[\])]?\s*([^\W\d].*)$")
NOTE_MARK = r"(?<=[^\W\d_]|[)\]“\"]){number}(?![\d.,]?\d|\w)"
TERM = re.compile(r"^(.{2,70}?)\s*(?:=|:)\s+(.+)$", re.S)
SHORT_FORM = re.compile(r"\(([A-ZÄÖÜ]{2,8})\)$")

# --- what a person should look at again: pattern and sentence -------------------------------------------------------
ODDITIES = (
    (re.compile(r"…|\.{3,}|_{3,}"), "Auslassung im Text; fehlt hier etwas?"),
    (
        re.compile(r"[,;:.][,;:]|\.\.(?!\.)|\s[,;](?!\w*\))|[,;][^\W\d_]|\.\)$"),
        "Satzzeichen sehen nach einem Versehen aus.",
    ),
    (re.compile(r"[<>]"), "Spitze Klammern; die Prüfung lässt sie nicht zu."),
    (re.compile(r"\[\[|\]\]"), "Doppelte eckige Klammern; bei uns sind sie das Zeichen für Begriffe."),
    (re.compile(r"\(\(|\)\)"), "Doppelte runde Klammern; bei uns sind sie das Zeichen für fremde Wörter."),
)

# --- keys -----------------------------------------------------------------------------------------------------------
LONGEST_KEY = 40
MOST_KEY_WORDS = 4
LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
# Words that say little and are left out of a key.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aber alle allen als am an auch auf aus bei beim beispiel beispielsweise bis bsp das dass dem den der
        des die dies diese diesen durch ein eine einem einen einer eines er es etwa für gegebenenfalls haben
        ihr ihre ihren im in ist jede jeder jeweils kann können mit möglichst nach nicht noch ob oder ohne
        sich sie sind so um und uns unser unsere unseren unserer unter vom von vor was welche welcher
        welches wenn werden wie wir wird wo zu zum zur zwischen über
        """,
    )
)
