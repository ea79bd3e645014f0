DROP INDEX `observations_ingest_key`;
--> statement-breakpoint
CREATE UNIQUE INDEX `observations_ingest_key` ON `observations` (`workspace`,`source`,`ingest_key`) WHERE "observations"."ingest_key" is not null;
