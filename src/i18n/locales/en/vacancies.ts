export const vacancies = {
  'vacancy.not_found': 'There is no such vacancy.',
  'vacancy.hired_more_here': 'More people came through Qonys than were hired in all.',
  'vacancy.hired_beyond_openings':
    'The vacancy names {openings, plural, one {# opening} other {# openings}}. Did you hire more people? Change the number of openings first.',
  'vacancy.closed': 'This vacancy is closed.',
  'vacancy.isco_unknown': 'There is no occupation {value} in ISCO-08.',
  'vacancy.area_unknown': 'The area {value} is not in Enbek’s list; the vacancy was kept without it.',
  'vacancy.url_invalid': 'The address is not a web address; the vacancy was kept without it.',
  'vacancy.url_messenger':
    'The address leads to a person in a messenger; contacts of persons are not kept, so the vacancy was kept without it.',
  'place.conflict': 'The record says {regionEn}, but "{found}" lies elsewhere.',
  'place.region_unknown': 'The region of "{value}" cannot be told.',
  'place.kato_unknown': 'The KATO code {value} is not in the classifier; the place was read from the text.',
  'place.moved': '"{value}" lies in {regionEn} since June 2022; the vacancy was put there.',
  'place.settlement_unknown': 'The settlement in "{value}" was not found; the vacancy was kept with its region.',
  'place.settlement_ambiguous': 'Several places fit "{value}"; the vacancy was kept with what they share.',
  'feed.outdated':
    'This file was made on {generatedAt, date, moment}; a newer one, of {newest, date, moment}, was already applied. Nothing was changed.',
  'feed.from_future': 'The file says it was made on {generatedAt, date, moment}, which lies in the future.',
  'feed.no_vacancies': 'The file says it is complete but holds no vacancy. Nothing was changed.',
  'feed.absence_unknown': 'The id of a refused record could not be read, so no vacancy was closed for being absent.',
  'ingest.busy': 'Another file of the source {source} is being read. Try again when it has ended.',
  'ingest.host_busy': 'Another page or file of {host} is being read. Try again when it has ended.',
  'ingest.failed': 'The file could not be read because of a failure in the program. Nothing of it was applied.',
  'ingest.interrupted': 'The program ended while it was reading this file. Nothing of it was applied.',
  'ingest.run_ended': 'This run has ended already.',
  'ingest.run_not_found': 'There is no such run.',
  'ingest.upload_gone': 'The uploaded file is no longer on this machine. Send it again.',
  'source.name_invalid':
    '"{value}" cannot be the name of a source: lower-case Latin letters, digits, ".", "_", ":" and "-" only.',
};
