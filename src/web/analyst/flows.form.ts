import { IsIn, IsOptional } from 'class-validator';
import { FLOW_STATES, type FlowState } from '../../outcomes/flows.js';

export const FLOW_MEASURES = ['households', 'persons'] as const;
export type FlowMeasure = (typeof FLOW_MEASURES)[number];

/** What the matrix of flows shows; the file holds all of it. */
export class FlowsForm {
  @IsOptional()
  @IsIn(FLOW_STATES)
  state?: FlowState;

  @IsOptional()
  @IsIn(FLOW_MEASURES)
  measure?: FlowMeasure;
}
