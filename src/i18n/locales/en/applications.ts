export const applications = {
  'match.unknown': 'There is no such match.',
  'match.not_approved': 'The employment centre has not approved this match, or it no longer stands.',
  'interest.unknown': 'There is no such interest, or it was taken back.',
  'interest.no_employer': 'The vacancy names no firm that could see your contact; the employment centre will call you.',
  'interest.mail.title': 'A household is interested in a match that you approved',
  'interest.mail.text':
    'A household is interested in a match that your centre approved. Please call them and the employer:\n{link}\n\nWhom you may show their contact stands there.',
  'share.unknown': 'This link is not one of ours. Perhaps a part of it is missing.',
  'share.over': 'This link is over: it was taken back or its time has run out. Ask whoever sent it for a new one.',
};
