export const programme = {
  'programme.before_first_version':
    '{date, date, day} күніне бағдарламаның белгілі нұсқасы жоқ; алғашқысы {first, date, day} күнінен басталады.',
  'programme.date_invalid': '«{date}» – ЖЖЖЖ-АА-КК түріндегі күн емес.',
  'programme.grouping_unknown': '«{grouping}» деген топтау жоқ; барлары: {known}.',
  'support.index_unknown':
    '{date, date, day} күнгі АЕК белгісіз; {first, number, ::group-off}–{last, number, ::group-off} жылдардыкі ғана белгілі.',
  'support.members_invalid': 'Отбасы мүшелерінің саны – кемінде 1, ең көбі {most}.',
  'support.place_unknown': 'Жіктеуіште «{kato}» деген КАТО коды жоқ.',
  'support.place_unclear': 'Қала не ауыл атауын көрсетіңіз: «{placeKk}» дегеннен бұл анық емес.',
  'support.not_reception': '{date, date, day} күні бағдарлама бұл жерге көшірмейді: {placeKk}.',
  'support.moving_grant': 'Көшуге, бір рет',
  'support.rent': 'Пәтер жалдау мен коммуналдық қызметке, ай сайын',
  'support.housing_certificate': 'Баспана сатып алуға не салуға сертификат, ең көбі',
  'support.short_course': 'Қысқа мерзімді курс, тегін',
  'support.employer_subsidy': 'Екі жылға жұмысқа алынып, баспанамен қамтылған әр қызметкер үшін',
  'support.payee.household': 'отбасына',
  'support.payee.employer': 'жұмыс берушіге',
  'support.head.kind': 'Қолдау',
  'support.head.payee': 'Кімге',
  'support.head.tenge': 'Теңге',
  'support.head.months': 'Ай',
  'support.unverified': 'тексерілмеген',
  'support.first_year':
    'Отбасына бірінші жылы: {min, number} теңгеден бастап; баспана сатып алса, {max, number} теңгеге дейін.',
};
