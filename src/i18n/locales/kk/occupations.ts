export const occupations = {
  'occupation.regulated.medicine': 'медициналық диплом қажет',
  'occupation.regulated.teaching': 'педагогикалық диплом қажет',
  'occupation.regulated.driving': 'тиісті санаттағы жүргізуші куәлігі қажет',
};
