"""British dates; the short one names the month, because 1/6/2027 is another day in the USA."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
