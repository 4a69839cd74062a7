export const matching = {
  'weights.invalid': 'Іріктеу салмақтарының кестесін қолдануға болмайды: {faults}.',
  'match_run.unknown': 'Мұндай іріктеу жоқ.',
  'match.vacancy_not_found': 'Мұндай бос орын жоқ.',
  'mismatch.date_without_programme':
    'Күн тек «programme» тобымен бірге көрсетіледі; «{grouping}» уақытқа байланысты емес.',
  'mismatch.source_unknown':
    '«{source}» дереккөзінен келген бос орын жоқ. Жүктеу тәсілін де атауға болады: {connectors}.',
  'part.pay': 'Ондағы өмір сүру құнын ескергенде, жалақының қазіргісімен салыстырғандағы мөлшері',
  'part.housing': 'Баспана: жұмыс берушінің айтуы бойынша',
  'part.partner': 'Екінші ересектің сол ауданда жұмыс табу мүмкіндігі',
  'part.services': 'Өңірдегі мектептер мен емханалар',
  'part.settlement': 'Қалаған елді мекен түрі мен өңір',
  'part.shortage': 'Өңірде осы мамандық иелері қаншалықты жетіспейді',
  'part.support': 'Отбасы ала алатын қолдау ақшасы',
  'part.corridor': 'Сонда тұратын туыстар немесе жерлестер',
  'part.occupation': 'Мамандықтың қаншалықты жақын екені',
  'part.qualification': 'Білімінің талапқа сәйкестігі',
  'part.experience': 'Тәжірибесінің талапқа сәйкестігі',
  'part.language': 'Тіл білуінің талапқа сәйкестігі',
  'part.competition': 'Ондағы жұмыс орындарының осы мамандық иелеріне шаққандағы саны',
  'part.congestion': 'Бұл орынға басқалар да ұсынылған',
  'part.adult': 'Бір ересектің отбасының сәйкестік ұпайындағы үлесі',
  'part.partner_without_job': 'Бұл ересекке ол жерден жұмыс табылмады',
  'local.part.pay': 'Жалақының қазіргісімен салыстырғандағы мөлшері',
  'local.part.services': 'Өз өңіріңіздегі мектептер мен емханалар',
  'local.part.shortage': 'Өз өңіріңізде осы мамандық иелері қаншалықты жетіспейді',
  'local.part.competition': 'Өз өңіріңіздегі жұмыс орындарының осы мамандық иелеріне шаққандағы саны',
  'move_mismatch.occupation':
    'Осы мамандық бойынша жұмыс іздеген бір адамға ол жақта {there, number, ::.00} орын, ал өз өңіріңізде {home, number, ::.00} орын келеді.',
  'sides.sector':
    '«{sector}» саласы бойынша оңтүстіктегі әр бос орынға солтүстікте {ratio, number, ::.00} бос орыннан келеді: {verdict}.',
  'sides.occupation':
    'Осы мамандық бойынша оңтүстіктегі әр бос орынға солтүстікте {ratio, number, ::.00} бос орыннан, ал бүкіл «{sector}» саласы бойынша {sectorRatio, number, ::.00} орыннан келеді: {verdict}.',
  'sides.occupation_alone':
    'Осы мамандық бойынша оңтүстіктегі әр бос орынға солтүстікте {ratio, number, ::.00} бос орыннан келеді: {verdict}.',
  'sides.only_north': '«{sector}» саласы бойынша солтүстікте {north, number} бос орын бар, оңтүстікте жоқ.',
  'sides.fewer_here': 'ол жақта мұндағыдан аз',
  'sides.fewer_south': 'ол жақта оңтүстіктегіден аз',
  'sides.more_here': 'ол жақта мұндағыдан көп',
  'sides.more_south': 'ол жақта оңтүстіктегіден көп',
  'sides.same_here': 'ол жақта мұндағымен шамалас',
  'sides.same_south': 'ол жақта оңтүстіктегімен шамалас',
  'sides.few': 'Небәрі {counted, number} бос орын есептелді, сондықтан бұл жақында өзгеруі мүмкін.',
  'mismatch.nothing_open': '{isco} мамандығы мен оның саласы бойынша солтүстікте де, оңтүстікте де бос орын жоқ.',
  'check.speciality_differs': 'мамандығын диплом бойынша тексеру керек',
  'eligibility.no_consent': 'Отбасы жұмыс іріктеуге келісім бермеген.',
  'eligibility.no_wish_to_move': 'Отбасы көшкісі келмейді.',
  'eligibility.not_departure_region': 'Отбасының өңірі бағдарламаның көшіп кету өңірлеріне кірмейді.',
  'eligibility.nobody_seeks_work': 'Отбасында енді ешкім жұмыс іздемейді.',
  'eligibility.vacancy_closed': 'Бос орын жабылған.',
  'eligibility.vacancy_expired': 'Бос орынның мерзімі өткен.',
  'eligibility.no_openings': 'Хабарландыруда бос орын жоқ деп көрсетілген.',
  'eligibility.place_unknown': 'Жұмыстың қай ауданда екені хабарландырудан анық емес.',
  'eligibility.not_reception_region': 'Жұмыс орналасқан өңір бағдарламаның қабылдау өңірлеріне кірмейді.',
  'eligibility.not_permanent': 'Жұмыс тұрақты емес, ал бағдарлама тұрақты жұмысқа көшуді ғана қолдайды.',
  'eligibility.employer_unchecked':
    'Бос орынды кәсіпорынның өзі жариялаған, оны жұмыспен қамту орталығы әлі тексерген жоқ.',
  'eligibility.home_region': 'Жұмыс отбасының өз өңірінде.',
  'eligibility.region_excluded': 'Отбасы бұл өңірден бас тартқан.',
  'eligibility.district_excluded': 'Отбасы бұл ауданнан бас тартқан.',
  'eligibility.housing_required': 'Отбасына баспана керек, ал жұмыс беруші оны бермейді.',
  'eligibility.pay_below_minimum': 'Жалақы бұл адам келісетін ең аз мөлшерден төмен.',
  'eligibility.pay_not_stated': 'Жалақы көрсетілмеген, ал бұл адам өзіне ең аз жалақыны белгілеген.',
  'eligibility.permanent_only': 'Бұл адамға тұрақты жұмыс керек, ал мұнда жұмыстың тұрақты екені айтылмаған.',
  'eligibility.occupation_unknown': 'Бұл жұмысқа қандай мамандық керегін анықтау мүмкін болмады.',
  'eligibility.occupation_unrelated': 'Бұл жұмысқа басқа мамандық керек.',
  'eligibility.medical_diploma_missing': 'Медициналық диплом керек.',
  'eligibility.teaching_diploma_missing': 'Педагогикалық диплом керек.',
  'eligibility.driving_category_missing': 'Жүргізуші куәлігінің керекті санаты жоқ.',
  'obstacle.nothing_open':
    'Бағдарлама көшуді қолдайтын өңірлерде бұл мамандық бойынша қазір бос орын жоқ. Бұл кез келген күні өзгеруі мүмкін.',
  'obstacle.medical_diploma':
    'Медициналық диплом керек, бірақ ол белгіленбеген: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.teaching_diploma':
    'Педагогикалық диплом керек, бірақ ол белгіленбеген: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.driving_category':
    'Жүргізуші куәлігінің белгіленбеген санаты керек: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.education_not_stated':
    'Білімі көрсетілмеген, сондықтан мүмкіндік аз деп есептеледі: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.minimum_pay':
    'Жалақы қалаған ең аз мөлшерден төмен немесе көрсетілмеген: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.permanent_only':
    'Тек тұрақты жұмыс керек, ал хабарландыруда ондай уәде жоқ: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.housing_required':
    'Жұмыс берушіден баспана керек, ал ол бермейді: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.excluded_places':
    'Жұмыс отбасы бас тартқан өңірде немесе ауданда: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
  'obstacle.low_chance':
    'Тәжірибеге, білімге, тілге немесе үміткерлер санына қарай мүмкіндік тым аз: {vacancies, plural, one {# бос орын} other {# бос орын}}.',
};
