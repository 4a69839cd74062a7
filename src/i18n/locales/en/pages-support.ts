/** The calculator of the programme’s support. */
export const pagesSupport = {
  'page.support.title': 'What the programme pays those who move',
  'page.support.description':
    'Support for moving north: money for the move, rent, a home, courses; by the rules of the day, with their sources.',
  'page.support.lead':
    'Say how many of you move and where to. You see each kind of support, in tenge, with its source.',
  'page.support.members': 'How many of you move?',
  'page.support.members_hint': 'With children.',
  'page.support.place': 'Where to?',
  'page.support.place_hint': 'A town or a village in a region that takes people in.',
  'page.support.place_meant': 'Perhaps: {places}',
  'page.support.place_missing': 'Name the town or village you think of.',
  'page.support.place_unclear': 'There is no such place, or several of this name: name its region too.',
  'page.support.on': 'On which day?',
  'page.support.on_hint': 'Leave it empty for today. Amounts change with the year.',
  'page.support.ask': 'Work it out',
  'page.support.again': 'Ask for others',
  'page.support.for': '{members, plural, one {# person} other {# people}} · {place} · by the rules of {on, date, day}',
  'page.support.first_year': 'In the first year at least {amount}',
  'page.support.at_most': 'With a housing certificate up to {amount}; it is for buying or building a home only.',
  'page.support.decided':
    'It is paid to those whom the region’s commission takes into the quota. Nobody can promise it beforehand.',
  'page.support.employer_title': 'To the employer',
  'page.support.monthly': '{amount} a month, {months, plural, one {# month} other {# months}}',
  'page.support.rule_moving_grant': '70 MCI for {members, plural, one {you} other {each of # people}}.',
  'page.support.rule_rent': 'For the household as a whole: by its size, more in towns than in villages.',
  'page.support.rule_housing_certificate':
    'For buying or building a home where you settle, or for the first payment of a mortgage. It need not be paid back.',
  'page.support.rule_short_course': 'The course is paid for you; ask the employment centre which ones begin soon.',
  'page.support.rule_employer_subsidy':
    'Paid to the employer for each worker from the programme who is hired for two years at least and housed.',
  'page.support.why': 'Where this comes from',
  'page.support.mci': 'Monthly calculation indices (MCI)',
  'page.support.source': 'Source',
  'page.support.index': 'One MCI is {amount} on {on, date, day}.',
  'page.support.link': 'What would the programme pay us?',
};
