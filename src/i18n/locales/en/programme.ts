export const programme = {
  'programme.before_first_version':
    'No version of the programme is known for {date, date, day}; the first begins on {first, date, day}.',
  'programme.date_invalid': '“{date}” is not a date of the form YYYY-MM-DD.',
  'programme.grouping_unknown': 'There is no grouping “{grouping}”; known are: {known}.',
  'support.index_unknown':
    'The monthly calculation index of {date, date, day} is not known; known are the years from {first, number, ::group-off} to {last, number, ::group-off}.',
  'support.members_invalid': 'A household has from 1 to {most} members.',
  'support.place_unknown': 'The KATO code “{kato}” is not in the classifier.',
  'support.place_unclear': 'Name a town or a village: of {placeEn} it cannot be told which it is.',
  'support.not_reception': 'On {date, date, day} the programme does not send people to {placeEn}.',
  'support.moving_grant': 'For moving, once',
  'support.rent': 'For rent and utilities, monthly',
  'support.housing_certificate': 'Certificate for buying or building a home, at most',
  'support.short_course': 'A short course, free of charge',
  'support.employer_subsidy': 'For each worker hired for two years and housed',
  'support.payee.household': 'household',
  'support.payee.employer': 'employer',
  'support.head.kind': 'Support',
  'support.head.payee': 'Paid to',
  'support.head.tenge': 'Tenge',
  'support.head.months': 'Months',
  'support.unverified': 'unverified',
  'support.first_year':
    'The household in its first year: from {min, number} tenge; with a home bought, up to {max, number}.',
};
