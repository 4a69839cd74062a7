/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Остановлено. Ничего не изменено.',
  'cli.interrupted': 'Остановлено.',
  'path.not_found': 'Файла {path} нет.',
  'path.unreadable': 'Файл {path} не удаётся прочитать.',
  'path.not_a_file': '{path} – это не файл.',
  'cli.ingest.counts':
    'Источник {source}: прочитано {read}, добавлено {inserted}, изменено {updated}, без изменений {unchanged}, закрыто {closed}, отклонено {rejected}.',
  'cli.ingest.refused': 'Ничего не применено: {reason}',
  'cli.ingest.more': '… и ещё {more}: qonys rejected',
  'cli.demo.done': 'Внесено семей: {households}, составлено предложений: {proposals}.',
  'cli.resolve.one_of': 'Укажите название или --file с файлом CSV.',
  'cli.resolve.no_title_column': 'В первой строке {path} нет столбца title.',
  'cli.resolve.not_utf8': 'Файл {path} не в кодировке UTF-8. Сохраните его как «CSV UTF-8».',
  'cli.resolve.unknown_areas': 'Строк, где profobl не называет области Enbek (прочитаны без неё): {count, number}.',
  'cli.resolve.unreadable': '{path} – не CSV: строка {line} не читается.',
  'cli.rejected.none': 'Отклонённых записей нет.',
  'cli.rejected.more': '… и ещё {more}: --limit',
  'cli.rejected.rest_waits': 'То, о чём сообщено, принято; остальное ещё ждёт повторного чтения.',
  'cli.rejected.nothing_to_retry': 'Повторять нечего.',
  'cli.rejected.unread':
    '{count, plural, one {# строку} few {# строки} many {# строк} other {# строки}} разобрать не удалось: повторное чтение такого не берёт. Исправьте в файле и отправьте файл снова.',
  'cli.migrate.up_to_date': 'Схема базы уже новейшая.',
  'cli.migrate.ran': 'Выполнено: {names}.',
  'cli.token.revoked': 'Отозван {id}.',
  'cli.token.once': 'Токен {id}. Он показан один раз; храните его там, где хранят секреты.',
} as const;
