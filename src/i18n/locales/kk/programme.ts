export const programme = {
  'programme.before_first_version':
    '{date, date, day} күніне бағдарламаның белгілі нұсқасы жоқ; алғашқысы {first, date, day} күнінен басталады.',
  'programme.date_invalid': '«{date}» – ЖЖЖЖ-АА-КК түріндегі күн емес.',
  'programme.grouping_unknown': '«{grouping}» деген топтау жоқ; барлары: {known}.',
};
