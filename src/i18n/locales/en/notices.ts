/**
 * Words of notices to households. `notice.sms.*` must fit three parts of an SMS together with the names they carry;
 * `notice.sms.words` lists the usual abbreviations of places there.
 */
export const notices = {
  'notice.demo': 'DEMO, invented data. ',
  'notice.sms.demo': 'DEMO. ',
  'notice.sms.words': 'область=обл.; район=р-н; Region=reg.; region=reg.',
  'notice.approved.title': 'Work for your household: {district}',
  'notice.approved.text':
    'Good news: the employment centre has approved {count, plural, one {a job} other {two jobs}} for your household.\n\n{jobs}\n\nWhere: {place}.\n{housing}\n\nWhat happens next: the employment centre will contact you and talk it over with you. Nothing is settled until you agree. The help is free of charge: pay nobody for it.',
  'notice.sms.approved': 'Qonys: work: {jobs}. {place} {housing} The centre will contact you.',
  'notice.returned.title': 'The employment centre needs a little more from you',
  'notice.returned.text':
    'The employment centre is looking at an offer for your household and cannot decide yet.\n\n{jobs}\n\nWhere: {place}.\n\nWhat is missing: {missing}\n\nPlease send it to your employment centre or bring it there. The decision goes on as soon as it is there.',
  'notice.sms.returned':
    'Qonys: {place} To decide on your offer the employment centre needs: {missing} Please bring or send it.',
  'notice.missing.unstated': 'the centre will tell you what exactly.',
  'notice.withdrawn.title': 'A correction: the offer in {district} no longer stands',
  'notice.withdrawn.text':
    'We are sorry: the offer we told you about no longer stands. {change}\n\n{jobs}\n\nWhere: {place}.\n\nPlease do not set out because of our earlier message. {searching, select, over {You can come back to us at any time.} no {As you asked, we no longer search for work for your household. You can come back to us at any time.} other {We are already searching for other work for your household and will write to you when there is an offer.}}',
  'notice.sms.withdrawn':
    'Qonys: sorry, our offer no longer stands: {jobs}, {place} {change} {searching, select, over {You can come back to us at any time.} no {We no longer search for you, as you asked.} other {We are searching again for you.}}',
  'notice.change.vacancy_closed': 'The vacancy has closed.',
  'notice.change.pay_reduced': 'The employer has lowered the pay.',
  'notice.change.housing_lost': 'The employer no longer offers housing.',
  'notice.change.occupation_changed': 'The job is for another occupation.',
  'notice.change.employment_worsened': 'The job is no longer permanent.',
  'notice.change.moved': 'The job is now in another place.',
  'notice.change.partner_placement_lost': 'One of the two jobs is gone.',
  'notice.change.household_asked': 'You asked for it yourselves.',
  'notice.change.wish_changed': 'It no longer fits the wishes that you have stated since.',
  'notice.change.household_changed': 'Other people belong to your household now.',
  'notice.change.consent_withdrawn': 'You withdrew your consent.',
  'notice.change.second_chance_over': 'You no longer need it, or the time to take this job is over.',
  'notice.change.household_dismissed': 'You said that you are not interested in it.',
  'notice.change.other': 'Its conditions have changed.',
  'notice.job': '– {title}: {pay}',
  'notice.pay.range': '{min}–{max} a month',
  'notice.pay.from': 'from {min} a month',
  'notice.pay.to': 'up to {max} a month',
  'notice.pay.exact': '{min} a month',
  'notice.pay.unstated': 'the employer does not state the pay',
  'notice.sms.pay.range': '{title} {min}-{max}k tg',
  'notice.sms.pay.from': '{title} from {min}k tg',
  'notice.sms.pay.to': '{title} up to {max}k tg',
  'notice.sms.pay.exact': '{title} {min}k tg',
  'notice.sms.pay.unstated': '{title}, pay not stated',
  'notice.housing.provided': 'Housing: provided, as the employer states; nobody has checked it yet.',
  'notice.housing.help': 'Housing: help with finding it, as the employer states; nobody has checked it yet.',
  'notice.housing.none': 'Housing: the employer offers none.',
  'notice.housing.unstated': 'Housing: the employer says nothing about it.',
  'notice.housing.provided_inspected': 'Housing: provided; the employment centre has seen it.',
  'notice.housing.help_inspected': 'Housing: help with finding it, confirmed by the employment centre.',
  'notice.sms.housing.provided': 'Housing: employer says yes (unchecked).',
  'notice.sms.housing.help': 'Housing: employer says help (unchecked).',
  'notice.sms.housing.none': 'No housing.',
  'notice.sms.housing.unstated': 'Housing not stated.',
  'notice.sms.housing.provided_inspected': 'Housing: yes, checked.',
  'notice.sms.housing.help_inspected': 'Housing: help, checked.',
  'notice.application.title':
    '{state, select, applied {Your application has arrived} papers_missing {Papers are missing for your application} forwarded {Your application is with the commission} waiting_quota {Positive decision: you wait for a place} approved {Approved: a place is kept for you} contracted {Your contract is signed} arrived {Welcome!} settled {A year after the move} returned {Your move is over} refused {Your application was refused} withdrawn {Your application is withdrawn} lapsed {Your application has ended} interest_lapsed {Your interest has ended} other {Your application}}',
  'notice.application.text':
    '{now}{missing}\n\nWhere: {place}.\n\n{waits}\n\nYou see every step at any time in Qonys under "My application". Help is free: pay nobody for it.',
  'notice.application.waits': 'It is now with: {owner}, until {day, date, day}.',
  'notice.application.missing': '\n\nReason: {reason}',
  'notice.sms.application': 'Qonys: {title}. {place} {missing} {waits}',
  'notice.job_lost.title': 'The job of your application is gone',
  'notice.job_lost.text':
    '{change}\n\n{jobs}\n\nWhere: {place}.\n\nYour application stays where it is{kept, select, yes {, and the place kept for you stays yours for now} other {}}. The employment centre will talk to you about another job. Please do not set out before that.',
  'notice.sms.job_lost':
    'Qonys: the job of your application is gone: {jobs}, {place} {change} Your application stays; the centre will call.',
};
