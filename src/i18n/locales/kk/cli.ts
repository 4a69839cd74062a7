/** Words of the command line. */
export const cli = {
  'file.not_found': '{path} файлы жоқ.',
  'file.unreadable': '{path} файлын оқу мүмкін емес.',
  'file.not_a_file': '{path} — файл емес.',
} as const;
