export const employers = {
  'employer.not_found': 'Мұндай жұмыс беруші жоқ.',
  'employer.not_own': 'Бос орын {name} жұмыс берушісіне тиесілі емес; тек өз бос орындарын жүктеуге болады.',
  'employer.name_invalid': 'Бұл ұйымның атауы емес.',
  'employer.bin_required': 'Кәсіпорынның БСН нөмірін енгізіңіз: 12 цифр.',
};
