import { Initial1764000000000 } from '../../migrations/1764000000000-initial.js';

/** Every migration, oldest first. A new one is added here by hand. */
export const MIGRATIONS = [Initial1764000000000];
