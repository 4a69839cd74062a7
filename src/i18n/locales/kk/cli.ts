/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Тоқтатылды. Ештеңе өзгерген жоқ.',
  'path.not_found': '{path} файлы жоқ.',
  'path.unreadable': '{path} файлын оқу мүмкін емес.',
  'path.not_a_file': '{path} – файл емес.',
} as const;
