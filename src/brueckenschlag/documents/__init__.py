"""Documents that leave the product and come back: one neutral Report, a renderer for each format, readers."""
