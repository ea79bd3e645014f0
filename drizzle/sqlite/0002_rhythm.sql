CREATE TABLE `check_ins` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`due` text,
	`submitted_at` integer NOT NULL,
	`submitted_by` text NOT NULL,
	`view` text NOT NULL,
	`ask` text,
	`amends` text,
	`revision` integer NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_ins_pilot` ON `check_ins` (`workspace`,`pilot`,`submitted_at`);
--> statement-breakpoint
CREATE TABLE `check_in_log` (
	`workspace` text NOT NULL,
	`pilot` text NOT NULL,
	`due` text NOT NULL,
	`what` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `pilot`, `due`, `what`, `person`),
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `check_in_log_person` ON `check_in_log` (`workspace`,`person`,`at`);
--> statement-breakpoint
CREATE TABLE `blockers` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`kind` text NOT NULL,
	`words` text NOT NULL,
	`owner` text,
	`needed_by` text,
	`raised_at` integer NOT NULL,
	`raised_by` text NOT NULL,
	`news_at` integer NOT NULL,
	`closed_at` integer,
	`closed_by` text,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `blockers_pilot` ON `blockers` (`workspace`,`pilot`);
--> statement-breakpoint
CREATE TABLE `pauses` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`return_day` text,
	`reason` text NOT NULL,
	`set_by` text NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `pauses_pilot` ON `pauses` (`workspace`,`pilot`);
--> statement-breakpoint
CREATE TABLE `preferences` (
	`workspace` text NOT NULL,
	`person` text NOT NULL,
	`settings` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
