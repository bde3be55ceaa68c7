-- Operators, functions and casts of dates, times and intervals.
CREATE TABLE moments (id INTEGER PRIMARY KEY, ts TIMESTAMP, tz TIMESTAMPTZ, da DATE, ti TIME, iv INTERVAL, iv2 INTERVAL, n INTEGER);
