/** Words of the command line. */
export const cli = {
  'file.not_found': 'Файла {path} нет.',
  'file.unreadable': 'Файл {path} не удаётся прочитать.',
  'file.not_a_file': '{path} — это не файл.',
} as const;
