CREATE TABLE "check_ins" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"due" text COLLATE "C",
	"submitted_at" bigint NOT NULL,
	"submitted_by" text COLLATE "C" NOT NULL,
	"view" text COLLATE "C" NOT NULL,
	"ask" text COLLATE "C",
	"amends" text COLLATE "C",
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "check_in_log" (
	"workspace" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"due" text COLLATE "C" NOT NULL,
	"what" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "check_in_log_pk" PRIMARY KEY("workspace","pilot","due","what","person")
);
--> statement-breakpoint
CREATE TABLE "blockers" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C",
	"needed_by" text COLLATE "C",
	"raised_at" bigint NOT NULL,
	"raised_by" text COLLATE "C" NOT NULL,
	"news_at" bigint NOT NULL,
	"closed_at" bigint,
	"closed_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "pauses" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"since" bigint NOT NULL,
	"until" bigint,
	"return_day" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"set_by" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preferences" (
	"workspace" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"settings" json NOT NULL,
	"set_at" bigint NOT NULL,
	CONSTRAINT "preferences_pk" PRIMARY KEY("workspace","person")
);
--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "check_in_log" ADD CONSTRAINT "check_in_log_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "blockers" ADD CONSTRAINT "blockers_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "pauses" ADD CONSTRAINT "pauses_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "preferences" ADD CONSTRAINT "preferences_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "check_ins_pilot" ON "check_ins" USING btree ("workspace","pilot","submitted_at");
--> statement-breakpoint
CREATE INDEX "check_in_log_person" ON "check_in_log" USING btree ("workspace","person","at");
--> statement-breakpoint
CREATE INDEX "blockers_pilot" ON "blockers" USING btree ("workspace","pilot");
--> statement-breakpoint
CREATE INDEX "pauses_pilot" ON "pauses" USING btree ("workspace","pilot");
