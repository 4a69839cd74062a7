export const occupations = {
  'occupation.regulated.medicine': 'нужен медицинский диплом',
  'occupation.regulated.teaching': 'нужен педагогический диплом',
  'occupation.regulated.driving': 'нужны водительские права нужной категории',
};
