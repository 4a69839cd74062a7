export const programme = {
  'programme.before_first_version':
    'На {date, date, day} нет известной версии программы; первая действует с {first, date, day}.',
  'programme.date_invalid': '«{date}» – не дата вида ГГГГ-ММ-ДД.',
  'programme.grouping_unknown': 'Группировки «{grouping}» нет; есть: {known}.',
};
