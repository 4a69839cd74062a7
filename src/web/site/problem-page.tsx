import type { VNode } from 'preact';
import type { Problem } from '../../shared/problem.js';
import { Layout } from './layout.js';
import type { PageContext } from './page-context.js';

/** A refusal as a page: the same code as the API's answer, in words, and a way on. */
export function ProblemPage({ page, problem }: { page: PageContext; problem: Problem }): VNode {
  const { t, href } = page;
  const key = `status.${problem.status}`;
  const title = t(key) === key ? t(problem.status < 500 ? 'status.400' : 'status.500') : t(key);
  const words = t(
    problem.code,
    problem.code === 'request.invalid' ? { count: problem.fields.length, ...problem.params } : problem.params,
  );
  return (
    <Layout page={page} title={title}>
      <h1>{title}</h1>
      <p>{words}</p>
      {problem.fields.length === 0 ? null : (
        <ul>
          {problem.fields.map((field) => (
            <li key={field.field}>{t(field.code, field.params)}</li>
          ))}
        </ul>
      )}
      <p>
        <a href={href('/')}>{t('page.site.to_start')}</a>
      </p>
      <p class="hint" data-code={problem.code}>
        {t('page.site.problem_code', { code: problem.code })}
      </p>
    </Layout>
  );
}
