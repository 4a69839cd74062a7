export const questions = {
  'question.unknown': 'Такого вопроса здесь нет.',
  'question.iin_in_text': 'В тексте есть число, похожее на ИИН. Уберите его, пожалуйста: здесь он никому не нужен.',
  'question.contact_missing': 'Укажите, куда прислать ответ: номер мобильного телефона или адрес электронной почты.',
  'question.phone_invalid':
    'Это не номер мобильного телефона Казахстана. Напишите его так: +7 701 234 56 78, или укажите электронную почту.',
  'question.email_invalid': 'В адресе электронной почты ошибка. Проверьте его, пожалуйста.',
  'question.region_missing': 'Выберите регион.',
  'question.region_unknown': 'Такого региона нет.',
  'question.desk_unstaffed': 'В этом центре пока никто не работает. Выберите другой или отдел программы.',
  'question.same_desk': 'Вопрос уже находится там. Выберите другой центр.',
  'question.held': 'На этот вопрос уже отвечает коллега.',
  'answer.unknown': 'Такого опубликованного ответа нет, или его сняли.',
  'answer.not_answered': 'Опубликовать можно только вопрос, на который уже ответили.',
  'answer.published': 'Этот ответ уже опубликован. Изменения в нём публикуют, а не сохраняют черновиком.',
  'answer.not_public': 'Этот ответ не опубликован.',
  'answer.contacts_in_text':
    'В тексте есть телефон, адрес или номер, который указывает на человека. В таком виде публиковать нельзя.',
  'question.message.closed_title': 'Ваш вопрос закрыт',
  'question.message.closed_text':
    'Вы спросили:\n{question}\n\nЦентр занятости закрыл вопрос без ответа. {answer}\n\nВаш вопрос: {link}',
  'question.message.closed_sms': 'Qonys, ваш вопрос закрыт без ответа. {answer} {link}',
  'question.message.closed_sms_link': 'Qonys: ваш вопрос закрыт без ответа, почему – здесь: {link}',
  'question.message.title': 'Ответ на ваш вопрос',
  'question.message.text':
    'Вы спросили:\n{question}\n\nОтвет:\n{answer}\n\nВопрос и ответ можно прочитать здесь: {link}\nИх прочтёт каждый, у кого есть эта ссылка. Помощь бесплатна: никому за неё не платите.',
  'question.message.sms': 'Qonys, ответ на ваш вопрос: {answer} {link}',
  'question.message.sms_link': 'Qonys: на ваш вопрос ответили: {link}',
};
