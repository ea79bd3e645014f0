CREATE INDEX `pilots_watched` ON `pilots` (`workspace`) WHERE "pilots"."watched_since" is not null;
