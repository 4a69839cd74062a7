import pg from 'pg';

/** PostgreSQL's `date` (type 1082) stays the text `YYYY-MM-DD`: a calendar date has no time zone to be shifted by. */
pg.types.setTypeParser(1082, (text) => text);
