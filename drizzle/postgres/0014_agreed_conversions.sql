ALTER TABLE "criteria" ADD COLUMN "rates" json;
