CREATE TABLE `tokens` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`digest` text NOT NULL,
	`pilot` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `tokens_workspace` ON `tokens` (`workspace`);
--> statement-breakpoint
CREATE TABLE `set_aside` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`source` text NOT NULL,
	`cause` text NOT NULL,
	`metric` text NOT NULL,
	`given` text NOT NULL,
	`problem` text NOT NULL,
	`ingest_key` text,
	`received_at` integer NOT NULL,
	`state` text NOT NULL,
	`resolved_at` integer,
	`resolved_by` text,
	`reason` text,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `set_aside_pilot` ON `set_aside` (`workspace`,`pilot`,`state`);
--> statement-breakpoint
CREATE UNIQUE INDEX `set_aside_ingest_key` ON `set_aside` (`workspace`,`source`,`ingest_key`);
--> statement-breakpoint
CREATE TABLE `metric_names` (
	`workspace` text NOT NULL,
	`pilot` text NOT NULL,
	`source` text NOT NULL,
	`name` text NOT NULL,
	`metric` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `pilot`, `source`, `name`),
	FOREIGN KEY (`workspace`,`pilot`,`metric`) REFERENCES `metrics`(`workspace`,`pilot`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
