import type { VNode } from 'preact';
import type { PageContext } from './page-context.js';

/**
 * "Send to a relative": the address of a page that needs no account, to be copied or handed to a messenger. The links lead
 * away only when they are tapped; nothing of them is loaded.
 */
export function SendToRelative({
  page,
  path,
  text,
  what,
}: {
  page: PageContext;
  path: string;
  text: string;
  /** What is sent: says by its words who can read it. */
  what: 'vacancy' | 'quick';
}): VNode {
  const { t, href, origin } = page;
  const address = `${origin}${href(path)}`;
  const message = encodeURIComponent(`${text}\n${address}`);
  return (
    <section class="send" aria-labelledby="send">
      <h2 id="send">{t('page.vacancy.send')}</h2>
      <p class="soft">{t(`page.${what}.send_note`)}</p>
      <div class="field">
        <label for="send-address">{t(`page.${what}.send_address`)}</label>
        <input id="send-address" type="text" readOnly value={address} />
      </div>
      <p class="actions">
        <button type="button" class="button quiet" hidden data-share={address} data-done={t('page.site.link_copied')}>
          {t('page.site.share')}
        </button>
        <a class="button quiet" rel="noopener noreferrer" href={`https://wa.me/?text=${message}`}>
          {t('page.vacancy.send_whatsapp')}
        </a>
        <a
          class="button quiet"
          rel="noopener noreferrer"
          href={`https://t.me/share/url?url=${encodeURIComponent(address)}&text=${encodeURIComponent(text)}`}
        >
          {t('page.vacancy.send_telegram')}
        </a>
        <a class="button quiet" href={`sms:?body=${message}`}>
          {t('page.vacancy.send_sms')}
        </a>
      </p>
    </section>
  );
}
