export const employers = {
  'employer.not_found': 'There is no such employer.',
  'employer.not_own': 'The vacancy is not of {name}; a firm imports only its own.',
  'employer.name_invalid': 'This is not the name of a firm.',
  'employer.has_account': 'This firm is known already. Ask a colleague who has its account, or the employment centre.',
  'employer.bin_required': 'Enter the firm’s BIN: 12 digits.',
};
