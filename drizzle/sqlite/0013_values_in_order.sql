CREATE TABLE `__new_observations` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`pilot` text NOT NULL,
	`metric` text NOT NULL,
	`period_start` text NOT NULL,
	`period_end` text NOT NULL,
	`value` text,
	`num` text,
	`den` text,
	`raw` text,
	`n` integer,
	`unit` text NOT NULL,
	`source` text NOT NULL,
	`trust` integer NOT NULL,
	`evidence` text,
	`recorded_at` integer NOT NULL,
	`recorded_by` text,
	`withdrawn` integer NOT NULL,
	`reason` text,
	`ingest_key` text,
	PRIMARY KEY(`workspace`, `pilot`, `metric`, `period_end`, `recorded_at`, `id`),
	FOREIGN KEY (`workspace`,`pilot`,`metric`) REFERENCES `metrics`(`workspace`,`pilot`,`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_observations`("workspace", "id", "pilot", "metric", "period_start", "period_end", "value", "num", "den", "raw", "n", "unit", "source", "trust", "evidence", "recorded_at", "recorded_by", "withdrawn", "reason", "ingest_key") SELECT "workspace", "id", "pilot", "metric", "period_start", "period_end", "value", "num", "den", "raw", "n", "unit", "source", "trust", "evidence", "recorded_at", "recorded_by", "withdrawn", "reason", "ingest_key" FROM `observations`;
--> statement-breakpoint
DROP TABLE `observations`;
--> statement-breakpoint
ALTER TABLE `__new_observations` RENAME TO `observations`;
--> statement-breakpoint
CREATE UNIQUE INDEX `observations_ingest_key` ON `observations` (`workspace`,`source`,`ingest_key`) WHERE "observations"."ingest_key" is not null;
