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
CREATE TABLE `charter_versions` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`n` integer NOT NULL,
	`status` text NOT NULL,
	`fields` text NOT NULL,
	`asked_at` integer,
	`asked_by` text,
	`note` text,
	`answered_at` integer,
	`answered_by` text,
	`reason` text,
	`text` text,
	`hash` text,
	`frozen_at` integer,
	`results_known` integer NOT NULL,
	`revision` integer NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
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
CREATE TABLE `criteria` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`version` integer NOT NULL,
	`lineage` text NOT NULL,
	`position` integer NOT NULL,
	`metric` text NOT NULL,
	`measures` text NOT NULL,
	`kind` text NOT NULL,
	`role` text NOT NULL,
	`baseline` text,
	`baseline_known_by` text,
	`target` text,
	`target_high` text,
	`deadline` text NOT NULL,
	`first_effect` text,
	`agg` text NOT NULL,
	`agg_window` integer NOT NULL,
	`percentile` text,
	`sustain` integer NOT NULL,
	`min_n` integer NOT NULL,
	`min_periods` integer NOT NULL,
	`min_trust` integer NOT NULL,
	`margin` text NOT NULL,
	`budget` integer,
	`closing_days` integer NOT NULL,
	`mode` text NOT NULL,
	`tolerance` text NOT NULL, `rates` text,
	FOREIGN KEY (`workspace`,`pilot`,`version`) REFERENCES `charter_versions`(`workspace`,`pilot`,`n`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workspace`,`pilot`,`metric`) REFERENCES `metrics`(`workspace`,`pilot`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
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
CREATE TABLE `follows` (
	`workspace` text NOT NULL,
	`person` text NOT NULL,
	`pilot` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person`, `pilot`),
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `logbook` (
	`workspace` text NOT NULL,
	`n` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`pilot` text,
	`actor` text NOT NULL,
	`body` text NOT NULL,
	`personal` text,
	`salt` text,
	`commitment` text NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`workspace`, `n`),
	FOREIGN KEY (`workspace`) REFERENCES `logbook_heads`(`workspace`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `logbook_heads` (
	`workspace` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL,
	`hash` text NOT NULL
) STRICT;
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
CREATE TABLE `messages` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer NOT NULL,
	`reader` text NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`shown` integer NOT NULL,
	`wanted` integer NOT NULL,
	`live` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`lease_until` integer,
	`fence` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
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
CREATE TABLE `metrics` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`cadence` text NOT NULL,
	`reporter` text,
	`source` text NOT NULL,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE "observations" (
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
CREATE TABLE `outbox` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`version` integer NOT NULL,
	`addressee` text NOT NULL,
	`details` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`not_before` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`lease_until` integer,
	`fence` integer NOT NULL,
	`channel` text,
	`ts` text,
	`error` text,
	`sent` text,
	`created_at` integer NOT NULL,
	`finished_at` integer, `attempted_at` integer, `check_at` integer, `looks` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
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
CREATE TABLE `people` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`real_name` text NOT NULL,
	`timezone` text,
	`is_bot` integer NOT NULL,
	`is_deactivated` integer NOT NULL,
	`is_guest` integer NOT NULL,
	`is_external` integer NOT NULL,
	`is_admin` integer NOT NULL,
	`refreshed_at` integer NOT NULL, `quiet` text,
	PRIMARY KEY(`workspace`, `id`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `pilots` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`stage` text NOT NULL,
	`paused_since` integer,
	`visibility` text NOT NULL,
	`channel` text,
	`business_unit` text NOT NULL,
	`external_id` text,
	`external_link` text,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`deleted_at` integer, `watched_since` integer, `released_at` integer,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `preferences` (
	`workspace` text NOT NULL,
	`person` text NOT NULL,
	`settings` text NOT NULL,
	`set_at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `person`),
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `roles` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`pilot` text NOT NULL,
	`role` text NOT NULL,
	`person` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	FOREIGN KEY (`workspace`,`pilot`) REFERENCES `pilots`(`workspace`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `schedules` (
	`workspace` text NOT NULL,
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`rule` text NOT NULL,
	`timezone` text NOT NULL,
	`next_at` integer,
	`enabled` integer NOT NULL,
	`details` text NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`lease_until` integer,
	`fence` integer NOT NULL,
	FOREIGN KEY (`workspace`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
CREATE TABLE `seen` (
	`workspace` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace`, `id`)
) STRICT;
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
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`bot_user` text NOT NULL,
	`installed_at` integer NOT NULL,
	`uninstalled_at` integer,
	`settings` text NOT NULL
, `held_since` integer, `held_by` text) STRICT;
CREATE INDEX `blockers_pilot` ON `blockers` (`workspace`,`pilot`);
CREATE INDEX `case_copies_case` ON `case_copies` (`workspace`,`case_id`);
CREATE INDEX `case_copies_person` ON `case_copies` (`workspace`,`person`,`outcome`);
CREATE INDEX `case_copies_waiting` ON `case_copies` (`workspace`,`id`) WHERE "case_copies"."outcome" = 'waiting';
CREATE UNIQUE INDEX `cases_one_open` ON `cases` (`workspace`,`pilot`,`cause`) WHERE "cases"."closed_at" is null;
CREATE INDEX `cases_pilot` ON `cases` (`workspace`,`pilot`);
CREATE UNIQUE INDEX `charter_versions_pilot_n` ON `charter_versions` (`workspace`,`pilot`,`n`);
CREATE INDEX `charter_versions_status` ON `charter_versions` (`workspace`,`status`);
CREATE INDEX `check_in_log_person` ON `check_in_log` (`workspace`,`person`,`at`);
CREATE INDEX `check_ins_pilot` ON `check_ins` (`workspace`,`pilot`,`submitted_at`);
CREATE INDEX `conditions_pilot` ON `conditions` (`workspace`,`pilot`);
CREATE INDEX `criteria_metric` ON `criteria` (`workspace`,`pilot`,`metric`);
CREATE INDEX `criteria_pilot_version` ON `criteria` (`workspace`,`pilot`,`version`,`position`);
CREATE UNIQUE INDEX `decisions_one_pending` ON `decisions` (`workspace`,`pilot`) WHERE "decisions"."state" = 'pending';
CREATE INDEX `decisions_pilot` ON `decisions` (`workspace`,`pilot`,`at`);
CREATE INDEX `logbook_actor` ON `logbook` (`workspace`,`actor`);
CREATE INDEX `logbook_pilot` ON `logbook` (`workspace`,`pilot`,`n`);
CREATE INDEX `messages_behind` ON `messages` (`lease_until`) WHERE "messages"."live" and "messages"."shown" < "messages"."wanted";
CREATE UNIQUE INDEX `messages_place` ON `messages` (`workspace`,`channel`,`ts`);
CREATE INDEX `messages_subject` ON `messages` (`workspace`,`subject`);
CREATE UNIQUE INDEX `metrics_pilot_id` ON `metrics` (`workspace`,`pilot`,`id`);
CREATE UNIQUE INDEX `metrics_pilot_key` ON `metrics` (`workspace`,`pilot`,`key`);
CREATE UNIQUE INDEX `observations_ingest_key` ON `observations` (`workspace`,`source`,`ingest_key`) WHERE "observations"."ingest_key" is not null;
CREATE INDEX `outbox_check` ON `outbox` (`check_at`) WHERE "outbox"."state" = 'unknown';
CREATE UNIQUE INDEX `outbox_dedupe_key` ON `outbox` (`workspace`,`dedupe_key`);
CREATE INDEX `outbox_lane` ON `outbox` (`workspace`,`addressee`,`not_before`) WHERE "outbox"."finished_at" is null;
CREATE INDEX `outbox_ready` ON `outbox` (`not_before`) WHERE "outbox"."state" = 'ready';
CREATE INDEX `outbox_sending` ON `outbox` (`lease_until`) WHERE "outbox"."state" = 'sending';
CREATE INDEX `outbox_subject` ON `outbox` (`workspace`,`subject`);
CREATE INDEX `pauses_pilot` ON `pauses` (`workspace`,`pilot`);
CREATE INDEX `pilots_watched` ON `pilots` (`workspace`) WHERE "pilots"."watched_since" is not null;
CREATE UNIQUE INDEX `pilots_workspace_id` ON `pilots` (`workspace`,`id`);
CREATE UNIQUE INDEX `pilots_workspace_key` ON `pilots` (`workspace`,`key`);
CREATE INDEX `roles_person_now` ON `roles` (`workspace`,`person`) WHERE "roles"."until" is null;
CREATE INDEX `roles_pilot` ON `roles` (`workspace`,`pilot`);
CREATE INDEX `schedules_leased` ON `schedules` (`kind`,`lease_until`) WHERE "schedules"."lease_until" is not null;
CREATE INDEX `schedules_next` ON `schedules` (`kind`,`next_at`) WHERE "schedules"."enabled";
CREATE UNIQUE INDEX `schedules_subject` ON `schedules` (`workspace`,`kind`,`subject`);
CREATE INDEX `seen_at` ON `seen` (`at`);
CREATE UNIQUE INDEX `set_aside_ingest_key` ON `set_aside` (`workspace`,`source`,`ingest_key`);
CREATE INDEX `set_aside_pilot` ON `set_aside` (`workspace`,`pilot`,`state`);
CREATE INDEX `sponsor_answers_pilot` ON `sponsor_answers` (`workspace`,`pilot`);
CREATE INDEX `tokens_workspace` ON `tokens` (`workspace`);
CREATE INDEX `watched_at` ON `watched` (`workspace`,`at`);
CREATE UNIQUE INDEX `watched_dedupe_key` ON `watched` (`workspace`,`dedupe_key`);
CREATE TRIGGER logbook_no_delete before delete on logbook
begin
  select raise(abort, 'the logbook cannot be changed');
end;
CREATE TRIGGER logbook_no_replace before insert on logbook
when exists (select 1 from logbook where workspace = new.workspace and n = new.n)
begin
  select raise(abort, 'the logbook cannot be changed');
end;
CREATE TRIGGER logbook_only_erase before update on logbook
when not (
  new.personal is null
  and new.salt is null
  and new.actor is case when substr(old.actor, 1, 5) = 'user:' then 'user' else old.actor end
  and new.workspace is old.workspace
  and new.n is old.n
  and new.at is old.at
  and new.kind is old.kind
  and new.pilot is old.pilot
  and new.body is old.body
  and new.commitment is old.commitment
  and new.prev is old.prev
  and new.hash is old.hash
)
begin
  select raise(abort, 'the logbook cannot be changed');
end;
