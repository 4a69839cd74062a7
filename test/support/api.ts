import { TokenService, type TokenWish } from '../../src/auth/token.service.js';
import type { TestApp } from './app.js';

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed JSON body; undefined when there is none. */
  // Tests look into answers of every shape.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface ApiCall {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls the API as one who holds a token (null: nobody). */
export type Caller = (path: string, call?: ApiCall) => Promise<ApiAnswer>;

/** Someone with a token of that role: `signedIn(app, { role: 'officer', regionCode: 'KZ-59' })`. */
export async function signedIn(running: TestApp, wish: Omit<TokenWish, 'label'>): Promise<Caller> {
  const { token } = await running.app.get(TokenService).create({ ...wish, label: `test ${wish.role}` });
  return callerWith(running, token);
}

export function callerWith(running: TestApp, token: string | null): Caller {
  return async (path, { method, body, headers = {} } = {}) => {
    const response = await fetch(running.url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  };
}
