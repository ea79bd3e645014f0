CREATE TABLE `sponsor_answers` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`sponsor` text NOT NULL,
	`test` text NOT NULL,
	`answer` text NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sponsor_answers_pilot` ON `sponsor_answers` (`workspace`,`pilot`);
