export const programme = {
  'programme.before_first_version':
    '{date} күніне бағдарламаның белгілі нұсқасы жоқ; алғашқысы {first} күнінен басталады.',
  'programme.date_invalid': '«{date}» — ЖЖЖЖ-АА-КК түріндегі күн емес.',
  'programme.grouping_unknown': '«{grouping}» деген топтау жоқ; барлары: {known}.',
};
