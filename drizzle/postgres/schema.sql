blockers.workspace text collate "C" not null
blockers.id text collate "C" not null
blockers.pilot text collate "C" not null
blockers.kind text collate "C" not null
blockers.words text collate "C" not null
blockers.owner text collate "C"
blockers.needed_by text collate "C"
blockers.raised_at bigint not null
blockers.raised_by text collate "C" not null
blockers.news_at bigint not null
blockers.closed_at bigint
blockers.closed_by text collate "C"
case_copies.workspace text collate "C" not null
case_copies.id text collate "C" not null
case_copies.case_id text collate "C" not null
case_copies.pilot text collate "C" not null
case_copies.seq bigint not null
case_copies.level text collate "C" not null
case_copies.person text collate "C" not null
case_copies.role text collate "C" not null
case_copies.is_asked boolean not null
case_copies.outcome text collate "C" not null
case_copies.at bigint
cases.workspace text collate "C" not null
cases.id text collate "C" not null
cases.pilot text collate "C" not null
cases.cause text collate "C" not null
cases.record json not null
cases.state text collate "C" not null
cases.revision bigint not null
cases.weight bigint not null
cases.is_critical boolean not null
cases.turned_on text collate "C"
cases.settings bigint not null
cases.opened_at bigint
cases.closed_at bigint
cases.closed_as text collate "C"
cases.has_cleared boolean not null
cases.said json not null
charter_versions.workspace text collate "C" not null
charter_versions.id text collate "C" not null
charter_versions.pilot text collate "C" not null
charter_versions.n bigint not null
charter_versions.status text collate "C" not null
charter_versions.fields json not null
charter_versions.asked_at bigint
charter_versions.asked_by text collate "C"
charter_versions.note text collate "C"
charter_versions.answered_at bigint
charter_versions.answered_by text collate "C"
charter_versions.reason text collate "C"
charter_versions.text text collate "C"
charter_versions.hash text collate "C"
charter_versions.frozen_at bigint
charter_versions.results_known boolean not null
charter_versions.revision bigint not null
check_in_log.workspace text collate "C" not null
check_in_log.pilot text collate "C" not null
check_in_log.due text collate "C" not null
check_in_log.what text collate "C" not null
check_in_log.person text collate "C" not null
check_in_log.at bigint not null
check_ins.workspace text collate "C" not null
check_ins.id text collate "C" not null
check_ins.pilot text collate "C" not null
check_ins.due text collate "C"
check_ins.submitted_at bigint not null
check_ins.submitted_by text collate "C" not null
check_ins.view text collate "C" not null
check_ins.ask text collate "C"
check_ins.amends text collate "C"
check_ins.revision bigint not null
conditions.workspace text collate "C" not null
conditions.id text collate "C" not null
conditions.pilot text collate "C" not null
conditions.decision text collate "C" not null
conditions.words text collate "C" not null
conditions.due text collate "C" not null
conditions.cleared_at bigint
conditions.cleared_by text collate "C"
criteria.workspace text collate "C" not null
criteria.id text collate "C" not null
criteria.pilot text collate "C" not null
criteria.version bigint not null
criteria.lineage text collate "C" not null
criteria.position bigint not null
criteria.metric text collate "C" not null
criteria.measures text collate "C" not null
criteria.kind text collate "C" not null
criteria.role text collate "C" not null
criteria.baseline text collate "C"
criteria.baseline_known_by text collate "C"
criteria.target text collate "C"
criteria.target_high text collate "C"
criteria.deadline text collate "C" not null
criteria.first_effect text collate "C"
criteria.agg text collate "C" not null
criteria.agg_window bigint not null
criteria.percentile text collate "C"
criteria.sustain bigint not null
criteria.min_n bigint not null
criteria.min_periods bigint not null
criteria.min_trust bigint not null
criteria.margin text collate "C" not null
criteria.budget bigint
criteria.closing_days bigint not null
criteria.mode text collate "C" not null
criteria.tolerance text collate "C" not null
criteria.rates json
decisions.workspace text collate "C" not null
decisions.id text collate "C" not null
decisions.pilot text collate "C" not null
decisions.cases json not null
decisions.decision text collate "C" not null
decisions.by text collate "C" not null
decisions.role text collate "C" not null
decisions.at bigint not null
decisions.effective_at bigint not null
decisions.state text collate "C" not null
decisions.suggested text collate "C"
decisions.reason text collate "C"
decisions.until text collate "C"
decisions.asked_at bigint
decisions.details json not null
decisions.seen json not null
follows.workspace text collate "C" not null
follows.person text collate "C" not null
follows.pilot text collate "C" not null
follows.since bigint not null
logbook.workspace text collate "C" not null
logbook.n bigint not null
logbook.at bigint not null
logbook.kind text collate "C" not null
logbook.pilot text collate "C"
logbook.actor text collate "C" not null
logbook.body text collate "C" not null
logbook.personal text collate "C"
logbook.salt text collate "C"
logbook.commitment text collate "C" not null
logbook.prev text collate "C" not null
logbook.hash text collate "C" not null
logbook_heads.workspace text collate "C" not null
logbook_heads.n bigint not null
logbook_heads.hash text collate "C" not null
looks.workspace text collate "C" not null
looks.pilot text collate "C" not null
looks.day text collate "C" not null
looks.at bigint not null
looks.due text collate "C"
looks.is_fresh boolean not null
looks.seen json not null
looks.counted json not null
looks.score bigint not null
looks.standing text collate "C" not null
looks.verdicts json not null
looks.worst text collate "C"
looks.view text collate "C"
looks.settings bigint not null
messages.workspace text collate "C" not null
messages.id text collate "C" not null
messages.kind text collate "C" not null
messages.subject text collate "C" not null
messages.version bigint not null
messages.reader text collate "C" not null
messages.channel text collate "C" not null
messages.ts text collate "C" not null
messages.shown bigint not null
messages.wanted bigint not null
messages.live boolean not null
messages.sent_at bigint not null
messages.lease_until bigint
messages.fence bigint not null
metric_names.workspace text collate "C" not null
metric_names.pilot text collate "C" not null
metric_names.source text collate "C" not null
metric_names.name text collate "C" not null
metric_names.metric text collate "C" not null
metric_names.set_by text collate "C" not null
metric_names.set_at bigint not null
metrics.workspace text collate "C" not null
metrics.id text collate "C" not null
metrics.pilot text collate "C" not null
metrics.key text collate "C" not null
metrics.name text collate "C" not null
metrics.unit text collate "C" not null
metrics.cadence text collate "C" not null
metrics.reporter text collate "C"
metrics.source text collate "C" not null
observations.workspace text collate "C" not null
observations.id text collate "C" not null
observations.pilot text collate "C" not null
observations.metric text collate "C" not null
observations.period_start text collate "C" not null
observations.period_end text collate "C" not null
observations.value text collate "C"
observations.num text collate "C"
observations.den text collate "C"
observations.raw json
observations.n bigint
observations.unit text collate "C" not null
observations.source text collate "C" not null
observations.trust bigint not null
observations.evidence text collate "C"
observations.recorded_at bigint not null
observations.recorded_by text collate "C"
observations.withdrawn boolean not null
observations.reason text collate "C"
observations.ingest_key text collate "C"
outbox.workspace text collate "C" not null
outbox.id text collate "C" not null
outbox.kind text collate "C" not null
outbox.subject text collate "C" not null
outbox.version bigint not null
outbox.addressee text collate "C" not null
outbox.details json not null
outbox.dedupe_key text collate "C" not null
outbox.not_before bigint not null
outbox.state text collate "C" not null
outbox.attempts bigint not null
outbox.lease_until bigint
outbox.fence bigint not null
outbox.channel text collate "C"
outbox.ts text collate "C"
outbox.error text collate "C"
outbox.sent json
outbox.created_at bigint not null
outbox.finished_at bigint
outbox.attempted_at bigint
outbox.check_at bigint
outbox.looks bigint
pauses.workspace text collate "C" not null
pauses.id text collate "C" not null
pauses.pilot text collate "C" not null
pauses.since bigint not null
pauses.until bigint
pauses.return_day text collate "C"
pauses.reason text collate "C" not null
pauses.set_by text collate "C" not null
people.workspace text collate "C" not null
people.id text collate "C" not null
people.name text collate "C" not null
people.real_name text collate "C" not null
people.timezone text collate "C"
people.is_bot boolean not null
people.is_deactivated boolean not null
people.is_guest boolean not null
people.is_external boolean not null
people.is_admin boolean not null
people.refreshed_at bigint not null
people.quiet json
pilots.workspace text collate "C" not null
pilots.id text collate "C" not null
pilots.key text collate "C" not null
pilots.name text collate "C" not null
pilots.stage text collate "C" not null
pilots.paused_since bigint
pilots.visibility text collate "C" not null
pilots.channel text collate "C"
pilots.business_unit text collate "C" not null
pilots.external_id text collate "C"
pilots.external_link text collate "C"
pilots.revision bigint not null
pilots.created_at bigint not null
pilots.created_by text collate "C" not null
pilots.deleted_at bigint
pilots.watched_since bigint
pilots.released_at bigint
preferences.workspace text collate "C" not null
preferences.person text collate "C" not null
preferences.settings json not null
preferences.set_at bigint not null
roles.workspace text collate "C" not null
roles.id text collate "C" not null
roles.pilot text collate "C" not null
roles.role text collate "C" not null
roles.person text collate "C" not null
roles.since bigint not null
roles.until bigint
schedules.workspace text collate "C" not null
schedules.id text collate "C" not null
schedules.kind text collate "C" not null
schedules.subject text collate "C" not null
schedules.rule json not null
schedules.timezone text collate "C" not null
schedules.next_at bigint
schedules.enabled boolean not null
schedules.details json not null
schedules.set_by text collate "C" not null
schedules.set_at bigint not null
schedules.lease_until bigint
schedules.fence bigint not null
seen.workspace text collate "C" not null
seen.id text collate "C" not null
seen.at bigint not null
set_aside.workspace text collate "C" not null
set_aside.id text collate "C" not null
set_aside.pilot text collate "C" not null
set_aside.source text collate "C" not null
set_aside.cause text collate "C" not null
set_aside.metric text collate "C" not null
set_aside.given json not null
set_aside.problem json not null
set_aside.ingest_key text collate "C"
set_aside.received_at bigint not null
set_aside.state text collate "C" not null
set_aside.resolved_at bigint
set_aside.resolved_by text collate "C"
set_aside.reason text collate "C"
sponsor_answers.workspace text collate "C" not null
sponsor_answers.id text collate "C" not null
sponsor_answers.pilot text collate "C" not null
sponsor_answers.sponsor text collate "C" not null
sponsor_answers.test text collate "C" not null
sponsor_answers.answer text collate "C" not null
sponsor_answers.reason text collate "C"
sponsor_answers.by text collate "C" not null
sponsor_answers.at bigint not null
stall_settings.workspace text collate "C" not null
stall_settings.version bigint not null
stall_settings.preset text collate "C" not null
stall_settings.changed json not null
stall_settings.set_at bigint not null
stall_settings.set_by text collate "C" not null
tokens.workspace text collate "C" not null
tokens.id text collate "C" not null
tokens.name text collate "C" not null
tokens.digest text collate "C" not null
tokens.pilot text collate "C"
tokens.created_at bigint not null
tokens.expires_at bigint
tokens.last_used_at bigint
tokens.revoked_at bigint
watched.workspace text collate "C" not null
watched.id text collate "C" not null
watched.pilot text collate "C" not null
watched.kind text collate "C" not null
watched.addressee text collate "C" not null
watched.at bigint not null
watched.dedupe_key text collate "C" not null
workspaces.id text collate "C" not null
workspaces.name text collate "C" not null
workspaces.timezone text collate "C" not null
workspaces.bot_user text collate "C" not null
workspaces.installed_at bigint not null
workspaces.uninstalled_at bigint
workspaces.settings json not null
workspaces.held_since bigint
workspaces.held_by text collate "C"
blockers: blockers_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
blockers: blockers_pkey PRIMARY KEY (id)
case_copies: case_copies_case_id_cases_id_fk FOREIGN KEY (case_id) REFERENCES cases(id)
case_copies: case_copies_pkey PRIMARY KEY (id)
cases: cases_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
cases: cases_pkey PRIMARY KEY (id)
charter_versions: charter_versions_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
charter_versions: charter_versions_pilot_n UNIQUE (workspace, pilot, n)
charter_versions: charter_versions_pkey PRIMARY KEY (id)
check_in_log: check_in_log_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
check_in_log: check_in_log_pk PRIMARY KEY (workspace, pilot, due, what, person)
check_ins: check_ins_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
check_ins: check_ins_pkey PRIMARY KEY (id)
conditions: conditions_decision_decisions_id_fk FOREIGN KEY (decision) REFERENCES decisions(id)
conditions: conditions_pkey PRIMARY KEY (id)
criteria: criteria_metric_fk FOREIGN KEY (workspace, pilot, metric) REFERENCES metrics(workspace, pilot, id)
criteria: criteria_pkey PRIMARY KEY (id)
criteria: criteria_version_fk FOREIGN KEY (workspace, pilot, version) REFERENCES charter_versions(workspace, pilot, n)
decisions: decisions_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
decisions: decisions_pkey PRIMARY KEY (id)
follows: follows_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
follows: follows_pk PRIMARY KEY (workspace, person, pilot)
logbook: logbook_pk PRIMARY KEY (workspace, n)
logbook: logbook_workspace_logbook_heads_workspace_fk FOREIGN KEY (workspace) REFERENCES logbook_heads(workspace)
logbook_heads: logbook_heads_pkey PRIMARY KEY (workspace)
looks: looks_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
looks: looks_pk PRIMARY KEY (workspace, pilot, day)
messages: messages_pkey PRIMARY KEY (id)
messages: messages_place UNIQUE (workspace, channel, ts)
messages: messages_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
metric_names: metric_names_metric_fk FOREIGN KEY (workspace, pilot, metric) REFERENCES metrics(workspace, pilot, id)
metric_names: metric_names_pk PRIMARY KEY (workspace, pilot, source, name)
metrics: metrics_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
metrics: metrics_pilot_id UNIQUE (workspace, pilot, id)
metrics: metrics_pilot_key UNIQUE (workspace, pilot, key)
metrics: metrics_pkey PRIMARY KEY (id)
observations: observations_metric_fk FOREIGN KEY (workspace, pilot, metric) REFERENCES metrics(workspace, pilot, id)
observations: observations_pk PRIMARY KEY (workspace, pilot, metric, period_end, recorded_at, id)
outbox: outbox_dedupe_key UNIQUE (workspace, dedupe_key)
outbox: outbox_pkey PRIMARY KEY (id)
outbox: outbox_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
pauses: pauses_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
pauses: pauses_pkey PRIMARY KEY (id)
people: people_pk PRIMARY KEY (workspace, id)
people: people_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
pilots: pilots_pkey PRIMARY KEY (id)
pilots: pilots_workspace_id UNIQUE (workspace, id)
pilots: pilots_workspace_key UNIQUE (workspace, key)
pilots: pilots_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
preferences: preferences_pk PRIMARY KEY (workspace, person)
preferences: preferences_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
roles: roles_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
roles: roles_pkey PRIMARY KEY (id)
schedules: schedules_pkey PRIMARY KEY (id)
schedules: schedules_subject UNIQUE (workspace, kind, subject)
schedules: schedules_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
seen: seen_pk PRIMARY KEY (workspace, id)
set_aside: set_aside_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
set_aside: set_aside_pkey PRIMARY KEY (id)
sponsor_answers: sponsor_answers_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
sponsor_answers: sponsor_answers_pkey PRIMARY KEY (id)
stall_settings: stall_settings_pk PRIMARY KEY (workspace, version)
stall_settings: stall_settings_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
tokens: tokens_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
tokens: tokens_pkey PRIMARY KEY (id)
tokens: tokens_workspace_workspaces_id_fk FOREIGN KEY (workspace) REFERENCES workspaces(id)
watched: watched_dedupe_key UNIQUE (workspace, dedupe_key)
watched: watched_pilot_fk FOREIGN KEY (workspace, pilot) REFERENCES pilots(workspace, id)
watched: watched_pkey PRIMARY KEY (id)
workspaces: workspaces_pkey PRIMARY KEY (id)
CREATE INDEX blockers_pilot ON blockers USING btree (workspace, pilot);
CREATE INDEX case_copies_case ON case_copies USING btree (workspace, case_id);
CREATE INDEX case_copies_person ON case_copies USING btree (workspace, person, outcome);
CREATE INDEX case_copies_waiting ON case_copies USING btree (workspace, id) WHERE (outcome = 'waiting'::text);
CREATE INDEX cases_pilot ON cases USING btree (workspace, pilot);
CREATE UNIQUE INDEX cases_one_open ON cases USING btree (workspace, pilot, cause) WHERE (closed_at IS NULL);
CREATE INDEX charter_versions_status ON charter_versions USING btree (workspace, status);
CREATE INDEX check_in_log_person ON check_in_log USING btree (workspace, person, at);
CREATE INDEX check_ins_pilot ON check_ins USING btree (workspace, pilot, submitted_at);
CREATE INDEX conditions_pilot ON conditions USING btree (workspace, pilot);
CREATE INDEX criteria_metric ON criteria USING btree (workspace, pilot, metric);
CREATE INDEX criteria_pilot_version ON criteria USING btree (workspace, pilot, version, "position");
CREATE INDEX decisions_pilot ON decisions USING btree (workspace, pilot, at);
CREATE UNIQUE INDEX decisions_one_pending ON decisions USING btree (workspace, pilot) WHERE (state = 'pending'::text);
CREATE INDEX logbook_actor ON logbook USING btree (workspace, actor);
CREATE INDEX logbook_pilot ON logbook USING btree (workspace, pilot, n);
CREATE INDEX messages_behind ON messages USING btree (lease_until) WHERE (live AND (shown < wanted));
CREATE INDEX messages_subject ON messages USING btree (workspace, subject);
CREATE UNIQUE INDEX observations_ingest_key ON observations USING btree (workspace, source, ingest_key) WHERE (ingest_key IS NOT NULL);
CREATE INDEX outbox_check ON outbox USING btree (check_at) WHERE (state = 'unknown'::text);
CREATE INDEX outbox_lane ON outbox USING btree (workspace, addressee, not_before) WHERE (finished_at IS NULL);
CREATE INDEX outbox_ready ON outbox USING btree (not_before) WHERE (state = 'ready'::text);
CREATE INDEX outbox_sending ON outbox USING btree (lease_until) WHERE (state = 'sending'::text);
CREATE INDEX outbox_subject ON outbox USING btree (workspace, subject);
CREATE INDEX pauses_pilot ON pauses USING btree (workspace, pilot);
CREATE INDEX pilots_watched ON pilots USING btree (workspace) WHERE (watched_since IS NOT NULL);
CREATE INDEX roles_person_now ON roles USING btree (workspace, person) WHERE (until IS NULL);
CREATE INDEX roles_pilot ON roles USING btree (workspace, pilot);
CREATE INDEX schedules_leased ON schedules USING btree (kind, lease_until) WHERE (lease_until IS NOT NULL);
CREATE INDEX schedules_next ON schedules USING btree (kind, next_at) WHERE enabled;
CREATE INDEX seen_at ON seen USING btree (at);
CREATE INDEX set_aside_pilot ON set_aside USING btree (workspace, pilot, state);
CREATE UNIQUE INDEX set_aside_ingest_key ON set_aside USING btree (workspace, source, ingest_key);
CREATE INDEX sponsor_answers_pilot ON sponsor_answers USING btree (workspace, pilot);
CREATE INDEX tokens_workspace ON tokens USING btree (workspace);
CREATE INDEX watched_at ON watched USING btree (workspace, at);
CREATE TRIGGER logbook_no_delete BEFORE DELETE ON logbook FOR EACH ROW EXECUTE FUNCTION logbook_guard();
CREATE TRIGGER logbook_no_truncate BEFORE TRUNCATE ON logbook FOR EACH STATEMENT EXECUTE FUNCTION logbook_guard();
CREATE TRIGGER logbook_only_erase BEFORE UPDATE ON logbook FOR EACH ROW EXECUTE FUNCTION logbook_guard();
CREATE OR REPLACE FUNCTION logbook_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

