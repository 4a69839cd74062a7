export const matching = {
  'weights.invalid': 'The table of matching weights cannot be used: {faults}.',
  'match_run.unknown': 'There is no such run.',
  'match.vacancy_not_found': 'There is no such vacancy.',
  'mismatch.date_without_programme':
    'The date goes with the grouping “programme”; “{grouping}” does not change with time.',
  'mismatch.source_unknown': 'No vacancy comes from "{source}". A connector may be named too: {connectors}.',
  'part.pay': 'Pay against today’s, after the cost of living there',
  'part.housing': 'Housing, as the employer states it',
  'part.partner': 'The second adult’s chance of work in the same district',
  'part.services': 'Schools and medical care in the region',
  'part.settlement': 'The wished kind of settlement and region',
  'part.shortage': 'How much the region lacks people of this occupation',
  'part.support': 'Support money the household can claim',
  'part.corridor': 'Relatives or people from the same region already there',
  'part.occupation': 'How near the occupation is',
  'part.qualification': 'Education against what is asked for',
  'part.experience': 'Experience against what is asked for',
  'part.language': 'Languages against what is asked for',
  'part.competition': 'Openings against people of this occupation there',
  'part.congestion': 'Others have already been proposed for this post',
  'part.adult': 'One adult’s share of the household’s score',
  'part.partner_without_job': 'No job was found there for this adult',
  'local.part.pay': 'Pay against today’s',
  'local.part.services': 'Schools and medical care in your own region',
  'local.part.shortage': 'How much your own region lacks people of this occupation',
  'local.part.competition': 'Openings against people of this occupation in your own region',
  'move_mismatch.occupation':
    'For each seeker of this occupation there are {there, number, ::.00} openings where the job is and {home, number, ::.00} at home.',
  'sides.sector':
    'In the sector “{sector}” the north has {ratio, number, ::.00} vacancies for each one in the south: {verdict}.',
  'sides.occupation':
    'Of this occupation the north has {ratio, number, ::.00} vacancies for each one in the south, and in its whole sector, “{sector}”, {sectorRatio, number, ::.00}: {verdict}.',
  'sides.occupation_alone':
    'Of this occupation the north has {ratio, number, ::.00} vacancies for each one in the south: {verdict}.',
  'sides.only_north':
    'In the sector “{sector}” the north has {north, plural, one {# vacancy} other {# vacancies}}, the south none.',
  'sides.fewer_here': 'fewer there than here',
  'sides.fewer_south': 'fewer there than in the south',
  'sides.more_here': 'more there than here',
  'sides.more_south': 'more there than in the south',
  'sides.same_here': 'about as many there as here',
  'sides.same_south': 'about as many there as in the south',
  'sides.few': 'Only {counted, plural, one {# vacancy is} other {# vacancies are}} counted, so this can change soon.',
  'mismatch.nothing_open': 'Nothing is open of the occupation {isco} or of its sector, in north or south.',
  'check.speciality_differs': 'the speciality is to be checked against the diploma',
  'eligibility.no_consent': 'The household has not consented to matching.',
  'eligibility.no_wish_to_move': 'The household does not wish to move.',
  'eligibility.not_departure_region': 'The household’s region is not a departure region of the programme.',
  'eligibility.nobody_seeks_work': 'Nobody in the household is looking for work any more.',
  'eligibility.vacancy_closed': 'The vacancy has closed.',
  'eligibility.vacancy_expired': 'The vacancy’s term has run out.',
  'eligibility.no_openings': 'The vacancy states that it has no openings.',
  'eligibility.place_unknown': 'The vacancy does not say clearly in which district it is.',
  'eligibility.not_reception_region': 'The vacancy’s region is not a reception region of the programme.',
  'eligibility.not_permanent': 'The post is not permanent; the programme supports moves to permanent posts only.',
  'eligibility.employer_unchecked':
    'The firm posted this vacancy itself, and an employment centre has not checked the firm yet.',
  'eligibility.home_region': 'The vacancy is in the household’s own region.',
  'eligibility.region_excluded': 'The household has excluded this region.',
  'eligibility.district_excluded': 'The household has excluded this district.',
  'eligibility.housing_required': 'The household needs housing, and the employer does not offer it.',
  'eligibility.pay_below_minimum': 'The pay is below the least this person asks for.',
  'eligibility.pay_not_stated': 'The pay is not stated, and this person has set a least pay.',
  'eligibility.permanent_only': 'This person wants a permanent post, and this one is not stated to be.',
  'eligibility.occupation_unknown': 'The vacancy’s occupation could not be recognised.',
  'eligibility.occupation_unrelated': 'The vacancy asks for another occupation.',
  'eligibility.medical_diploma_missing': 'A medical diploma is needed.',
  'eligibility.teaching_diploma_missing': 'A teaching diploma is needed.',
  'eligibility.driving_category_missing': 'A category of the driving licence is missing.',
  'obstacle.nothing_open':
    'Nothing is open of this occupation now in the regions where the programme supports a move. This can change any day.',
  'obstacle.medical_diploma':
    'A medical diploma is needed and not ticked: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.teaching_diploma':
    'A teaching diploma is needed and not ticked: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.driving_category':
    'A category of the driving licence is needed and not ticked: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.education_not_stated':
    'The education is not said, so the chance counts as low: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.minimum_pay':
    'The pay is less than the least asked for, or not stated: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.permanent_only':
    'Only permanent work is wished, and the vacancy does not promise it: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.housing_required':
    'Housing is needed from the employer, who does not give it: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.excluded_places':
    'The vacancy is in a region or district that the household has ruled out: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
  'obstacle.low_chance':
    'The chance is too low by experience, education, languages or the number of applicants: {vacancies, plural, one {# vacancy} other {# vacancies}}.',
};
