CREATE TABLE "tokens" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"last_used_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"metric" text COLLATE "C" NOT NULL,
	"given" json NOT NULL,
	"problem" json NOT NULL,
	"ingest_key" text COLLATE "C",
	"received_at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"resolved_at" bigint,
	"resolved_by" text COLLATE "C",
	"reason" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "metric_names" (
	"workspace" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"metric" text COLLATE "C" NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"set_at" bigint NOT NULL,
	CONSTRAINT "metric_names_pk" PRIMARY KEY("workspace","pilot","source","name")
);
--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "set_aside" ADD CONSTRAINT "set_aside_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "metric_names" ADD CONSTRAINT "metric_names_metric_fk" FOREIGN KEY ("workspace","pilot","metric") REFERENCES "metrics"("workspace","pilot","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "tokens_workspace" ON "tokens" USING btree ("workspace");
--> statement-breakpoint
CREATE INDEX "set_aside_pilot" ON "set_aside" USING btree ("workspace","pilot","state");
--> statement-breakpoint
CREATE UNIQUE INDEX "set_aside_ingest_key" ON "set_aside" USING btree ("workspace","source","ingest_key");
