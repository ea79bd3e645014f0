CREATE TABLE "follows" (
	"workspace" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "follows_pk" PRIMARY KEY("workspace","person","pilot")
);
--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
