CREATE TABLE `watched` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`kind` text NOT NULL,
	`addressee` text NOT NULL,
	`at` integer NOT NULL,
	`dedupe_key` text NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `watched_at` ON `watched` (`workspace`,`at`);
--> statement-breakpoint
CREATE UNIQUE INDEX `watched_dedupe_key` ON `watched` (`workspace`,`dedupe_key`);
--> statement-breakpoint
ALTER TABLE `pilots` ADD `watched_since` integer;
--> statement-breakpoint
ALTER TABLE `pilots` ADD `released_at` integer;
