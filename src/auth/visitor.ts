import type { Request } from 'express';
import type { Language } from '../i18n/language.js';

/** The browser in front of us, as far as accounts ask: its cookies, its name, where it is, the reader's language. */
export interface Visitor {
  /** The address, behind as many proxies as TRUST_PROXY says. */
  address: string;
  /** The Cookie header. */
  cookies: string;
  userAgent: string;
  language: Language;
}

export function visitorOf(request: Request, language: Language): Visitor {
  return {
    address: request.ip ?? '',
    cookies: request.headers.cookie ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    language,
  };
}
