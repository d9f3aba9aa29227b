"""Plans: the measures that follow from an assessment."""
