"""The PDF: layouts in Typst's language, set by its engine from the Report alone."""
