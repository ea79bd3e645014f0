/** Which component draws which element of Block Kit? */
import { lazy, type ReactNode, Suspense } from 'react';
import { textAt } from '../../server/json.ts';
import type { Placed } from '../blocks/surface.ts';
import { UnknownBox } from '../blocks/unknown-box.tsx';
import { Button } from './button.tsx';
import { Checkboxes, RadioButtons } from './choices.tsx';
import { DateField } from './date-field.tsx';
import { FeedbackButtons, IconButton } from './feedback.tsx';
import { ImageElement } from './image-element.tsx';
import { Overflow } from './overflow.tsx';
import { MultiSelect, Select } from './select.tsx';
import { TextField } from './text-field.tsx';
import { DateTimeField, TimeField } from './time-field.tsx';

const FileField = lazy(() => import('./file-field.tsx').then((module) => ({ default: module.FileField })));
const RichTextField = lazy(() =>
  import('./rich-text-field.tsx').then((module) => ({ default: module.RichTextField })),
);

const drawings: Record<string, (props: { placed: Placed }) => ReactNode> = {
  button: Button,
  workflow_button: Button,
  overflow: Overflow,
  checkboxes: Checkboxes,
  radio_buttons: RadioButtons,
  datepicker: DateField,
  timepicker: TimeField,
  datetimepicker: DateTimeField,
  plain_text_input: TextField,
  email_text_input: TextField,
  url_text_input: TextField,
  number_input: TextField,
  static_select: Select,
  external_select: Select,
  users_select: Select,
  conversations_select: Select,
  channels_select: Select,
  multi_static_select: MultiSelect,
  multi_external_select: MultiSelect,
  multi_users_select: MultiSelect,
  multi_conversations_select: MultiSelect,
  multi_channels_select: MultiSelect,
  feedback_buttons: FeedbackButtons,
  icon_button: IconButton,
  image: ({ placed }) => <ImageElement element={placed.element} />,
  file_input: (props) => <Later>{<FileField {...props} />}</Later>,
  rich_text_input: (props) => <Later>{<RichTextField {...props} />}</Later>,
};

/** An element, by its type; one that nobody here knows is a labelled box. */
export function Element({ placed }: { placed: Placed }): ReactNode {
  const type = textAt(placed.element['type']);
  const Drawing = Object.hasOwn(drawings, type) ? drawings[type] : undefined;
  return Drawing === undefined ? (
    <UnknownBox what="element" json={placed.element} />
  ) : (
    <Drawing placed={placed} />
  );
}

function Later({ children }: { children: ReactNode }): ReactNode {
  return <Suspense fallback={<span className="loading-line" />}>{children}</Suspense>;
}
