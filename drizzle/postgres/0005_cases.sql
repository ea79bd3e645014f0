CREATE TABLE "looks" (
	"workspace" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"due" text COLLATE "C",
	"is_fresh" boolean NOT NULL,
	"seen" json NOT NULL,
	"counted" json NOT NULL,
	"score" bigint NOT NULL,
	"standing" text COLLATE "C" NOT NULL,
	"verdicts" json NOT NULL,
	"worst" text COLLATE "C",
	"view" text COLLATE "C",
	"settings" bigint NOT NULL,
	CONSTRAINT "looks_pk" PRIMARY KEY("workspace","pilot","day")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"record" json NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"weight" bigint NOT NULL,
	"is_critical" boolean NOT NULL,
	"turned_on" text COLLATE "C",
	"settings" bigint NOT NULL,
	"opened_at" bigint,
	"closed_at" bigint,
	"closed_as" text COLLATE "C",
	"has_cleared" boolean NOT NULL,
	"said" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_copies" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"case_id" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"is_asked" boolean NOT NULL,
	"outcome" text COLLATE "C" NOT NULL,
	"at" bigint
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"cases" json NOT NULL,
	"decision" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"effective_at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"suggested" text COLLATE "C",
	"reason" text COLLATE "C",
	"until" text COLLATE "C",
	"asked_at" bigint,
	"details" json NOT NULL,
	"seen" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conditions" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"decision" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"due" text COLLATE "C" NOT NULL,
	"cleared_at" bigint,
	"cleared_by" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "stall_settings" (
	"workspace" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"preset" text COLLATE "C" NOT NULL,
	"changed" json NOT NULL,
	"set_at" bigint NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "stall_settings_pk" PRIMARY KEY("workspace","version")
);
--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "case_copies" ADD CONSTRAINT "case_copies_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "conditions" ADD CONSTRAINT "conditions_decision_decisions_id_fk" FOREIGN KEY ("decision") REFERENCES "decisions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "stall_settings" ADD CONSTRAINT "stall_settings_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "workspaces"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open" ON "cases" USING btree ("workspace","pilot","cause") WHERE "cases"."closed_at" is null;
--> statement-breakpoint
CREATE INDEX "cases_pilot" ON "cases" USING btree ("workspace","pilot");
--> statement-breakpoint
CREATE INDEX "case_copies_case" ON "case_copies" USING btree ("workspace","case_id");
--> statement-breakpoint
CREATE INDEX "case_copies_person" ON "case_copies" USING btree ("workspace","person","outcome");
--> statement-breakpoint
CREATE INDEX "case_copies_waiting" ON "case_copies" USING btree ("workspace","id") WHERE "case_copies"."outcome" = 'waiting';
--> statement-breakpoint
CREATE INDEX "decisions_pilot" ON "decisions" USING btree ("workspace","pilot","at");
--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_pending" ON "decisions" USING btree ("workspace","pilot") WHERE "decisions"."state" = 'pending';
--> statement-breakpoint
CREATE INDEX "conditions_pilot" ON "conditions" USING btree ("workspace","pilot");
