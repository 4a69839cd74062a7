import { betterAuth } from 'better-auth';
import { phoneNumber, twoFactor } from 'better-auth/plugins';
import { APIError } from 'better-auth/api';
import type pg from 'pg';
import { newId } from '../shared/ids.js';
import { NO_MAIL } from './account.js';
import { keyedHash } from './keyed-hash.js';

/** What the library needs of us. */
export interface AuthLibraryOptions {
  pool: pg.Pool;
  secret: Buffer;
  publicUrl: string;
  /** `language` as `headersOf` handed it over. */
  sendCode(phone: string, code: string, language: string | null): Promise<void>;
  sendPasswordLink(userId: string, token: string): Promise<void>;
}

const SECONDS = { minute: 60, hour: 3_600, day: 86_400 };
export const CODE_SECONDS = 5 * SECONDS.minute;
/** Wrong tries at a code from all addresses together; a single address has five (`code_tries`), so that it leaves some. */
export const CODE_ATTEMPTS = 10;
const MIGRANT_SESSION_SECONDS = 30 * SECONDS.day;
const STAFF_SESSION_SECONDS = 12 * SECONDS.hour;
/** A migrant's session is put off at most once a day. */
export const SLIDE_SECONDS = SECONDS.day;
const RESET_SECONDS = SECONDS.hour;
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
const ISSUER = 'Qonys';

/** Longer than the library takes a code for: its own step of 30 s, the one before and the one after. */
const USED_CODE_KEPT_MS = 5 * 60_000;

/** The paths whose code signs in once. */
const TOTP_PATH = '/two-factor/verify-totp';

/** Six digits with their count of wrong tries, as the library writes a new one-time code. */
const FRESH_CODE = /^(\d{6}):(\d+)$/;

export type AuthLibrary = ReturnType<typeof makeAuthLibrary>;

/**
 * better-auth, configured. Its HTTP routes are not mounted: `AccountsService` calls its server functions. Cookies are
 * host-only, http-only and SameSite=Lax, and secure with the `__Host-` prefix when people come by https.
 */
export function makeAuthLibrary(options: AuthLibraryOptions) {
  const { pool, secret, publicUrl } = options;
  const secure = publicUrl.startsWith('https://');
  const given = { input: false, required: false } as const;
  return betterAuth({
    appName: ISSUER,
    baseURL: publicUrl,
    secret: secret.toString('base64'),
    database: pool,
    telemetry: { enabled: false },
    // Its warnings name addresses; what fails is thrown, and logged by the program without them.
    logger: { disabled: true },
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: secure ? '__Host-qonys' : 'qonys',
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    user: {
      modelName: 'auth_user',
      fields: { name: 'label', emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: {
        role: { type: 'string', ...given, defaultValue: 'migrant' },
        regionCode: { type: 'string', fieldName: 'region_code', ...given },
        employerId: { type: 'string', fieldName: 'employer_id', ...given },
        householdId: { type: 'string', fieldName: 'household_id', ...given },
        language: { type: 'string', ...given, defaultValue: 'kk' },
        synthetic: { type: 'boolean', ...given, defaultValue: false },
        disabledAt: { type: 'date', fieldName: 'disabled_at', ...given },
      },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: MIGRANT_SESSION_SECONDS,
      updateAge: SLIDE_SECONDS,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      storeIdentifier: { hash: async (identifier) => hashIdentifier(secret, identifier) },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: ({ user, token }) => options.sendPasswordLink(user.id, token),
      // The link came by mail, so the address is the account's own.
      onPasswordReset: async ({ user }) => {
        await pool.query('update auth_user set email_verified = true where id = $1', [user.id]);
      },
    },
    plugins: [
      phoneNumber({
        otpLength: 6,
        expiresIn: CODE_SECONDS,
        allowedAttempts: CODE_ATTEMPTS,
        sendOTP: ({ phoneNumber: phone, code }, context) =>
          options.sendCode(phone, code, context?.headers?.get('accept-language') ?? null),
        signUpOnVerification: { getTempEmail: () => `${newId()}${NO_MAIL}`, getTempName: () => '' },
        schema: { user: { fields: { phoneNumber: 'phone_number', phoneNumberVerified: 'phone_number_verified' } } },
      }),
      twoFactor({
        issuer: ISSUER,
        twoFactorTable: 'auth_two_factor',
        backupCodeOptions: { storeBackupCodes: 'encrypted', amount: 10, length: 10 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    databaseHooks: {
      verification: {
        create: {
          before: async (row) => {
            const fresh = FRESH_CODE.exec(row.value);
            if (fresh === null) return;
            return { data: { ...row, value: `${hashCode(secret, row.identifier, fresh[1]!)}:${fresh[2]!}` } };
          },
        },
      },
      session: {
        create: {
          before: async (session, context) => {
            const [user] = (
              await pool.query<{ role: string; disabled: boolean }>(
                'select role, disabled_at is not null as disabled from auth_user where id = $1',
                [session.userId],
              )
            ).rows;
            if (user === undefined || user.disabled) throw new APIError('UNAUTHORIZED', { code: 'ACCOUNT_DISABLED' });
            if (context?.path === TOTP_PATH) {
              const { code } = context.body as { code: string };
              if (!(await useOnce(pool, secret, session.userId, code)))
                throw new APIError('UNAUTHORIZED', { code: 'CODE_USED' });
            }
            const seconds = user.role === 'migrant' ? MIGRANT_SESSION_SECONDS : STAFF_SESSION_SECONDS;
            return { data: { ...session, expiresAt: new Date(Date.now() + seconds * 1_000) } };
          },
        },
      },
    },
  });
}

/** What stands in the table for an identifier, which holds a phone number or a secret of a link. */
export function hashIdentifier(secret: Buffer, identifier: string): string {
  return keyedHash(secret, 'verification', identifier);
}

/** The code as the library is to store and to compare it: of no use to who reads the table. */
export function hashCode(secret: Buffer, hashedIdentifier: string, code: string): string {
  return keyedHash(secret, 'one-time code', `${hashedIdentifier} ${code}`);
}

/** Takes a TOTP code for an account; false when it was taken before. */
async function useOnce(pool: pg.Pool, secret: Buffer, userId: string, code: string): Promise<boolean> {
  const now = Date.now();
  await pool.query('delete from auth_used_code where expires_at < $1', [new Date(now)]);
  const taken = await pool.query(
    `insert into auth_used_code (user_id, code_hash, expires_at) values ($1, $2, $3) on conflict do nothing`,
    [userId, keyedHash(secret, 'used code', `${userId} ${code}`), new Date(now + USED_CODE_KEPT_MS)],
  );
  return taken.rowCount === 1;
}
