import { InvalidArgumentError } from 'commander';
import { translate } from '../i18n/i18n.js';
import { CLOCK, type Clock } from '../shared/clock.js';
import { TokenService } from '../auth/token.service.js';
import { TOKEN_ROLES, type TokenRole } from '../shared/access.js';
import type { AddCommand } from './cli.js';

interface Options {
  role: TokenRole;
  region?: string;
  employer?: string;
  label: string;
  days?: number;
  revoke?: string;
  list?: boolean;
  json?: boolean;
}

function asRole(value: string): TokenRole {
  const role = TOKEN_ROLES.find((known) => known === value);
  if (role === undefined) throw new InvalidArgumentError(`One of ${TOKEN_ROLES.join(', ')}.`);
  return role;
}

function asDays(value: string): number {
  const days = Number(value);
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new InvalidArgumentError('A whole number from 1 to 3650.');
  return days;
}

export const addTokenCommand: AddCommand = (program, environment) => {
  program
    .command('token')
    .description('make an API token (shown once), list tokens or revoke one')
    .option('--role <role>', `who holds it: ${TOKEN_ROLES.join(', ')}`, asRole)
    .option('--region <code>', 'region of an officer or supervisor, as KZ-59')
    .option('--employer <id>', 'id of the employer')
    .option('--label <text>', 'what the token is for', 'made by qonys token')
    .option('--days <n>', 'days until it expires', asDays)
    .option('--list', 'list the tokens (never their secrets)')
    .option('--revoke <id>', 'revoke a token')
    .option('--json', 'print JSON only')
    .action(async (options: Options, command) => {
      const { role, region, employer, label, days, revoke, list, json } = options;
      if (!list && revoke === undefined && role === undefined) {
        command.error('error: say --role, --list or --revoke', { exitCode: 2 });
      }
      await environment.withServices(async (services) => {
        const tokens = services.get(TokenService);
        const now = services.get<Clock>(CLOCK).now();
        if (list) {
          environment.print(JSON.stringify(await tokens.list(), null, json ? 0 : 2));
        } else if (revoke !== undefined) {
          await tokens.revoke(revoke);
          environment.print(
            json
              ? JSON.stringify({ revoked: revoke })
              : translate(environment.language, 'cli.token.revoked', { id: revoke }),
          );
        } else {
          const made = await tokens.create({
            role,
            regionCode: region ?? null,
            employerId: employer ?? null,
            label,
            expiresAt: days === undefined ? null : new Date(now.getTime() + days * 86_400_000),
          });
          environment.print(json ? JSON.stringify(made) : made.token);
          if (!json) environment.remark(translate(environment.language, 'cli.token.once', { id: made.id }));
        }
      });
    });
};
