-- The logbook only grows. One change is allowed: a person is forgotten, so the personal part and the salt become null
-- and the acting person becomes "user".
create or replace function logbook_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.personal is null
      and new.salt is null
      and new.actor = (case when substr(old.actor, 1, 5) = 'user:' then 'user' else old.actor end)
      and new.workspace = old.workspace
      and new.n = old.n
      and new.at = old.at
      and new.kind = old.kind
      and new.pilot is not distinct from old.pilot
      and new.body = old.body
      and new.commitment = old.commitment
      and new.prev = old.prev
      and new.hash = old.hash
    then
      return new;
    end if;
  end if;
  raise exception 'the logbook cannot be changed' using errcode = 'restrict_violation';
end
$$;
--> statement-breakpoint
drop trigger if exists logbook_no_delete on logbook;
--> statement-breakpoint
create trigger logbook_no_delete before delete on logbook for each row execute function logbook_guard();
--> statement-breakpoint
drop trigger if exists logbook_no_truncate on logbook;
--> statement-breakpoint
create trigger logbook_no_truncate before truncate on logbook for each statement execute function logbook_guard();
--> statement-breakpoint
drop trigger if exists logbook_only_erase on logbook;
--> statement-breakpoint
create trigger logbook_only_erase before update on logbook for each row execute function logbook_guard();
