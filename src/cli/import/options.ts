/** How can an import be asked for on the command line? */
export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly atomic?: boolean;
  readonly json?: boolean;
  readonly workspace?: string;
}
