/** The key of the words for a step of an application: a family's `return` is another thing than a proposal's. */
export function applicationStepWord(action: string): string {
  return action === 'return' ? 'page.application.step_return' : `page.centre.action_${action}`;
}
