import type { InThreeLanguages } from '../../questions/public-answers.queries.js';
import type { About, AnswerTopic } from '../../questions/question-states.js';

/** The day on which the figures below were compared with `data/programme`. */
export const CHECKED_ON = '2026-11-22';

export interface DemoAnswer {
  about: About;
  aboutRegionCode: string | null;
  topic: AnswerTopic;
  question: InThreeLanguages;
  answer: InThreeLanguages;
}

/**
 * Invented questions with answers whose figures are the programme's own of 2026: `data/programme` (the spec counts them again).
 * Steps and conditions: order № 234 of 22 June 2023 as in force from 2026-01-01, as the press printed it.
 */
export const DEMO_ANSWERS: readonly DemoAnswer[] = [
  {
    about: 'programme',
    aboutRegionCode: null,
    topic: 'support',
    question: {
      kk: 'Көшкенде отбасына қанша ақша береді?',
      ru: 'Сколько денег дают семье на переезд?',
      en: 'How much money does a family get for moving?',
    },
    answer: {
      kk: '2026 жылы отбасының әр мүшесіне бір рет 70 АЕК беріледі: 70 × 4 325 = 302 750 теңге. Төрт адамнан тұратын отбасына барлығы 1 211 000 теңге. Ақшаны өңірлік комиссия шешім шығарғаннан кейін төлейді.',
      ru: 'В 2026 году каждому члену семьи один раз выплачивают 70 МРП: 70 × 4 325 = 302 750 тенге. Семье из четырёх человек это 1 211 000 тенге. Деньги платят после решения региональной комиссии.',
      en: 'In 2026 each member of the family gets 70 MCI once: 70 × 4,325 = 302,750 tenge. For a family of four that is 1,211,000 tenge. It is paid after the regional commission has decided.',
    },
  },
  {
    about: 'programme',
    aboutRegionCode: null,
    topic: 'housing',
    question: {
      kk: 'Пәтер жалдауға көмектесе ме? Неше ай?',
      ru: 'Помогают ли с арендой жилья и сколько месяцев?',
      en: 'Is there help with the rent, and for how many months?',
    },
    answer: {
      kk: 'Иә, 12 ай. Сома бүкіл отбасына бір айға есептеледі: 2026 жылы ауылда жалғыз тұратын адамға 15 АЕК (64 875 теңге), қалада бес және одан көп адамға 30 АЕК (129 750 теңге). Нақты соманы есептеуіш көрсетеді.',
      ru: 'Да, 12 месяцев. Сумма рассчитывается на всю семью в месяц: в 2026 году от 15 МРП (64 875 тенге) одному человеку в селе до 30 МРП (129 750 тенге) семье из пяти и более человек в городе. Точную сумму покажет калькулятор.',
      en: 'Yes, for 12 months. The sum is for the whole family and a month: in 2026 from 15 MCI (64,875 tenge) for one person in a village to 30 MCI (129,750 tenge) for five and more in a town. The calculator shows yours.',
    },
  },
  {
    about: 'programme',
    aboutRegionCode: null,
    topic: 'housing',
    question: {
      kk: 'Экономикалық ұтқырлық сертификаты деген не, үй алуға бола ма?',
      ru: 'Что такое сертификат экономической мобильности, можно ли купить на него дом?',
      en: 'What is the certificate of economic mobility, and can one buy a home with it?',
    },
    answer: {
      kk: 'Бұл қайтарылмайтын ақша: баспана сатып алуға, салуға немесе ипотеканың бастапқы жарнасына жұмсалады. 2026 жылғы 1 қаңтардан бастап ең көбі 1 625 АЕК, яғни 7 028 125 теңге. Баспана көшіп барған елді мекенде болуы керек.',
      ru: 'Это невозвратные деньги на покупку или строительство жилья либо на первый взнос по ипотеке. С 1 января 2026 года не больше 1 625 МРП, то есть 7 028 125 тенге. Жильё должно быть в том населённом пункте, куда вы переехали.',
      en: 'It is money that is not paid back, for buying or building a home or for the down payment of a mortgage. From 1 January 2026 it is at most 1,625 MCI, which is 7,028,125 tenge. The home must be in the place you have moved to.',
    },
  },
  {
    about: 'programme',
    aboutRegionCode: null,
    topic: 'papers',
    question: {
      kk: 'Бағдарламаға кім қатыса алады, өтінішті қайда береді?',
      ru: 'Кто может участвовать в программе и куда подавать заявление?',
      en: 'Who may take part in the programme, and where does one apply?',
    },
    answer: {
      kk: '2026 жылы: жұмыс іздеуші немесе жұмыссыз ретінде тіркелген және тұрып жатқан өңірінде кемінде бір жыл тұрақты тіркеуі бар азаматтар. Өтінішті migration.enbek.kz сайтында, «Азаматтарға арналған үкімет» мемлекеттік корпорациясында немесе eGov арқылы береді.',
      ru: 'В 2026 году: граждане, которые зарегистрированы как ищущие работу или безработные и не меньше года постоянно прописаны в своём регионе. Заявление подают на migration.enbek.kz, в Государственной корпорации «Правительство для граждан» или через eGov.',
      en: 'In 2026: citizens who are registered as seeking work or unemployed and have been permanently registered in their region for at least a year. One applies at migration.enbek.kz, at the State Corporation “Government for Citizens” or through eGov.',
    },
  },
  {
    about: 'region',
    aboutRegionCode: 'KZ-59',
    topic: 'move',
    question: {
      kk: 'Солтүстік Қазақстан облысы 2026 жылы қанша адам қабылдайды?',
      ru: 'Сколько человек примет Северо-Казахстанская область в 2026 году?',
      en: 'How many people does the North Kazakhstan region take in in 2026?',
    },
    answer: {
      kk: '2026 жылға арналған квота: 2 820 адам. Квота жыл ішінде өзгеруі мүмкін; орын қалмаса, өтініш кезекке қойылады.',
      ru: 'Квота на 2026 год: 2 820 человек. В течение года её могут изменить; если мест нет, заявление ждёт своей очереди.',
      en: 'The quota of 2026 is 2,820 people. It may be changed during the year; where no places are left, an application waits in order.',
    },
  },
  {
    about: 'region',
    aboutRegionCode: 'KZ-11',
    topic: 'move',
    question: {
      kk: 'Ақмола облысына бағдарламамен көшуге бола ма?',
      ru: 'Можно ли по программе переехать в Акмолинскую область?',
      en: 'Can one move to the Akmola region under the programme?',
    },
    answer: {
      kk: '2026 жылы Ақмола облысына ішкі қоныс аударушылар үшін квота берілмеген, тек қандастар үшін бар. Көшіп барғыңыз келсе, қабылдаушы жеті өңірді қараңыз: Солтүстік Қазақстан, Павлодар, Шығыс Қазақстан, Қостанай, Абай, Ұлытау және Қарағанды.',
      ru: 'На 2026 год у Акмолинской области нет квоты для переселенцев внутри страны, есть только для кандасов. Переселенцев принимают семь регионов: Северо-Казахстанская, Павлодарская, Восточно-Казахстанская, Костанайская, Абай, Улытау и Карагандинская области.',
      en: 'For 2026 the Akmola region has no quota for settlers from within the country, only one for kandas. Seven regions take settlers: North Kazakhstan, Pavlodar, East Kazakhstan, Kostanay, Abai, Ulytau and Karaganda.',
    },
  },
];

/** Invented questions that still wait at a desk, by how many days ago they were asked. */
export const DEMO_QUESTIONS: readonly {
  language: 'kk' | 'ru';
  regionCode: string | null;
  text: string;
  daysAgo: number;
}[] = [
  {
    language: 'kk',
    regionCode: 'KZ-59',
    daysAgo: 9,
    text: 'Қызылжар ауданына көшсек, балабақшада орын бола ма? Екі балам бар.',
  },
  {
    language: 'ru',
    regionCode: 'KZ-59',
    daysAgo: 1,
    text: 'Можно ли сначала приехать одному посмотреть жильё, а семью привезти потом?',
  },
  { language: 'kk', regionCode: 'KZ-55', daysAgo: 2, text: 'Екібастұзда екеумізге де жұмыс табыла ма?' },
  { language: 'ru', regionCode: null, daysAgo: 1, text: 'Нужно ли возвращать деньги, если мы уедем обратно?' },
];
