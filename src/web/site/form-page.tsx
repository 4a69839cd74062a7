import type { ComponentChildren, VNode } from 'preact';
import { ErrorSummary, type FormState } from './fields.js';
import { Layout } from './layout.js';

/** A page that is about one form: its title, what is wrong with it, and the rest. */
export function FormPage({
  state,
  title,
  scripts,
  children,
}: {
  state: FormState;
  title: string;
  /** Scripts beside the site's own, by file name. */
  scripts?: readonly string[];
  children: ComponentChildren;
}): VNode {
  return (
    <Layout page={state.page} title={title} hasErrors={state.problems.length > 0} scripts={scripts}>
      <h1>{title}</h1>
      <ErrorSummary state={state} />
      {children}
    </Layout>
  );
}
