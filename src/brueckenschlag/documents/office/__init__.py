"""What people open in the programs they know: Word, Excel, a table of plain text, a calendar."""
