/** Words of the command line. */
export const cli = {
  'file.not_found': 'There is no file {path}.',
  'file.unreadable': 'The file {path} cannot be read.',
  'file.not_a_file': '{path} is not a file.',
} as const;
