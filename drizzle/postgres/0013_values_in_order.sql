DROP INDEX "observations_metric_period";
--> statement-breakpoint
ALTER TABLE "observations" DROP CONSTRAINT "observations_pkey";
--> statement-breakpoint
ALTER TABLE "observations" ADD CONSTRAINT "observations_pk" PRIMARY KEY("workspace","pilot","metric","period_end","recorded_at","id");
