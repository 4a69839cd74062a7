/** The same link or token with another signature: its last two letters are others, whatever they were. */
export const otherEnd = (token: string): string => token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
