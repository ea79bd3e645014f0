CREATE TABLE `looks` (
	`workspace` text NOT NULL,
	`pilot` text NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`due` text,
	`is_fresh` integer NOT NULL,
	`seen` text NOT NULL,
	`counted` text NOT NULL,
	`score` integer NOT NULL,
	`standing` text NOT NULL,
	`verdicts` text NOT NULL,
	`worst` text,
	`view` text,
	`settings` integer NOT NULL,
	PRIMARY KEY(`workspace`, `pilot`, `day`),
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `cases` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`cause` text NOT NULL,
	`record` text NOT NULL,
	`state` text NOT NULL,
	`revision` integer NOT NULL,
	`weight` integer NOT NULL,
	`is_critical` integer NOT NULL,
	`turned_on` text,
	`settings` integer NOT NULL,
	`opened_at` integer,
	`closed_at` integer,
	`closed_as` text,
	`has_cleared` integer NOT NULL,
	`said` text NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_one_open` ON `cases` (`workspace`,`pilot`,`cause`) WHERE "cases"."closed_at" is null;
--> statement-breakpoint
CREATE INDEX `cases_pilot` ON `cases` (`workspace`,`pilot`);
--> statement-breakpoint
CREATE TABLE `case_copies` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`pilot` text NOT NULL,
	`seq` integer NOT NULL,
	`level` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`is_asked` integer NOT NULL,
	`outcome` text NOT NULL,
	`at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `case_copies_case` ON `case_copies` (`workspace`,`case_id`);
--> statement-breakpoint
CREATE INDEX `case_copies_person` ON `case_copies` (`workspace`,`person`,`outcome`);
--> statement-breakpoint
CREATE INDEX `case_copies_waiting` ON `case_copies` (`workspace`,`id`) WHERE "case_copies"."outcome" = 'waiting';
--> statement-breakpoint
CREATE TABLE `decisions` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`cases` text NOT NULL,
	`decision` text NOT NULL,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`at` integer NOT NULL,
	`effective_at` integer NOT NULL,
	`state` text NOT NULL,
	`suggested` text,
	`reason` text,
	`until` text,
	`asked_at` integer,
	`details` text NOT NULL,
	`seen` text NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `decisions_pilot` ON `decisions` (`workspace`,`pilot`,`at`);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_one_pending` ON `decisions` (`workspace`,`pilot`) WHERE "decisions"."state" = 'pending';
--> statement-breakpoint
CREATE TABLE `conditions` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`decision` text NOT NULL,
	`words` text NOT NULL,
	`due` text NOT NULL,
	`cleared_at` integer,
	`cleared_by` text,
	FOREIGN KEY (`decision`) REFERENCES `decisions`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `conditions_pilot` ON `conditions` (`workspace`,`pilot`);
--> statement-breakpoint
CREATE TABLE `stall_settings` (
	`workspace` text NOT NULL,
	`version` integer NOT NULL,
	`preset` text NOT NULL,
	`changed` text NOT NULL,
	`set_at` integer NOT NULL,
	`set_by` text NOT NULL,
	PRIMARY KEY(`workspace`, `version`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
