import type { DraftStep } from '../../households/household-draft.js';
import type { FieldProblem } from '../../shared/problem.js';
import type { FormState } from '../site/fields.js';
import type { Typed } from '../site/form.js';
import type { PageContext } from '../site/page-context.js';

export interface Region {
  code: string;
  name: string;
}

export interface StepProps {
  page: PageContext;
  step: DraftStep;
  /** The steps that there are for this household, in their order. */
  steps: readonly DraftStep[];
  typed: Typed;
  problems: readonly FieldProblem[];
  regions: readonly Region[];
  /** Of a registered household: the version on the page; null while it is being entered. */
  version: number | null;
  /** Opened from the overview, and back there. */
  fromOverview: boolean;
  hasIin: boolean;
  /** Occupations that an unclear title may mean. */
  candidates: readonly { isco: string; name: string }[];
  /** Places that an unclear home may mean, in full. */
  places: readonly string[];
}

/** What a step's questions are drawn from. */
export type FieldsProps = StepProps & { state: FormState };
