/** In which words is an update asked for and given? */

const VIEWS: Readonly<Record<'green' | 'amber' | 'red', string>> = {
  green: 'Green, on course.',
  amber: 'Amber, some risk.',
  red: 'Red, needs help.',
};

/** What somebody said of a pilot by checking in. */
export const checkedInText = (view: 'green' | 'amber' | 'red'): string => VIEWS[view];

/** Who asks: 'Diego Ramos asks', 'Diego Ramos and Wei Chen ask', 'Diego Ramos and 3 others ask'. */
export function askersText(names: readonly string[]): string {
  const [first = 'Somebody', second] = names;
  if (second === undefined) return `${first} asks`;
  if (names.length === 2) return `${first} and ${second} ask`;
  return `${first} and ${names.length - 1} others ask`;
}
