/** The calculator of the programme’s support. */
export const pagesSupport = {
  'page.support.title': 'Бағдарлама көшетіндерге не төлейді',
  'page.support.description':
    'Солтүстікке көшкенде берілетін қолдау: жол ақысы, жалдау ақысы, баспана, курстар – таңдалған күннің ережесі бойынша, дереккөзімен.',
  'page.support.lead':
    'Нешеу екеніңізді және қайда көшкіңіз келетінін жазыңыз. Қолдаудың әр түрі қанша теңге екенін және ол қайдан алынғанын көресіз.',
  'page.support.members': 'Неше адам көшеді?',
  'page.support.members_hint': 'Балалармен бірге.',
  'page.support.place': 'Қайда?',
  'page.support.place_hint': 'Қоныс аударушыларды қабылдайтын облыстағы қала не ауыл.',
  'page.support.place_meant': 'Мүмкін: {places}',
  'page.support.place_missing': 'Қай қала не ауыл екенін жазыңыз.',
  'page.support.place_unclear': 'Мұндай жер жоқ не бірнешеу: облысын да жазыңыз.',
  'page.support.on': 'Қай күнге?',
  'page.support.on_hint': 'Бүгінгі күнге болса, бос қалдырыңыз. Сома жыл сайын өзгереді.',
  'page.support.ask': 'Есептеу',
  'page.support.again': 'Қайта есептеу',
  'page.support.for': '{members, plural, one {# адам} other {# адам}} · {place} · {on, date, day} күнгі ереже бойынша',
  'page.support.first_year': 'Бірінші жылы кемінде {amount}',
  'page.support.at_most': 'Баспана сертификатымен ең көбі {amount}; ол тек баспана сатып алуға не салуға беріледі.',
  'page.support.decided': 'Мұны облыс комиссиясы квотаға енгізген отбасылар алады. Алдын ала ешкім уәде бере алмайды.',
  'page.support.employer_title': 'Жұмыс берушіге',
  'page.support.monthly': 'Айына {amount}, {months, plural, one {# ай} other {# ай}}',
  'page.support.rule_moving_grant': '{members, plural, one {Бір адамға} other {# адамның әрқайсысына}} 70 АЕК.',
  'page.support.rule_rent': 'Бүкіл отбасыға: мөлшері отбасының санына байланысты, қалада ауылдағыдан көп.',
  'page.support.rule_housing_certificate':
    'Қоныстанған жерде баспана сатып алуға, салуға не ипотеканың алғашқы жарнасына. Қайтарылмайды.',
  'page.support.rule_short_course':
    'Курс ақысын мемлекет төлейді; қайсысы жақында басталатынын жұмыспен қамту орталығынан сұраңыз.',
  'page.support.rule_employer_subsidy':
    'Кемінде екі жылға жұмысқа алып, баспанамен қамтыған әр қоныс аударушы үшін жұмыс берушіге төленеді.',
  'page.support.why': 'Бұл қайдан белгілі',
  'page.support.mci': 'Айлық есептік көрсеткіш (АЕК) саны',
  'page.support.source': 'Дереккөз',
  'page.support.index': '{on, date, day} күні бір АЕК – {amount}.',
  'page.support.link': 'Бағдарлама бізге қанша төлейді?',
};
