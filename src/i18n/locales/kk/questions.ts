export const questions = {
  'question.unknown': 'Мұндай сұрақ жоқ.',
  'question.iin_in_text': 'Мәтінде ЖСН-ге ұқсас сан бар. Оны алып тастаңыз: мұнда ол ешкімге керек емес.',
  'question.contact_missing': 'Жауапты қайда жіберу керегін жазыңыз: ұялы телефон нөмірі немесе электрондық пошта.',
  'question.phone_invalid':
    'Бұл Қазақстанның ұялы телефон нөмірі емес. Былай жазыңыз: +7 701 234 56 78, немесе электрондық поштаңызды көрсетіңіз.',
  'question.email_invalid': 'Электрондық пошта қате жазылған. Тексеріп шығыңыз.',
  'question.region_missing': 'Өңірді таңдаңыз.',
  'question.region_unknown': 'Мұндай өңір жоқ.',
  'question.desk_unstaffed': 'Ол орталықта әзірге ешкім жұмыс істемейді. Басқасын немесе бағдарлама бөлімін таңдаңыз.',
  'question.same_desk': 'Сұрақ сол орталықта тұр. Басқасын таңдаңыз.',
  'question.held': 'Бұл сұраққа әріптесіңіз жауап беріп жатыр.',
  'answer.unknown': 'Мұндай жарияланған жауап жоқ немесе ол алынып тасталған.',
  'answer.not_answered': 'Жауап берілген сұрақты ғана жариялауға болады.',
  'answer.published': 'Бұл жауап жарияланып қойған. Өзгерісі жобаға сақталмайды, бірден жарияланады.',
  'answer.not_public': 'Бұл жауап жарияланбаған.',
  'answer.contacts_in_text':
    'Мәтінде телефон, мекенжай немесе адамды танытатын нөмір бар. Осы күйінде жариялауға болмайды.',
  'question.message.closed_title': 'Сұрағыңыз жабылды',
  'question.message.closed_text':
    'Сіз сұрадыңыз:\n{question}\n\nЖұмыспен қамту орталығы сұрақты жауапсыз жапты. {answer}\n\nСұрағыңыз: {link}',
  'question.message.closed_sms': 'Qonys, сұрағыңыз жауапсыз жабылды. {answer} {link}',
  'question.message.closed_sms_link': 'Qonys: сұрағыңыз жауапсыз жабылды, себебі мұнда: {link}',
  'question.message.title': 'Сұрағыңызға жауап келді',
  'question.message.text':
    'Сіздің сұрағыңыз:\n{question}\n\nЖауабы:\n{answer}\n\nСұрақ пен жауап осы жерде тұр: {link}\nСілтемесі бар адамның бәрі оқи алады. Көмек тегін: ол үшін ешкімге ақша төлемеңіз.',
  'question.message.sms': 'Qonys, сұрағыңыздың жауабы: {answer} {link}',
  'question.message.sms_link': 'Qonys: сұрағыңызға жауап берілді: {link}',
};
