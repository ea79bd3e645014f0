CREATE TABLE "workspaces" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"timezone" text COLLATE "C" NOT NULL,
	"bot_user" text COLLATE "C" NOT NULL,
	"installed_by" text COLLATE "C",
	"installed_at" bigint NOT NULL,
	"uninstalled_at" bigint,
	"settings" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"real_name" text COLLATE "C" NOT NULL,
	"timezone" text COLLATE "C",
	"is_bot" boolean NOT NULL,
	"is_deactivated" boolean NOT NULL,
	"is_guest" boolean NOT NULL,
	"is_external" boolean NOT NULL,
	"is_admin" boolean NOT NULL,
	"refreshed_at" bigint NOT NULL,
	CONSTRAINT "people_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "pilots" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"stage" text COLLATE "C" NOT NULL,
	"paused_since" bigint,
	"visibility" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C",
	"business_unit" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C",
	"external_link" text COLLATE "C",
	"revision" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"deleted_at" bigint,
	CONSTRAINT "pilots_workspace_id" UNIQUE("workspace","id"),
	CONSTRAINT "pilots_workspace_key" UNIQUE("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint
);
--> statement-breakpoint
CREATE TABLE "charter_versions" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"n" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"fields" json NOT NULL,
	"asked_at" bigint,
	"asked_by" text COLLATE "C",
	"note" text COLLATE "C",
	"answered_at" bigint,
	"answered_by" text COLLATE "C",
	"reason" text COLLATE "C",
	"text" text COLLATE "C",
	"hash" text COLLATE "C",
	"frozen_at" bigint,
	"results_known" boolean NOT NULL,
	"revision" bigint NOT NULL,
	CONSTRAINT "charter_versions_pilot_n" UNIQUE("workspace","pilot","n")
);
--> statement-breakpoint
CREATE TABLE "metrics" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"cadence" text COLLATE "C" NOT NULL,
	"reporter" text COLLATE "C",
	"source" text COLLATE "C" NOT NULL,
	CONSTRAINT "metrics_pilot_key" UNIQUE("workspace","pilot","key"),
	CONSTRAINT "metrics_pilot_id" UNIQUE("workspace","pilot","id")
);
--> statement-breakpoint
CREATE TABLE "criteria" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"lineage" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"metric" text COLLATE "C" NOT NULL,
	"measures" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"baseline" text COLLATE "C",
	"baseline_known_by" text COLLATE "C",
	"target" text COLLATE "C",
	"target_high" text COLLATE "C",
	"deadline" text COLLATE "C" NOT NULL,
	"first_effect" text COLLATE "C",
	"agg" text COLLATE "C" NOT NULL,
	"agg_window" bigint NOT NULL,
	"percentile" text COLLATE "C",
	"sustain" bigint NOT NULL,
	"min_n" bigint NOT NULL,
	"min_periods" bigint NOT NULL,
	"min_trust" bigint NOT NULL,
	"margin" text COLLATE "C" NOT NULL,
	"budget" bigint,
	"closing_days" bigint NOT NULL,
	"mode" text COLLATE "C" NOT NULL,
	"tolerance" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"metric" text COLLATE "C" NOT NULL,
	"period_start" text COLLATE "C" NOT NULL,
	"period_end" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C",
	"num" text COLLATE "C",
	"den" text COLLATE "C",
	"raw" json,
	"n" bigint,
	"unit" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"trust" bigint NOT NULL,
	"evidence" text COLLATE "C",
	"recorded_at" bigint NOT NULL,
	"recorded_by" text COLLATE "C",
	"withdrawn" boolean NOT NULL,
	"reason" text COLLATE "C",
	"ingest_key" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"addressee" text COLLATE "C" NOT NULL,
	"details" json NOT NULL,
	"dedupe_key" text COLLATE "C" NOT NULL,
	"not_before" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"attempts" bigint NOT NULL,
	"lease_until" bigint,
	"fence" bigint NOT NULL,
	"channel" text COLLATE "C",
	"ts" text COLLATE "C",
	"error" text COLLATE "C",
	"sent" json,
	"created_at" bigint NOT NULL,
	"finished_at" bigint,
	CONSTRAINT "outbox_dedupe_key" UNIQUE("workspace","dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"reader" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"ts" text COLLATE "C" NOT NULL,
	"shown" bigint NOT NULL,
	"wanted" bigint NOT NULL,
	"live" boolean NOT NULL,
	"sent_at" bigint NOT NULL,
	"lease_until" bigint,
	"fence" bigint NOT NULL,
	CONSTRAINT "messages_place" UNIQUE("workspace","channel","ts")
);
--> statement-breakpoint
CREATE TABLE "seen" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "seen_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"rule" json NOT NULL,
	"timezone" text COLLATE "C" NOT NULL,
	"next_at" bigint,
	"enabled" boolean NOT NULL,
	"details" json NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" bigint NOT NULL,
	"lease_until" bigint,
	"fence" bigint NOT NULL,
	CONSTRAINT "schedules_subject" UNIQUE("workspace","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "logbook_heads" (
	"workspace" text COLLATE "C" PRIMARY KEY NOT NULL,
	"n" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "logbook" (
	"workspace" text COLLATE "C" NOT NULL,
	"n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C",
	"actor" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"personal" text COLLATE "C",
	"salt" text COLLATE "C",
	"commitment" text COLLATE "C" NOT NULL,
	"prev" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "logbook_pk" PRIMARY KEY("workspace","n")
);
--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "pilots" ADD CONSTRAINT "pilots_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "charter_versions" ADD CONSTRAINT "charter_versions_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "metrics" ADD CONSTRAINT "metrics_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "criteria" ADD CONSTRAINT "criteria_version_fk" FOREIGN KEY ("workspace","pilot","version") REFERENCES "charter_versions"("workspace","pilot","n") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "criteria" ADD CONSTRAINT "criteria_metric_fk" FOREIGN KEY ("workspace","pilot","metric") REFERENCES "metrics"("workspace","pilot","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_metric_fk" FOREIGN KEY ("workspace","pilot","metric") REFERENCES "metrics"("workspace","pilot","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "logbook" ADD CONSTRAINT "logbook_workspace_logbook_heads_workspace_fk" FOREIGN KEY ("workspace") REFERENCES "logbook_heads"("workspace") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "roles_pilot" ON "roles" USING btree ("workspace","pilot");
--> statement-breakpoint
CREATE INDEX "roles_person_now" ON "roles" USING btree ("workspace","person") WHERE "roles"."until" is null;
--> statement-breakpoint
CREATE INDEX "charter_versions_status" ON "charter_versions" USING btree ("workspace","status");
--> statement-breakpoint
CREATE INDEX "criteria_pilot_version" ON "criteria" USING btree ("workspace","pilot","version","position");
--> statement-breakpoint
CREATE INDEX "criteria_metric" ON "criteria" USING btree ("workspace","pilot","metric");
--> statement-breakpoint
CREATE UNIQUE INDEX "observations_ingest_key" ON "observations" USING btree ("workspace","source","ingest_key");
--> statement-breakpoint
CREATE INDEX "observations_metric_period" ON "observations" USING btree ("workspace","pilot","metric","period_end","recorded_at");
--> statement-breakpoint
CREATE INDEX "outbox_ready" ON "outbox" USING btree ("not_before") WHERE "outbox"."state" = 'ready';
--> statement-breakpoint
CREATE INDEX "outbox_sending" ON "outbox" USING btree ("lease_until") WHERE "outbox"."state" = 'sending';
--> statement-breakpoint
CREATE INDEX "outbox_subject" ON "outbox" USING btree ("workspace","subject");
--> statement-breakpoint
CREATE INDEX "messages_subject" ON "messages" USING btree ("workspace","subject");
--> statement-breakpoint
CREATE INDEX "messages_behind" ON "messages" USING btree ("lease_until") WHERE "messages"."live" and "messages"."shown" < "messages"."wanted";
--> statement-breakpoint
CREATE INDEX "seen_at" ON "seen" USING btree ("at");
--> statement-breakpoint
CREATE INDEX "schedules_next" ON "schedules" USING btree ("next_at") WHERE "schedules"."enabled";
--> statement-breakpoint
CREATE INDEX "logbook_pilot" ON "logbook" USING btree ("workspace","pilot","n");
--> statement-breakpoint
CREATE INDEX "logbook_actor" ON "logbook" USING btree ("workspace","actor");
