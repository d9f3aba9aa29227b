"""The believable examples that `demo` fills a database with; all names are made up."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A measure: a suggestion's key or `checkpoint: own words`; who; start and review in days from today; status."""

    what: str
    who: str
    start: int
    review: int
    status: str = "open"


@dataclass(frozen=True)
class Example:
    """An organisation or area with its ratings (checkpoint: level and note), marks and measures."""

    name: str
    ratings: dict[str, tuple[str, str]]
    running: tuple[str, ...] = ()
    rows: tuple[Row, ...] = field(default=())
    slug: str = "zo"


# What guests have begun. The first is taken over into an organisation.
GUESTS = (
    Example(
        "Nachbarschaftshilfe Lindental e. V.",
        {
            "nutzen": ("gut", "Im Vorstand im September besprochen, steht im Protokoll."),
            "moeglichkeiten": ("bedarf", "Was wir bieten können, haben wir nie aufgeschrieben."),
            "planen": ("dringend", "Kein Plan. Anfragen beantwortet, wer gerade da ist."),
            "denkwelten": ("gut", ""),
            "kontakte": ("bedarf", "Die Schreinerei Holm fragt seit Jahren, ob sie helfen kann."),
            "vereinbarungen": ("bedarf", ""),
            "organisation": ("gut", ""),
        },
        ("nutzen.mitstreitende", "nutzen.helfende", "denkwelten.vertrauen", "organisation.zustaendig"),
        (
            Row("planen.kriterien", "Ayla Kern", 14, 75),
            Row("planen.abbruch", "Vorstand", 14, 75),
            Row("planen.mitglieder", "Bernd Oster", -20, 30, "started"),
            Row("moeglichkeiten.ausbildung", "Ruth Sand", 40, 130),
            Row("kontakte.aktionstage", "Ayla Kern", 60, 160),
            Row("vereinbarungen: Vorlage für eine Vereinbarung auf einer Seite schreiben", "Jo Brandt", 7, 45),
            Row("kontakte: Schreinerei Holm anrufen und Termin ausmachen", "Ruth Sand", -30, -3, "done"),
        ),
    ),
    Example(
        "Sportgemeinschaft Ostufer, Abteilung Jugend",
        {
            "nutzen": ("bedarf", ""),
            "moeglichkeiten": ("gut", "Trikots und Fahrten sind gesichert."),
            "planen": ("bedarf", ""),
            "kontakte": ("dringend", "Alles hängt an einer einzigen Person."),
        },
        ("moeglichkeiten.geld",),
        (
            Row("kontakte.personen", "Trainerteam", 5, 60),
            Row("nutzen: Nutzen im Jugendausschuss besprechen", "", 20, 20),
        ),
    ),
    Example("Stiftung Alter Hafen, Bereich Bildung", {"nutzen": ("gut", "")}),
    Example(
        "Schreinerei Holm",
        {
            "nutzen": ("gut", "Zwei Lehrlinge kamen über die Jugendfeuerwehr."),
            "kontakte": ("bedarf", "Die Nachbarschaftshilfe kennt uns, wir kennen sie kaum."),
            "organisation": ("dringend", "Wenn jemand fehlt, weiß keiner, wer einspringt."),
        },
        ("kontakte.ansprechperson",),
        (
            Row("kontakte.profil", "Mara Holm", 10, 60),
            Row("kontakte.aktionstag", "Werkstatt", 40, 120),
        ),
        slug="kmu",
    ),
)


@dataclass(frozen=True)
class Association:
    """An organisation with areas: the upper ones with those below them, and what each area has filled in."""

    name: str
    areas: dict[str, tuple[str, ...]]
    examples: tuple[Example, ...]


ASSOCIATION = Association(
    "Sozialwerk Mühltal e. V.",
    {
        "Kinder und Jugend": ("Familienzentrum", "Jugendtreff Alte Post", "Kita Sonnenweg"),
        "Pflege": ("Ambulante Pflege", "Tagespflege am Bach"),
        "Freiwilligendienste": (),
    },
    (
        Example(
            "Kita Sonnenweg",
            {
                "nutzen": ("gut", "Die Eltern bringen Kontakte mit."),
                "moeglichkeiten": ("gut", ""),
                "planen": ("bedarf", "Vieles geschieht auf Zuruf."),
                "denkwelten": ("gut", ""),
                "kontakte": ("gut", "Bäckerei Lenz und Gärtnerei Wiese helfen jedes Jahr."),
                "vereinbarungen": ("dringend", "Wer haftet beim Aktionstag?"),
                "organisation": ("bedarf", ""),
            },
            ("kontakte.aktionstage", "nutzen.helfende"),
            (
                Row("vereinbarungen.versicherung", "Petra Lenz", -25, -4, "started"),
                Row("planen.schriftlich", "Petra Lenz", 10, 70),
            ),
        ),
        Example(
            "Jugendtreff Alte Post",
            {
                "nutzen": ("gut", ""),
                "moeglichkeiten": ("bedarf", "Wir könnten mehr zum Berufsstart anbieten."),
                "planen": ("dringend", ""),
                "denkwelten": ("bedarf", "Jugendliche und Betriebe reden aneinander vorbei."),
                "kontakte": ("dringend", "Der einzige Kontakt ist in Rente gegangen."),
            },
            ("moeglichkeiten.ausbildung",),
            (
                Row("kontakte.personen", "Emre Aydin", -14, 21, "started"),
                Row("planen.einsatzfelder", "Emre Aydin", 7, 60),
                Row("kontakte: Das Autohaus Berg zum Werkstatttag einladen", "Lisa Kamp", 20, 50),
            ),
        ),
        Example(
            "Familienzentrum",
            {
                "nutzen": ("gut", ""),
                "moeglichkeiten": (
                    "gut",
                    "Wir helfen Betrieben, wenn Beschäftigte eine Pause für die Familie brauchen.",
                ),
                "planen": ("gut", ""),
                "denkwelten": ("gut", ""),
                "kontakte": ("bedarf", ""),
                "vereinbarungen": ("bedarf", "Zwei Absprachen gelten nur mündlich."),
                "organisation": ("gut", ""),
            },
            ("nutzen.partnerschaften", "planen.schriftlich"),
            (
                Row("vereinbarungen.rahmen", "Mona Weiss", -40, -6, "done"),
                Row("kontakte.veranstaltungen", "Mona Weiss", 15, 90),
            ),
        ),
        Example(
            "Tagespflege am Bach",
            {
                "nutzen": ("bedarf", ""),
                "moeglichkeiten": ("bedarf", ""),
                "planen": ("bedarf", ""),
                "denkwelten": ("gut", ""),
                "kontakte": ("bedarf", ""),
                "vereinbarungen": ("gut", "Muster vom Dachverband liegt vor."),
                "organisation": ("gut", ""),
            },
            ("vereinbarungen.ziel",),
            (Row("nutzen.ehrenamtliche", "Hanna Roth", 30, 120),),
        ),
        Example(
            "Freiwilligendienste",
            {
                "nutzen": ("gut", ""),
                "denkwelten": ("gut", ""),
                "organisation": ("dringend", "Die Stelle ist unbesetzt."),
            },
            (),
            (Row("organisation.zustaendig", "", 3, 30),),
        ),
    ),
)


@dataclass(frozen=True)
class Somebody:
    """A person of the examples: what they show, their address and name."""

    part: str
    address: str
    name: str


OWNER = Somebody("verantwortlich in der Nachbarschaftshilfe", "ayla.kern@lindental.example", "Ayla Kern")
EDITOR = Somebody("bearbeitet dort mit", "bernd.oster@lindental.example", "Bernd Oster")
READER = Somebody("liest dort nur", "ruth.sand@lindental.example", "Ruth Sand")
MANAGER = Somebody("leitet das Sozialwerk mit seinen Bereichen", "ines.harder@sozialwerk.example", "Ines Harder")
ADVISER = Somebody("berät die Nachbarschaftshilfe und das Sozialwerk", "jo.brandt@agentur.example", "Jo Brandt")
STAFF = Somebody("betreibt die Seite", "betrieb@praxishilfe.example", "Kim Vogt")
PEOPLE = (OWNER, EDITOR, READER, MANAGER, ADVISER, STAFF)
ADVICE = "Freiwilligenagentur Mittelstadt"
