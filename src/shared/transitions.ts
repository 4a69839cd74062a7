import { Problem } from './problem.js';

/** States as one typed table: each state lists the actions open to it and where they lead. An end state lists none. */
export type TransitionTable<State extends string, Action extends string> = {
  readonly [S in State]: { readonly [A in Action]?: State };
};

/** The state an action leads to. Refuses an illegal one with `transition.illegal`. */
export function nextState<State extends string, Action extends string>(
  table: TransitionTable<State, Action>,
  from: State,
  action: Action,
): State {
  const to = table[from][action];
  if (to === undefined) throw new Problem('transition.illegal', 409, { from, action });
  return to;
}

/** What is wrong with a table: states that nothing leads to, and states from which no end can be reached. */
export function tableFaults<State extends string, Action extends string>(
  table: TransitionTable<State, Action>,
  start: State,
): string[] {
  const targets = (state: State): State[] =>
    Object.values<State | undefined>(table[state]).filter((s) => s !== undefined);
  const reach = (from: State): Set<State> => {
    const seen = new Set<State>([from]);
    for (const state of seen) for (const next of targets(state)) seen.add(next);
    return seen;
  };
  const states = Object.keys(table) as State[];
  const reachable = reach(start);
  const ends = new Set(states.filter((state) => targets(state).length === 0));
  return [
    ...states.filter((state) => !reachable.has(state)).map((state) => `${state} cannot be reached`),
    ...states.filter((state) => ![...reach(state)].some((s) => ends.has(s))).map((state) => `${state} never ends`),
  ];
}
