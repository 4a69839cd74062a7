/** The database role as which the application works: not the owner of the tables, so row-level security holds for it. */
export const APP_ROLE = 'qonys_app';

/** The address with one more option for the session's start; those that stand in it already are kept. */
export function urlWithOption(databaseUrl: string, option: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.set('options', options ? `${options} ${option}` : option);
  return url.href;
}

/** The address with which a session starts as a role that its login is a member of; `reset role` leads back to that role. */
export function urlAsRole(databaseUrl: string, role: string): string {
  return urlWithOption(databaseUrl, `-c role=${role}`);
}
