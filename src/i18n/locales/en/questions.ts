/** Refusals of questions and answers, and the message that an answer goes out in. */
export const questions = {
  'question.unknown': 'There is no such question here.',
  'question.iin_in_text': 'The text holds a number that looks like an IIN. Please take it out: nobody here needs it.',
  'question.contact_missing': 'Please say where the answer should go: a mobile number or an e-mail address.',
  'question.phone_invalid':
    'This is no mobile number of Kazakhstan. Please write it like +7 701 234 56 78, or give an e-mail address.',
  'question.email_invalid': 'This e-mail address cannot be right. Please check it.',
  'question.region_missing': 'Please choose the region.',
  'question.region_unknown': 'There is no such region.',
  'question.desk_unstaffed': 'Nobody works at that desk yet. Please choose another, or the programme’s own.',
  'question.same_desk': 'The question is there already. Please choose another centre.',
  'question.held': 'A colleague is answering this question.',
  'answer.unknown': 'There is no such public answer, or it was taken back.',
  'answer.not_answered': 'Only a question that has been answered can become public.',
  'answer.published': 'This answer is public already. A change of it is published, not kept as a draft.',
  'answer.not_public': 'This answer is not public.',
  'answer.contacts_in_text':
    'The text holds a phone number, an address or a number that leads to a person. It cannot become public like this.',
  'question.message.closed_title': 'Your question is closed',
  'question.message.closed_text':
    'You asked:\n{question}\n\nThe employment centre closed the question without an answer. {answer}\n\nYour question: {link}',
  'question.message.closed_sms': 'Qonys, your question is closed without an answer. {answer} {link}',
  'question.message.closed_sms_link': 'Qonys: your question is closed without an answer, why: {link}',
  'question.message.title': 'The answer to your question',
  'question.message.text':
    'You asked:\n{question}\n\nThe answer:\n{answer}\n\nQuestion and answer stand here: {link}\nWhoever has this link can read them. The help is free of charge: pay nobody for it.',
  'question.message.sms': 'Qonys, the answer to your question: {answer} {link}',
  'question.message.sms_link': 'Qonys: your question is answered: {link}',
};
