CREATE TABLE "sponsor_answers" (
	"workspace" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pilot" text COLLATE "C" NOT NULL,
	"sponsor" text COLLATE "C" NOT NULL,
	"test" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sponsor_answers" ADD CONSTRAINT "sponsor_answers_pilot_fk" FOREIGN KEY ("workspace","pilot") REFERENCES "pilots"("workspace","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "sponsor_answers_pilot" ON "sponsor_answers" USING btree ("workspace","pilot");
