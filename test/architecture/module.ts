/** What does one source file import, call and name? Read from its syntax, so that comments and strings do not count. */
import { posix } from 'node:path';
import ts from 'typescript';

/** A file of the project, real or made up: its path from the root, with forward slashes, and its text. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** One import: static, for its types only, or lazy (inside `import()` or `require()`). */
export interface Import {
  /** A path from the root for a file of ours, else the specifier of the package or `node:` module. */
  readonly target: string;
  readonly ours: boolean;
  readonly how: 'static' | 'type' | 'lazy';
}

/** A TypeScript or JavaScript file with what it stands on. */
export interface Module extends ProjectFile {
  readonly imports: readonly Import[];
  /** What is read by a dotted name (`Date.now`; `process.*` for all of it), called (`fetch()`) or made (`new Date`). */
  readonly uses: readonly string[];
  /** Names called by a statement at the top of the file, beside any function. */
  readonly topCalls: readonly string[];
}

/** Reads one file; anything but TypeScript and JavaScript has neither imports nor uses. */
export function readModule(file: ProjectFile): Module {
  if (!/\.[mc]?[jt]sx?$/.test(file.path)) return { ...file, imports: [], uses: [], topCalls: [] };
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const uses: string[] = [];
  const visit = (node: ts.Node): void => {
    const imported = importOf(node);
    if (imported !== undefined) imports.push({ how: imported.how, ...targetOf(file.path, imported.from) });
    const used = usedBy(node);
    if (used !== undefined) uses.push(used.replaceAll(/\s/g, '').replace(/^new/, 'new '));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { ...file, imports, uses, topCalls: source.statements.flatMap(calledByStatement) };
}

/** The name of a package out of an import's target: `drizzle-orm` of `drizzle-orm/pg-core`. */
export function packageOf(target: string): string {
  const [first = '', second = ''] = target.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function importOf(node: ts.Node): { from: string; how: Import['how'] } | undefined {
  if (ts.isImportDeclaration(node))
    return named(node.moduleSpecifier, isTypeImport(node) ? 'type' : 'static');
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return named(node.argument.literal, 'type');
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return loads ? named(node.arguments[0], 'lazy') : undefined;
}

function named(specifier: ts.Node | undefined, how: Import['how']) {
  return specifier !== undefined && ts.isStringLiteralLike(specifier)
    ? { from: specifier.text, how }
    : undefined;
}

function isTypeImport(declaration: ts.ImportDeclaration): boolean {
  const clause = declaration.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

function targetOf(from: string, specifier: string): Pick<Import, 'target' | 'ours'> {
  if (!specifier.startsWith('.')) return { target: specifier, ours: false };
  return { target: posix.join(posix.dirname(from), specifier), ours: true };
}

function usedBy(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) return `${node.expression.getText()}()`;
  if (ts.isNewExpression(node)) return `new ${node.expression.getText()}`;
  if (ts.isPropertyAccessExpression(node)) return node.getText();
  if (ts.isElementAccessExpression(node)) {
    const key = ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : '*';
    return `${node.expression.getText()}.${key}`;
  }
  const whole = ts.isVariableDeclaration(node) ? node.initializer : undefined;
  return whole !== undefined && ts.isIdentifier(whole) ? `${whole.text}.*` : undefined;
}

function calledByStatement(statement: ts.Statement): string[] {
  if (!ts.isExpressionStatement(statement)) return [];
  let called: ts.Expression = statement.expression;
  while (ts.isCallExpression(called) || ts.isPropertyAccessExpression(called)) called = called.expression;
  return ts.isIdentifier(called) ? [called.text] : [];
}
