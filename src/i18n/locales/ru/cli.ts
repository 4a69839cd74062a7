/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Остановлено. Ничего не изменено.',
  'path.not_found': 'Файла {path} нет.',
  'path.unreadable': 'Файл {path} не удаётся прочитать.',
  'path.not_a_file': '{path} – это не файл.',
} as const;
