import { ValidateBy, ValidateIf, type ValidationOptions } from 'class-validator';
import { isCalendarDate } from './identity-number.js';

/** A `YYYY-MM-DD` that exists in the calendar. */
export function IsCalendarDate(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isCalendarDate',
      validator: { validate: (value): boolean => typeof value === 'string' && isCalendarDate(value) },
    },
    options,
  );
}

/** The rules below apply when the field is given. Unlike `@IsOptional`, null is a value and must pass them. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
