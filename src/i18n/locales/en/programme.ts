export const programme = {
  'programme.before_first_version':
    'No version of the programme is known for {date, date, day}; the first begins on {first, date, day}.',
  'programme.date_invalid': '“{date}” is not a date of the form YYYY-MM-DD.',
  'programme.grouping_unknown': 'There is no grouping “{grouping}”; known are: {known}.',
};
