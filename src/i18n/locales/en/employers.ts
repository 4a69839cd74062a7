export const employers = {
  'employer.not_found': 'There is no such employer.',
  'employer.not_own': 'The vacancy is not of {name}; a firm imports only its own.',
  'employer.name_invalid': 'This is not the name of a firm.',
  'employer.owner_only': 'Only the owner of the firm’s account invites colleagues.',
  'employer.account_unanswered': 'Say whether this person works at the firm.',
  'employer.bin_unknown': 'No firm with this BIN is known here.',
  'employer.bin_missing': 'This firm has no BIN here, so there is nothing to check it by: it must state its BIN first.',
  'employer.not_verified': 'This firm is not verified yet: verify it first, or let it register by itself.',
  'employer.bin_required': 'Enter the firm’s BIN: 12 digits.',
};
