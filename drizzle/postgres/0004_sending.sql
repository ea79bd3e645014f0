ALTER TABLE "workspaces" ADD COLUMN "held_since" bigint;
--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "held_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "attempted_at" bigint;
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "check_at" bigint;
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "looks" bigint;
--> statement-breakpoint
CREATE INDEX "outbox_check" ON "outbox" USING btree ("check_at") WHERE "outbox"."state" = 'unknown';
--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("workspace","addressee","not_before") WHERE "outbox"."finished_at" is null;
