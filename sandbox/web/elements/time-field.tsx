/** How is a time of day, or a day with its time, picked? */
import { type ReactNode, useId } from 'react';
import { textAt } from '../../server/json.ts';
import { type Placed, useSurface } from '../blocks/surface.ts';
import { cityOf, clockTime, dayOf, instantOf } from '../live/zone.ts';
import { useReader } from '../text/reader.ts';
import { useConfirm } from './confirm.tsx';
import { DayInput } from './date-field.tsx';
import { FieldContext, labelAttributes, useFieldLabels } from './field-context.ts';
import { useField } from './use-draft.ts';

/** A `timepicker`. */
export function TimeField({ placed }: { placed: Placed }): ReactNode {
  const { value, choose, surface } = useField<string>(placed);
  const labels = useFieldLabels();
  const confirm = useConfirm();
  const zone = textAt(placed.element['timezone']);
  return (
    <span className="time-field" aria-busy={surface.isBusy(placed)}>
      <input
        type="time"
        className="text-input time-input"
        value={value ?? ''}
        {...(labels.id === undefined && labels.labelledBy === undefined ? { 'aria-label': 'Time' } : {})}
        {...labelAttributes(labels)}
        onChange={(event) => {
          const time = event.target.value.slice(0, 5);
          confirm.ask(placed.element, () => void choose(time === '' ? null : time));
        }}
      />
      {zone !== '' && <small>Time in {cityOf(zone)}</small>}
      {confirm.dialog}
    </span>
  );
}

const startOfWork = '09:00';

/** A `datetimepicker`: in the zone of the person who looks. */
export function DateTimeField({ placed }: { placed: Placed }): ReactNode {
  const { value, choose } = useField<number>(placed);
  const { tz } = useReader();
  const labels = useFieldLabels();
  const confirm = useConfirm();
  const timeId = useId();
  const day = value === null ? '' : dayOf(value * 1000, tz);
  const time = value === null ? startOfWork : clockTime(value * 1000, tz);
  const set = (nextDay: string, nextTime: string): void => {
    const next = nextDay === '' || nextTime === '' ? null : instantOf(nextDay, nextTime, tz) / 1000;
    confirm.ask(placed.element, () => void choose(next));
  };
  const { id: _, ...shared } = labels;
  return (
    <span className="date-time-field">
      <DayInput
        day={day}
        placeholder="Choose a day"
        busy={useSurface().isBusy(placed)}
        onDay={(next) => set(next, time)}
      />
      <FieldContext value={shared}>
        <input
          id={timeId}
          type="time"
          className="text-input time-input"
          aria-label="Time"
          value={value === null ? '' : time}
          disabled={value === null}
          onChange={(event) => set(day, event.target.value.slice(0, 5))}
        />
      </FieldContext>
      <small>{cityOf(tz)} time</small>
      {confirm.dialog}
    </span>
  );
}
