import type { VNode } from 'preact';
import { Form } from '../site/fields.js';
import type { PageContext } from '../site/page-context.js';
import { type Names, caseInOneLine } from './blocks.js';
import type { QueueList } from './centre.form.js';
import { type Done, stands, undoOf } from './done.js';

/** What was done to which case, and honestly whether it can be taken back. */
export function DoneWords({
  page,
  names,
  done,
  list,
}: {
  page: PageContext;
  names: Names;
  done: Done;
  list: QueueList;
}): VNode {
  const { t, href } = page;
  const { action, view } = done;
  const undo = undoOf(done);
  return (
    <>
      <p>
        <strong>{t(`page.centre.done_${action}`)}</strong>{' '}
        <a href={href(`/centre/cases/${view.id}`)}>{caseInOneLine(page, names, view)}</a>
      </p>
      {!stands(done) ? (
        <p>{t('page.centre.done_changed', { status: t(`page.centre.status_${view.status}`) })}</p>
      ) : undo === null ? (
        <p class="hint">{t(`page.centre.final_${action}`)}</p>
      ) : action === 'claim' ? null : (
        <Form page={page} action={`/centre/cases/${view.id}/${undo}`}>
          <input type="hidden" name="version" value={view.version} />
          <input type="hidden" name="list" value={list} />
          <button type="submit" class="button quiet">
            {t(`page.centre.undo_${action}`)}
          </button>
        </Form>
      )}
    </>
  );
}
