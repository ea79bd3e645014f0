ALTER TABLE `workspaces` ADD `held_since` integer;
--> statement-breakpoint
ALTER TABLE `workspaces` ADD `held_by` text;
--> statement-breakpoint
ALTER TABLE `outbox` ADD `attempted_at` integer;
--> statement-breakpoint
ALTER TABLE `outbox` ADD `check_at` integer;
--> statement-breakpoint
ALTER TABLE `outbox` ADD `looks` integer;
--> statement-breakpoint
CREATE INDEX `outbox_check` ON `outbox` (`check_at`) WHERE "outbox"."state" = 'unknown';
--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`workspace`,`addressee`,`not_before`) WHERE "outbox"."finished_at" is null;
