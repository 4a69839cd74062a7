/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Stopped. Nothing was applied.',
  'cli.interrupted': 'Stopped.',
  'path.not_found': 'There is no file {path}.',
  'path.unreadable': 'The file {path} cannot be read.',
  'path.not_a_file': '{path} is not a file.',
  'cli.ingest.counts':
    'Source {source}: {read} read, {inserted} inserted, {updated} updated, {unchanged} unchanged, {closed} closed, {rejected} rejected.',
  'cli.ingest.refused': 'Nothing was applied: {reason}',
  'cli.ingest.more': '… and {more} more: qonys rejected',
  'cli.demo.done': '{households} households entered, {proposals} proposals made.',
  'cli.resolve.one_of': 'Give a title, or --file with a CSV file.',
  'cli.resolve.no_title_column': '{path} has no column called title in its first line.',
  'cli.resolve.not_utf8': '{path} is not UTF-8. Save it as “CSV UTF-8”.',
  'cli.resolve.unknown_areas': 'Lines whose profobl is no area of Enbek, read without it: {count, number}.',
  'cli.resolve.unreadable': '{path} is no CSV file: line {line} cannot be read.',
  'cli.rejected.none': 'No rejected records.',
  'cli.rejected.more': '… and {more} more: --limit',
  'cli.rejected.rest_waits': 'What is reported was applied; the rest still waits for its retry.',
  'cli.rejected.nothing_to_retry': 'Nothing to retry.',
  'cli.rejected.unread':
    '{count, plural, one {# line} other {# lines}} could not be taken apart: no retry reads such a line. Mend it in its file and send the file again.',
  'cli.migrate.up_to_date': 'The schema is up to date.',
  'cli.migrate.ran': 'Ran {names}.',
  'cli.token.revoked': 'Revoked {id}.',
  'cli.token.once': 'Token {id}. It is shown this once; keep it where secrets are kept.',
} as const;
