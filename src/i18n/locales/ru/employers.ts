export const employers = {
  'employer.not_found': 'Такого работодателя нет.',
  'employer.not_own': 'Вакансия не принадлежит работодателю {name}; загружать можно только свои вакансии.',
  'employer.name_invalid': 'Это не название организации.',
  'employer.bin_required': 'Введите БИН предприятия: 12 цифр.',
};
