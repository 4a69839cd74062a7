export const employers = {
  'employer.not_found': 'There is no such employer.',
  'employer.not_own': 'The vacancy is not of {name}; a firm imports only its own.',
  'employer.name_invalid': 'This is not the name of a firm.',
  'employer.has_account': 'This firm already has an account. Ask a colleague who has it, or the employment centre.',
  'employer.bin_required': 'Enter the firm’s BIN: 12 digits.',
};
