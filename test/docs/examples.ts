/** Which examples do the doc comments of a module give, and do they say the truth? */
import { compileFunction } from 'node:vm';
import ts from 'typescript';

/** One line of an `@example`: what to call and what comes back. */
export interface Example {
  readonly expression: string;
  readonly answer: string;
}

/** An exported function with its doc comment, or null where it has none. */
export interface DocumentedFunction {
  readonly name: string;
  readonly comment: string | null;
  readonly examples: readonly Example[];
}

/** The exported functions of a module in the order they stand in. */
export function exportedFunctions(path: string, text: string): DocumentedFunction[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const seen = new Map<string, DocumentedFunction>();
  for (const statement of source.statements) {
    if (!isExported(statement)) continue;
    for (const name of functionNames(statement)) {
      const comment = docComment(statement, text);
      // Of overloads the first one carries the comment.
      if (!seen.has(name)) seen.set(name, { name, comment, examples: examplesOf(comment ?? '') });
    }
  }
  return [...seen.values()];
}

/** The examples of a doc comment: an expression may run over several lines, its answer stands behind ` // ` on the last. */
export function examplesOf(comment: string): Example[] {
  const examples: Example[] = [];
  let open = false;
  let expression: string[] = [];
  for (const line of comment.split('\n').map((text) => text.trim())) {
    if (line.startsWith('@')) {
      if (expression.length > 0) break;
      open = line.startsWith('@example');
      continue;
    }
    if (!open || line === '') continue;
    const end = line.lastIndexOf(' // ');
    expression.push(end < 0 ? line : line.slice(0, end));
    if (end < 0) continue;
    examples.push({ expression: expression.join('\n'), answer: line.slice(end + 4) });
    expression = [];
  }
  if (expression.length > 0) examples.push({ expression: expression.join('\n'), answer: '' });
  return examples;
}

/** What an example's expression gives with the exports of its module in reach. */
export function evaluate(expression: string, exports: Readonly<Record<string, unknown>>): unknown {
  const names = Object.keys(exports);
  return compileFunction(`return (${expression}\n);`, names)(...names.map((name) => exports[name]));
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

function functionNames(statement: ts.Statement): string[] {
  if (ts.isFunctionDeclaration(statement)) return [statement.name?.text ?? 'default'];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? [name.getText()]
      : [],
  );
}

function docComment(statement: ts.Statement, text: string): string | null {
  const ranges = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
  const last = ranges
    .map(({ pos, end }) => text.slice(pos, end))
    .findLast((comment) => comment.startsWith('/**'));
  if (last === undefined) return null;
  return last
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();
}
