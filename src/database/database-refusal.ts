/** A server that cannot be worked with, said in one sentence. */
export class DatabaseRefusal extends Error {}
