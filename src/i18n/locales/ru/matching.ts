export const matching = {
  'weights.invalid': 'Таблицу весов подбора нельзя использовать: {faults}.',
  'match_run.unknown': 'Такого подбора нет.',
  'match.vacancy_not_found': 'Такой вакансии нет.',
  'mismatch.date_without_programme':
    'Дата указывается только с группировкой «programme»; «{grouping}» от времени не зависит.',
  'mismatch.source_unknown': 'Вакансий из источника «{source}» нет. Можно указать и способ загрузки: {connectors}.',
  'part.pay': 'Зарплата по сравнению с нынешней с учётом стоимости жизни там',
  'part.housing': 'Жильё, как его указывает работодатель',
  'part.partner': 'Шансы второго взрослого на работу в том же районе',
  'part.services': 'Школы и медицина в регионе',
  'part.settlement': 'Желаемый тип населённого пункта и регион',
  'part.shortage': 'Насколько региону не хватает людей этой профессии',
  'part.support': 'Выплаты, на которые семья может рассчитывать',
  'part.corridor': 'Родственники или земляки, которые уже там живут',
  'part.occupation': 'Насколько близка профессия',
  'part.qualification': 'Образование по сравнению с требуемым',
  'part.experience': 'Опыт по сравнению с требуемым',
  'part.language': 'Знание языков по сравнению с требуемым',
  'part.competition': 'Число мест по сравнению с числом людей этой профессии там',
  'part.congestion': 'На это место уже предложены другие',
  'part.adult': 'Доля одного взрослого в оценке семьи',
  'part.partner_without_job': 'Для этого взрослого работы там не нашлось',
  'local.part.pay': 'Зарплата по сравнению с нынешней',
  'local.part.services': 'Школы и медицина в своём регионе',
  'local.part.shortage': 'Насколько своему региону не хватает людей этой профессии',
  'local.part.competition': 'Число мест по сравнению с числом людей этой профессии в своём регионе',
  'move_mismatch.occupation':
    'На одного человека этой профессии, который ищет работу, там приходится мест: {there, number, ::.00}, а дома: {home, number, ::.00}.',
  'sides.sector':
    'В отрасли «{sector}» на каждую вакансию юга приходится {ratio, number, ::.00} вакансии севера: {verdict}.',
  'sides.occupation':
    'По этой профессии на каждую вакансию юга приходится {ratio, number, ::.00} вакансии севера, а во всей отрасли «{sector}» – {sectorRatio, number, ::.00}: {verdict}.',
  'sides.occupation_alone':
    'По этой профессии на каждую вакансию юга приходится {ratio, number, ::.00} вакансии севера: {verdict}.',
  'sides.only_north': 'В отрасли «{sector}» вакансий на севере {north, number}, на юге нет.',
  'sides.fewer_here': 'там их меньше, чем здесь',
  'sides.fewer_south': 'там их меньше, чем на юге',
  'sides.more_here': 'там их больше, чем здесь',
  'sides.more_south': 'там их больше, чем на юге',
  'sides.same_here': 'там их примерно столько же, сколько здесь',
  'sides.same_south': 'там их примерно столько же, сколько на юге',
  'sides.few':
    'Посчитано всего {counted, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}, так что это может скоро измениться.',
  'mismatch.nothing_open': 'По профессии {isco} и в её отрасли нет вакансий ни на севере, ни на юге.',
  'check.speciality_differs': 'специальность нужно проверить по диплому',
  'eligibility.no_consent': 'Семья не дала согласия на подбор.',
  'eligibility.no_wish_to_move': 'Семья не хочет переезжать.',
  'eligibility.not_departure_region': 'Регион семьи не входит в регионы выезда программы.',
  'eligibility.nobody_seeks_work': 'В семье больше никто не ищет работу.',
  'eligibility.vacancy_closed': 'Вакансия закрыта.',
  'eligibility.vacancy_expired': 'Срок вакансии истёк.',
  'eligibility.no_openings': 'В вакансии указано, что свободных мест нет.',
  'eligibility.place_unknown': 'Из вакансии не ясно, в каком она районе.',
  'eligibility.not_reception_region': 'Регион вакансии не входит в регионы приёма программы.',
  'eligibility.not_permanent': 'Работа не постоянная, а программа поддерживает переезд только на постоянную.',
  'eligibility.employer_unchecked': 'Вакансию разместило само предприятие, и центр занятости его ещё не проверил.',
  'eligibility.home_region': 'Вакансия находится в регионе самой семьи.',
  'eligibility.region_excluded': 'Семья исключила этот регион.',
  'eligibility.district_excluded': 'Семья исключила этот район.',
  'eligibility.housing_required': 'Семье нужно жильё, а работодатель его не предоставляет.',
  'eligibility.pay_below_minimum': 'Зарплата ниже той, на которую согласен этот человек.',
  'eligibility.pay_not_stated': 'Зарплата не указана, а этот человек назвал наименьшую для себя.',
  'eligibility.permanent_only': 'Этому человеку нужна постоянная работа, а здесь она такой не названа.',
  'eligibility.occupation_unknown': 'Профессию вакансии определить не удалось.',
  'eligibility.occupation_unrelated': 'Для вакансии нужна другая профессия.',
  'eligibility.medical_diploma_missing': 'Нужен медицинский диплом.',
  'eligibility.teaching_diploma_missing': 'Нужен педагогический диплом.',
  'eligibility.driving_category_missing': 'Нет нужной категории водительских прав.',
  'obstacle.nothing_open':
    'Сейчас по этой профессии нет вакансий в регионах, переезд в которые поддерживает программа. Это может измениться в любой день.',
  'obstacle.medical_diploma':
    'Нужен медицинский диплом, а он не отмечен: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.teaching_diploma':
    'Нужен педагогический диплом, а он не отмечен: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.driving_category':
    'Нужна категория водительских прав, которая не отмечена: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.education_not_stated':
    'Образование не указано, поэтому шанс считается низким: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.minimum_pay':
    'Зарплата меньше наименьшей желаемой или не указана: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.permanent_only':
    'Нужна только постоянная работа, а вакансия её не обещает: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.housing_required':
    'Нужно жильё от работодателя, а он его не даёт: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.excluded_places':
    'Вакансия в регионе или районе, который семья исключила: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
  'obstacle.low_chance':
    'Шанс слишком мал из-за опыта, образования, языков или числа желающих: {vacancies, plural, one {# вакансия} few {# вакансии} many {# вакансий} other {# вакансии}}.',
};
