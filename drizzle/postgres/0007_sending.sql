DROP INDEX "schedules_next";
--> statement-breakpoint
CREATE INDEX "schedules_leased" ON "schedules" USING btree ("kind","lease_until") WHERE "schedules"."lease_until" is not null;
--> statement-breakpoint
CREATE INDEX "schedules_next" ON "schedules" USING btree ("kind","next_at") WHERE "schedules"."enabled";
