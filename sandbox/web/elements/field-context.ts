/** Which label, hint and error belong to the element that is drawn? */
// cspell:words describedby labelledby
import { createContext, useContext } from 'react';

export interface FieldLabels {
  /** Id for the element, which its label points at. */
  id?: string;
  /** Ids of what names it, where there is no label that points at it. */
  labelledBy?: string;
  /** Ids of hint and error. */
  describedBy?: string;
  invalid?: boolean;
  required?: boolean;
  optional?: boolean;
}

export const FieldContext = createContext<FieldLabels>({});

/** The attributes that tie an element to its label, hint and error. */
export function useFieldLabels(): FieldLabels {
  return useContext(FieldContext);
}

/** The same as attributes of an element. */
export function labelAttributes(labels: FieldLabels): {
  id?: string;
  'aria-labelledby'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
} {
  return {
    ...(labels.id === undefined ? {} : { id: labels.id }),
    ...(labels.labelledBy === undefined ? {} : { 'aria-labelledby': labels.labelledBy }),
    ...(labels.describedBy === undefined ? {} : { 'aria-describedby': labels.describedBy }),
    ...(labels.invalid === true ? { 'aria-invalid': true } : {}),
    ...(labels.required === true ? { 'aria-required': true } : {}),
  };
}
