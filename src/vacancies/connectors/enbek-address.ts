/** Enbek's numeric id in the address of one of its vacancy pages (`…/vacancy/<slug>~5916687`, `/ru/vacancy/5916687`); null for any other address. */
export function enbekIdOfUrl(url: string, base = 'https://www.enbek.kz'): string | null {
  if (!URL.canParse(url, base)) return null;
  const { hostname, pathname } = new URL(url, base);
  if (!isEnbekHost(hostname)) return null;
  return /\/vacancy\/(?:[^/]*~)?(\d{1,18})\/?$/.exec(pathname)?.[1] ?? null;
}

/** Whether an origin is an address outside Enbek's site: what is read there may say anything, but does not speak for Enbek. */
export function isForeignAddress(origin: string): boolean {
  if (!/^https?:\/\//i.test(origin)) return false;
  return !URL.canParse(origin) || !isEnbekHost(new URL(origin).hostname);
}

function isEnbekHost(hostname: string): boolean {
  return hostname === 'enbek.kz' || hostname === 'www.enbek.kz';
}

const UID = /(?<![A-Za-z0-9])PR[0-9a-f]{10,20}(?![A-Za-z0-9])/;

/** Enbek's second id («ID вакансии PR9a61bce3f3b7d5») in a text; null when there is none. */
export function enbekUidOf(text: string): string | null {
  return UID.exec(text)?.[0] ?? null;
}
