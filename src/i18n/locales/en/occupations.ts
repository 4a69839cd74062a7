export const occupations = {
  'occupation.regulated.medicine': 'a medical diploma is needed',
  'occupation.regulated.teaching': 'a teaching diploma is needed',
  'occupation.regulated.driving': 'a driving licence of the right category is needed',
};
