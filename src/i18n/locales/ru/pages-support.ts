/** The calculator of the programme’s support. */
export const pagesSupport = {
  'page.support.title': 'Что программа платит тем, кто переезжает',
  'page.support.description':
    'Поддержка при переезде на север: деньги на дорогу, аренду, жильё, курсы – по правилам на выбранный день и с источниками.',
  'page.support.lead':
    'Напишите, сколько вас и куда вы думаете ехать. Вы увидите каждый вид поддержки в тенге и откуда эта цифра.',
  'page.support.members': 'Сколько человек переезжает?',
  'page.support.members_hint': 'Вместе с детьми.',
  'page.support.place': 'Куда?',
  'page.support.place_hint': 'Город или село в области, которая принимает переселенцев.',
  'page.support.place_meant': 'Возможно: {places}',
  'page.support.place_missing': 'Назовите город или село, о котором думаете.',
  'page.support.place_unclear': 'Такого места нет или их несколько: назовите и область.',
  'page.support.on': 'На какой день?',
  'page.support.on_hint': 'Оставьте пустым, если на сегодня. Суммы меняются с годом.',
  'page.support.ask': 'Посчитать',
  'page.support.again': 'Посчитать ещё раз',
  'page.support.for':
    '{members, plural, one {# человек} few {# человека} many {# человек} other {# человека}} · {place} · по правилам на {on, date, day}',
  'page.support.first_year': 'За первый год не меньше {amount}',
  'page.support.at_most': 'С жилищным сертификатом – до {amount}; он только на покупку или постройку жилья.',
  'page.support.decided':
    'Это получают те, кого комиссия области включит в квоту. Заранее обещать этого никто не может.',
  'page.support.employer_title': 'Работодателю',
  'page.support.monthly':
    '{amount} в месяц, {months, plural, one {# месяц} few {# месяца} many {# месяцев} other {# месяца}}',
  'page.support.rule_moving_grant':
    'По 70 МРП на {members, plural, one {человека} few {каждого из # человек} many {каждого из # человек} other {каждого из # человек}}.',
  'page.support.rule_rent': 'На семью целиком: зависит от её размера, в городе больше, чем в селе.',
  'page.support.rule_housing_certificate':
    'На покупку или постройку жилья там, где вы поселитесь, или на первый взнос по ипотеке. Возвращать его не нужно.',
  'page.support.rule_short_course': 'За курсы платит государство; какие начнутся скоро, скажут в центре занятости.',
  'page.support.rule_employer_subsidy':
    'Платят работодателю за каждого переселенца, которого он принял не меньше чем на два года и обеспечил жильём.',
  'page.support.why': 'Откуда это известно',
  'page.support.mci': 'Месячных расчётных показателей (МРП)',
  'page.support.source': 'Источник',
  'page.support.index': 'Один МРП на {on, date, day} – {amount}.',
  'page.support.link': 'Сколько заплатит нам программа?',
};
