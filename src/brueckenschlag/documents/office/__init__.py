"""The office formats: Word, workbook, table, calendar; each written from the Report alone."""
