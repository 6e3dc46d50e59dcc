-- Every row that belongs to somebody names its organization first: adding that later would change
-- every key. Local mode has the one organization below.

create table organizations (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);
insert into organizations (id, name) values ('00000000-0000-7000-8000-000000000001', 'Local');

create table images (
  organization_id uuid not null references organizations,
  id text not null check (id ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  media_type text not null,
  bytes integer not null check (bytes > 0),
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);

create table workers (
  id uuid primary key,
  host text not null,
  pid integer not null,
  running integer not null default 0,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

create table jobs (
  organization_id uuid not null references organizations,
  id uuid not null,
  kind text not null,
  status text not null default 'queued'
    check (status in ('queued', 'processing', 'done', 'failed', 'canceled')),
  priority integer not null default 0,
  progress_done integer not null default 0,
  progress_total integer not null default 1,
  attempts integer not null default 0,
  interruptions integer not null default 0,
  error_code text,
  error_message text,
  image_id text not null,
  options jsonb not null,
  caption_ids uuid[] not null default '{}',
  -- The queue's own id of the delivery that is to do this work; a re-driven job gets a new one.
  delivery_id uuid not null,
  worker_id uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (id),
  foreign key (organization_id, image_id) references images
);
-- Lists are newest first; ids are UUIDv7, so their order is the order in time.
create index jobs_by_organization on jobs (organization_id, id desc);
create index jobs_by_status on jobs (organization_id, status, id desc);
-- Jobs in hand, by who holds them: what a dead worker left behind.
create index jobs_processing on jobs (worker_id) where status = 'processing';
-- The daily clean-up.
create index jobs_finished on jobs (finished_at) where finished_at is not null;

-- Partitioned by month: ids are UUIDv7, whose first 48 bits are milliseconds, so a range of ids is a
-- range of time and the id alone stays the primary key.
create table captions (
  organization_id uuid not null references organizations,
  id uuid not null,
  image_id text not null,
  job_id uuid,
  text text not null check (text <> ''),
  style text not null check (style in ('concise', 'creative', 'alt', 'training')),
  captioner text not null,
  model_version text,
  -- SHA-256 over all that decides the text besides the image: captioner, model version, style, settings.
  recipe text not null,
  settings jsonb not null default '{}',
  confidence real,
  labels jsonb not null default '[]',
  ms real not null,
  usage jsonb,
  author text not null default 'model' check (author in ('model', 'person')),
  supersedes uuid,
  created_at timestamptz not null default now(),
  primary key (id),
  foreign key (organization_id, image_id) references images
) partition by range (id);
create table captions_other partition of captions default;

create index captions_by_organization on captions (organization_id, id desc);
create index captions_by_image on captions (organization_id, image_id, recipe, id desc);
create index captions_words on captions using gin (to_tsvector('simple', text));

-- The smallest UUIDv7 of a point in time.
create function descry_first_id(moment timestamptz) returns uuid
language sql immutable strict as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

-- Makes the partition of the month a moment lies in, if it is not there yet.
create function descry_make_captions_partition(moment timestamptz) returns void
language plpgsql as $$
declare
  first timestamptz := date_trunc('month', moment, 'UTC');
  next timestamptz := date_trunc('month', moment, 'UTC') + interval '1 month';
  name text := 'captions_' || to_char(first at time zone 'UTC', 'YYYY_MM');
begin
  if to_regclass(name) is null then
    execute format('create table %I partition of captions for values from (%L) to (%L)',
      name, descry_first_id(first), descry_first_id(next));
  end if;
end
$$;

-- What happened, in the order it was committed, kept a day for those who reconnect.
create table events (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);
create index events_by_organization on events (organization_id, id);
create index events_by_age on events (created_at);

-- Ids must become visible in their order, or a reader that saw 8 would never ask for a late 7. The
-- lock is held to the end of the transaction, so emit last.
create function descry_emit(organization uuid, event_type text, event_data jsonb) returns bigint
language plpgsql as $$
declare
  event_id bigint;
begin
  perform pg_advisory_xact_lock(hashtext('descry_events'));
  insert into events (organization_id, type, data) values (organization, event_type, event_data)
    returning id into event_id;
  perform pg_notify('descry_events', event_id::text);
  return event_id;
end
$$;
