/** What a firm's form posts is recorded under this name, as if a connector had read it. */
export const FORM_CONNECTOR = 'employer-form';

/** An id of `newId` or of a table's row without one (`row-…`): the firm has never seen it as its own number. */
const MADE_ID = '^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|row-[0-9a-f]{24})$';

/**
 * SQL: the vacancy, or refused record, of this alias stands as its firm's form or table states it, under an id that was made here. A
 * firm's feed numbers its vacancies itself, so that even a complete one says nothing of such a vacancy. The id alone would not do (a
 * firm may number by UUIDs too), nor the connector alone (the form changes what a feed brought, and a table may give the firm's own
 * numbers). Both hold of one that is not meant: a vacancy of a firm that numbers by UUIDv7 and changed it on the form. It then stays
 * open until its deadline or until the firm closes it, which is the lesser harm.
 */
export const madeHere = (of: string): string =>
  `(${of}.connector in ('${FORM_CONNECTOR}', 'vacancy-table') and coalesce(${of}.external_id ~ '${MADE_ID}', false))`;
