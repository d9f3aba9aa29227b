"""Imports: read a Praxishilfe from a document and write a draft instrument in our format. Free of Django.

A document becomes lines (`readers`), the lines are cleaned (`screening`) and sorted (`sorting`, `notes`), what is left
becomes an outline (`structure`), and the outline a folder (`writer`). What the program looks for stands in `rules`.
"""
