ALTER TABLE "people" ADD COLUMN "quiet" json;
