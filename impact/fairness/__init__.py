"""Whether everybody gets the same chance: numbers per group and signals, never verdicts.

`counts` asks the database, `guard` keeps small numbers back, `chance` says what chance alone would explain, `page`
puts it in words. The rules that look for work read none of these traits (`matching.rules.inputs`).
"""
