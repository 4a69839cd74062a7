/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Тоқтатылды. Ештеңе өзгерген жоқ.',
  'cli.interrupted': 'Тоқтатылды.',
  'path.not_found': '{path} файлы жоқ.',
  'path.unreadable': '{path} файлын оқу мүмкін емес.',
  'path.not_a_file': '{path} – файл емес.',
  'cli.ingest.counts':
    '{source} дереккөзі: оқылды {read}, қосылды {inserted}, өзгертілді {updated}, өзгермеді {unchanged}, жабылды {closed}, қабылданбады {rejected}.',
  'cli.ingest.refused': 'Ештеңе қолданылған жоқ: {reason}',
  'cli.ingest.more': '… және тағы {more}: qonys rejected',
  'cli.demo.done': 'Енгізілген отбасы саны: {households}, жасалған ұсыныс саны: {proposals}.',
  'cli.resolve.one_of': 'Атауын не --file арқылы CSV файлын беріңіз.',
  'cli.resolve.no_title_column': '{path} файлының бірінші жолында title бағаны жоқ.',
  'cli.resolve.not_utf8': '{path} файлы UTF-8 кодтауында емес. Оны «CSV UTF-8» түрінде сақтаңыз.',
  'cli.resolve.unknown_areas': 'profobl мәні Enbek саласы емес жолдар (саласыз оқылды): {count, number}.',
  'cli.resolve.unreadable': '{path} – CSV емес: {line}-жол оқылмайды.',
  'cli.rejected.none': 'Қабылданбаған жазба жоқ.',
  'cli.rejected.more': '… және тағы {more}: --limit',
  'cli.rejected.rest_waits': 'Хабарланғандары қабылданды; қалғандары қайта оқуды әлі күтіп тұр.',
  'cli.rejected.nothing_to_retry': 'Қайталайтын ештеңе жоқ.',
  'cli.rejected.unread':
    '{count, plural, one {# жолды} other {# жолды}} талдау мүмкін болмады: қайта оқу мұндай жолды алмайды. Файлда түзетіп, файлды қайта жіберіңіз.',
  'cli.migrate.up_to_date': 'Дерекқор сызбасы жаңартылып қойған.',
  'cli.migrate.ran': 'Орындалды: {names}.',
  'cli.token.revoked': '{id} күші жойылды.',
  'cli.token.once': '{id} токені. Ол бір рет қана көрсетіледі; құпия сақталатын жерде сақтаңыз.',
} as const;
