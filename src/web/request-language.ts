import type { Request } from 'express';
import { type Language, chooseLanguage, isLanguage } from '../i18n/i18n.js';

/** The caller's language: `?lang=`, else `Accept-Language`, else English, as programs expect of an API. */
export function requestLanguage(request: Request): Language {
  const wish = URL.parse(request.url, 'http://localhost')?.searchParams.get('lang');
  return isLanguage(wish) ? wish : chooseLanguage(request.headers['accept-language']);
}
