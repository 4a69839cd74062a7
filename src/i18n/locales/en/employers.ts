export const employers = {
  'employer.not_found': 'There is no such employer.',
  'employer.not_own': 'The vacancy is not of {name}; a firm imports only its own.',
  'employer.name_invalid': 'This is not the name of a firm.',
  'employer.bin_required': 'Enter the firm’s BIN: 12 digits.',
};
