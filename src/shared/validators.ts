import { ValidateBy, ValidateIf } from 'class-validator';
import { isCalendarDate } from './identity-number.js';

/** A `YYYY-MM-DD` that exists in the calendar. */
export function IsCalendarDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isCalendarDate',
    validator: { validate: (value): boolean => typeof value === 'string' && isCalendarDate(value) },
  });
}

/** The rules below apply when the field is given. Unlike `@IsOptional`, null is a value and must pass them. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
