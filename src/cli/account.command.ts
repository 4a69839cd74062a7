import { InvalidArgumentError } from 'commander';
import { AccountRegister } from '../auth/account-register.service.js';
import { STAFF_ROLES, type StaffRole } from '../shared/access.js';
import type { AddCommand } from './cli.js';
import { textTable } from './table.js';

function asStaffRole(value: string): StaffRole {
  const role = STAFF_ROLES.find((known) => known === value);
  if (role === undefined) throw new InvalidArgumentError(`One of ${STAFF_ROLES.join(', ')}.`);
  return role;
}

interface InviteOptions {
  role: StaffRole;
  region?: string;
  label?: string;
  json?: boolean;
}

/** Accounts of staff from the command line: how a new installation gets its first administrator. */
export const addAccountCommand: AddCommand = (program, environment) => {
  const account = program.command('account').description('accounts of staff: invite, list, disable, reset-factor');

  account
    .command('invite <email>')
    .description('invite somebody; the letter, or the link printed here, sets the password')
    .requiredOption('--role <role>', `one of ${STAFF_ROLES.join(', ')}`, asStaffRole)
    .option('--region <code>', 'region of an officer or supervisor, as KZ-59')
    .option('--label <text>', 'what lists and the audit log call the person')
    .option('--json', 'print JSON only')
    .action(async (email: string, { role, region, label, json }: InviteOptions) => {
      const { language } = environment;
      const wish = { email, role, regionCode: region ?? null, label: label ?? email, language };
      const made = await environment.withServices((services) => services.get(AccountRegister).invite(wish, null));
      if (json) environment.print(JSON.stringify(made));
      else environment.print(made.link ?? `A letter went out to ${email}.`);
      if (!json && made.link !== null)
        environment.remark('Mail is not set up: hand this link over yourself. It serves once.');
    });

  account
    .command('list')
    .description('accounts of staff and employers')
    .option('--json', 'print JSON only')
    .action(async ({ json }: { json?: boolean }) => {
      const accounts = await environment.withServices((services) => services.get(AccountRegister).list(null));
      if (json) return environment.print(JSON.stringify(accounts));
      const lines = accounts.map(({ id, email, role, regionCode, hasSecondFactor, disabledAt }) => [
        id,
        email ?? '',
        regionCode === null ? role : `${role} ${regionCode}`,
        disabledAt !== null ? 'disabled' : hasSecondFactor ? 'active' : 'invited',
      ]);
      environment.print(textTable(['Id', 'E-mail', 'Role', 'State'], lines));
    });

  const change = (name: string, description: string, work: (register: AccountRegister, id: string) => Promise<void>) =>
    account
      .command(`${name} <id>`)
      .description(description)
      .action(async (id: string) => {
        await environment.withServices((services) => work(services.get(AccountRegister), id));
        environment.print(`${name}: ${id}`);
      });
  change('disable', 'shut an account out and end its sessions', (register, id) => register.disable(id, null));
  change('enable', 'let a disabled account in again', (register, id) => register.enable(id, null));
  change('reset-factor', 'the authenticator app is lost: the next sign-in enrols anew', (register, id) =>
    register.resetSecondFactor(id, null),
  );
};
