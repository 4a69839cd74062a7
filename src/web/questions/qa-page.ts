import type { Language } from '../../i18n/i18n.js';
import type { PublicAnswer } from '../../questions/public-answers.queries.js';

type Json = { [name: string]: Json | string | number };

/** A public answer as a schema.org QAPage, as search engines read it: one question, one accepted answer. */
export function qaPage(
  { question, answer, publishedAt, helpful }: PublicAnswer,
  { language, url, author }: { language: Language; url: string; author: string },
): Json {
  const by = { '@type': 'Organization', name: author };
  return {
    '@context': 'https://schema.org',
    '@type': 'QAPage',
    inLanguage: language,
    url,
    mainEntity: {
      '@type': 'Question',
      name: question[language],
      text: question[language],
      answerCount: 1,
      datePublished: publishedAt.toISOString(),
      acceptedAnswer: {
        '@type': 'Answer',
        text: answer[language],
        url,
        datePublished: publishedAt.toISOString(),
        upvoteCount: helpful,
        author: by,
      },
    },
  };
}
