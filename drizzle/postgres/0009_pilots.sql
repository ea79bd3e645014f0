CREATE TABLE "watched" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"addressee" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"dedupe_key" text COLLATE "C" NOT NULL,
	CONSTRAINT "watched_dedupe_key" UNIQUE("workspace","dedupe_key")
);
--> statement-breakpoint
ALTER TABLE "pilots" ADD COLUMN "watched_since" bigint;
--> statement-breakpoint
ALTER TABLE "pilots" ADD COLUMN "released_at" bigint;
--> statement-breakpoint
ALTER TABLE "watched" ADD CONSTRAINT "watched_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "watched_at" ON "watched" USING btree ("workspace","at");
