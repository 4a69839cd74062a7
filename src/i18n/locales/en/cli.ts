/** Words of the command line. */
export const cli = {
  'cli.stopped': 'Stopped. Nothing was applied.',
  'path.not_found': 'There is no file {path}.',
  'path.unreadable': 'The file {path} cannot be read.',
  'path.not_a_file': '{path} is not a file.',
} as const;
