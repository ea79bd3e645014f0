CREATE TABLE `follows` (
	`workspace` text NOT NULL,
	`person` text NOT NULL,
	`pilot` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person`, `pilot`),
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
