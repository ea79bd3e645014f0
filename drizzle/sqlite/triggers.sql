-- The logbook only grows. One change is allowed: a person is forgotten, so the personal part and the salt become null
-- and the acting person becomes "user".
create trigger logbook_no_delete before delete on logbook
begin
  select raise(abort, 'the logbook cannot be changed');
end;
--> statement-breakpoint
-- "insert or replace" deletes without asking the trigger above.
create trigger logbook_no_replace before insert on logbook
when exists (select 1 from logbook where workspace = new.workspace and n = new.n)
begin
  select raise(abort, 'the logbook cannot be changed');
end;
--> statement-breakpoint
create trigger logbook_only_erase before update on logbook
when not (
  new.personal is null
  and new.salt is null
  and new.actor is case when substr(old.actor, 1, 5) = 'user:' then 'user' else old.actor end
  and new.workspace is old.workspace
  and new.n is old.n
  and new.at is old.at
  and new.kind is old.kind
  and new.pilot is old.pilot
  and new.body is old.body
  and new.commitment is old.commitment
  and new.prev is old.prev
  and new.hash is old.hash
)
begin
  select raise(abort, 'the logbook cannot be changed');
end;
