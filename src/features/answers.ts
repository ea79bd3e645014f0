/** Which messages answer somebody who has just acted? */

/**
 * The kinds of message that are an answer to the person who receives them. They are said before everything else, and even
 * while all sending is held.
 */
export const ANSWERS: readonly string[] = ['draft-card', 'import-dry-run', 'welcome'];
