CREATE INDEX "pilots_watched" ON "pilots" USING btree ("workspace") WHERE "pilots"."watched_since" is not null;
