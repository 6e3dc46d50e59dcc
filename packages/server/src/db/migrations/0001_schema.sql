-- Keys: `id` is a UUIDv7, so that the order of ids is the order in time. Whatever belongs to somebody has
-- an organization_id, also in every reference to another such row, so that nothing can refer to what is
-- somebody else's. Where something has a name of its own, the key is that: images are named by their
-- pixels; captioners, prompts and windows by what people or the calendar call them.

-- Local mode has the one organization below.
create table organizations (
  id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);
insert into organizations (id, name) values ('00000000-0000-7000-8000-000000000001', 'Local');

-- The id is the SHA-256 of the pixels, so that the same picture is kept once an organization.
create table images (
  organization_id uuid not null references organizations,
  id text not null check (id ~ '^[0-9a-f]{64}$'),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  media_type text not null,
  -- Of the kept file and its thumbnail; by these a file that was cut off or changed is noticed.
  bytes integer not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  thumbnail_bytes integer not null check (thumbnail_bytes > 0),
  thumbnail_sha256 text not null check (thumbnail_sha256 ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);

-- The file names that an image was uploaded under.
create table image_names (
  organization_id uuid not null,
  image_id text not null,
  name text not null check (name <> ''),
  uploaded_at timestamptz not null default now(), -- the first time
  primary key (organization_id, image_id, name),
  foreign key (organization_id, image_id) references images on delete cascade
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
  -- Who submitted it.
  actor text not null,
  status text not null default 'queued'
    check (status in ('queued', 'processing', 'done', 'failed', 'canceled')),
  priority integer not null default 0,
  progress_done integer not null default 0,
  progress_total integer not null default 1,
  progress_failed integer not null default 0,
  attempts integer not null default 0,
  interruptions integer not null default 0,
  error_code text,
  error_message text,
  -- What the last failed attempt tried: the raw reply and the steps.
  trace jsonb,
  -- What people know it by: the file name of its upload.
  name text,
  -- What it is about and what came out of it; both as its kind has them.
  input jsonb not null,
  result jsonb,
  -- The batch that it is part of, and the how many-th of its jobs it is.
  parent_id uuid,
  position integer not null default 0,
  -- Of a batch: the jobs that were added so far; `progress_total` are those that were announced.
  items integer not null default 0,
  -- Null: as soon as it is its turn. Otherwise it was put off, as often as `put_offs` says.
  run_after timestamptz,
  put_offs integer not null default 0,
  -- For how long after its first attempt it may be put off.
  patience_seconds integer not null default 86400,
  -- Of the request that submitted it, so that the same request sent again gives the same job.
  idempotency_key text,
  -- The queue's own id of the delivery that is to do this work; a re-driven job gets a new one.
  delivery_id uuid not null,
  worker_id uuid,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (id),
  unique (organization_id, id), -- lists, newest first
  unique (organization_id, idempotency_key),
  foreign key (organization_id, parent_id) references jobs (organization_id, id) on delete cascade
);
create index jobs_by_parent on jobs (organization_id, parent_id, id) where parent_id is not null;
create index jobs_by_status on jobs (organization_id, status, id desc);
-- Jobs in hand, by who holds them: what a dead worker left behind.
create index jobs_processing on jobs (worker_id) where status = 'processing';
-- The daily clean-up.
create index jobs_finished on jobs (organization_id, finished_at) where finished_at is not null;

-- Partitioned by month: ids are UUIDv7, whose first 48 bits are milliseconds, so a range of ids is a
-- range of time and the id alone stays the primary key. A caption belongs to an image and a recipe; a
-- person's has the recipe of the one that it supersedes, and no captioner. What it names as its job or
-- its predecessor may be gone: jobs are deleted after a while.
create table captions (
  organization_id uuid not null references organizations,
  id uuid not null,
  image_id text not null,
  job_id uuid,
  text text not null check (text <> ''),
  style text not null check (style in ('concise', 'creative', 'alt', 'training')),
  captioner text,
  model_version text,
  -- SHA-256 over all that decides the text besides the image: captioner, model version, style, settings.
  recipe text not null,
  settings jsonb not null default '{}',
  confidence real,
  labels jsonb not null default '[]',
  ms real,
  usage jsonb,
  trace jsonb,
  author text not null default 'model' check (author in ('model', 'person')),
  supersedes uuid,
  created_at timestamptz not null default now(),
  primary key (id),
  foreign key (organization_id, image_id) references images,
  constraint captions_author check (case author
    when 'model' then captioner is not null and ms is not null
    else captioner is null and model_version is null and trace is null
  end)
) partition by range (id);
create table captions_other partition of captions default;

create index captions_by_organization on captions (organization_id, id desc);
create index captions_by_image on captions (organization_id, image_id, id desc);
create index captions_words on captions using gin (to_tsvector('simple', text));

-- The newest caption of each image and recipe. It is not partitioned, so that the key keeps a second one
-- out, and whether there is one is a look-up that does not grow with the number of months. No foreign
-- key to captions: a row that moves to another partition is deleted there, as far as Postgres can tell.
create table current_captions (
  organization_id uuid not null,
  image_id text not null,
  recipe text not null,
  caption_id uuid not null,
  primary key (organization_id, image_id, recipe),
  foreign key (organization_id, image_id) references images on delete cascade
);

-- The smallest UUIDv7 of a point in time.
create function descry_first_id(moment timestamptz) returns uuid
language sql immutable strict as $$
  select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

create function descry_time_of(id uuid) returns timestamptz
language sql immutable strict as $$
  select to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
$$;

-- Makes the partition of the month that a moment lies in, unless it is there, and moves the rows of
-- that month out of the default partition, where they landed meanwhile. It rather fails than keeps
-- writers waiting behind it: everything works without the partition, and it is tried again.
create function descry_make_captions_partition(moment timestamptz) returns void
language plpgsql set lock_timeout = '2s' as $$
declare
  first timestamptz := date_trunc('month', moment, 'UTC');
  first_id uuid := descry_first_id(first);
  next_id uuid := descry_first_id(first + interval '1 month');
  name text := 'captions_' || to_char(first at time zone 'UTC', 'YYYY_MM');
begin
  if to_regclass(name) is not null then
    return;
  end if;
  lock table captions_other in access exclusive mode;
  if to_regclass(name) is not null then -- another process was faster
    return;
  end if;
  execute format('create table %I (like captions including all)', name);
  execute format('with moved as (delete from captions_other where id >= %L and id < %L returning *)
    insert into %I select * from moved', first_id, next_id, name);
  execute format('alter table captions attach partition %I for values from (%L) to (%L)',
    name, first_id, next_id);
end
$$;

-- Drops a partition that is empty; returns whether it was. Captions wait meanwhile, two seconds at most.
create function descry_drop_captions_partition(name text) returns boolean
language plpgsql set lock_timeout = '2s' as $$
declare
  is_used boolean;
begin
  execute format('select exists (select from %I)', name) into is_used;
  if is_used then
    return false;
  end if;
  lock table captions in access exclusive mode;
  execute format('select exists (select from %I)', name) into is_used;
  if is_used then
    return false;
  end if;
  execute format('drop table %I', name);
  return true;
end
$$;

-- What happened, as each transaction wrote it. Ids are given before the commit, so that they become
-- visible in another order: a reader that saw 8 would never ask for a late 7.
create table event_outbox (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations,
  actor text not null,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);

-- The same, in the order that it was committed, kept a day for those who reconnect.
create table events (
  id bigint generated always as identity primary key,
  organization_id uuid not null references organizations,
  actor text not null,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);
create index events_by_organization on events (organization_id, id);
create index events_by_age on events (organization_id, created_at);

-- Moves what was committed from the outbox to the events. Only those who move wait for each other, and
-- never for a writer: what is not committed yet is not seen, and gets its id once it is. The lock is held
-- to the commit, so that ids become visible in their order.
create function descry_sequence_events() returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('descry_sequence_events'));
  with moved as (delete from event_outbox returning *)
    insert into events (organization_id, actor, type, data, created_at)
      select organization_id, actor, type, data, created_at from moved order by id;
end
$$;

-- Limits and costs of captioners, shared by all processes.

-- How often a captioner was asked, in each minute and day, for those that have such limits; and in each
-- month, with what that cost, for those that have a price. All in UTC. Minutes and days are counted
-- before the request, months after it.
create table captioner_windows (
  organization_id uuid not null references organizations,
  window_kind text not null check (window_kind in ('minute', 'day', 'month')),
  window_start timestamptz not null,
  captioner text not null,
  requests integer not null default 0,
  cost numeric not null default 0, -- US dollars
  primary key (organization_id, window_kind, window_start, captioner)
) with (fillfactor = 70); -- room to update a row in its page

-- Requests in hand (granted), and requests in line for a place. `expires_at` moves on as long as their
-- process lives. One that expired holds no place any more, but what it had reserved for its costs
-- stays: nobody knows what it cost, so it counts with the most it could have.
create table captioner_leases (
  id uuid primary key,
  organization_id uuid not null references organizations,
  captioner text not null,
  job_id uuid,
  granted boolean not null,
  reserved numeric not null default 0, -- US dollars
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index captioner_leases_by_captioner on captioner_leases (organization_id, captioner);

-- What the captions of a job cost so far, in US dollars; kept apart from the job, which others update.
create table job_costs (
  organization_id uuid not null references organizations,
  job_id uuid not null,
  cost numeric not null default 0,
  updated_at timestamptz not null default now(),
  primary key (organization_id, job_id)
) with (fillfactor = 70);

-- Lets a request through, or says why not:
--   admitted
--   busy          as many as may be are in hand; `ahead`: in hand or in line before this one, which keeps
--                 its place in the line as long as it asks again within five seconds
--   minute, day   the window is full; the next one begins in `wait_ms`
--   month, job    the budget would not bear the most that it can cost; `left_over`: US dollars
-- What is null is not limited. Everything is checked before anything is counted. A function, because each
-- of its statements sees what was committed before it, so that after the locks nothing is missed.
create function descry_admit(
  organization uuid, asked text, lease uuid, job uuid,
  per_minute integer, per_day integer, most_parallel integer,
  worst numeric, job_budget numeric, month_budget numeric,
  lease_seconds double precision, fixed_time timestamptz
) returns table (verdict text, wait_ms double precision, ahead integer, left_over double precision)
language plpgsql as $$
declare
  moment timestamptz;
  minute timestamptz;
  day timestamptz;
  month timestamptz;
  place timestamptz;
  available numeric;
begin
  perform pg_advisory_xact_lock(hashtextextended(organization::text || '/' || asked, 0));
  if month_budget is not null or job_budget is not null then
    perform pg_advisory_xact_lock(hashtextextended(organization::text || '/', 0));
  end if;
  moment := coalesce(fixed_time, clock_timestamp());
  minute := date_trunc('minute', moment, 'UTC');
  day := date_trunc('day', moment, 'UTC');
  month := date_trunc('month', moment, 'UTC');

  if most_parallel is not null then
    place := coalesce((select l.created_at from captioner_leases l where l.id = lease), moment);
    select count(*) into ahead from captioner_leases l
      where l.organization_id = organization and l.captioner = asked and l.expires_at > moment
        and l.id <> lease and (l.granted or (l.created_at, l.id) < (place, lease));
    if ahead >= most_parallel then
      insert into captioner_leases (id, organization_id, captioner, job_id, granted, created_at, expires_at)
        values (lease, organization, asked, job, false, moment, moment + interval '5 seconds')
        on conflict (id) do update set expires_at = excluded.expires_at;
      return query select 'busy', null::double precision, ahead, null::double precision;
      return;
    end if;
  end if;

  if per_day is not null and exists (
    select from captioner_windows w where w.organization_id = organization and w.window_kind = 'day'
      and w.window_start = day and w.captioner = asked and w.requests >= per_day
  ) then
    return query select 'day', extract(epoch from day + interval '24 hours' - moment)::double precision * 1000,
      null::integer, null::double precision;
    return;
  end if;
  if per_minute is not null and exists (
    select from captioner_windows w where w.organization_id = organization and w.window_kind = 'minute'
      and w.window_start = minute and w.captioner = asked and w.requests >= per_minute
  ) then
    return query select 'minute', extract(epoch from minute + interval '1 minute' - moment)::double precision * 1000,
      null::integer, null::double precision;
    return;
  end if;

  if month_budget is not null then
    select month_budget
      - coalesce((select sum(w.cost) from captioner_windows w where w.organization_id = organization
          and w.window_kind = 'month' and w.window_start = month), 0)
      - coalesce((select sum(l.reserved) from captioner_leases l where l.organization_id = organization
          and l.granted and l.created_at >= month), 0)
      into available;
    if worst > available then
      return query select 'month', null::double precision, null::integer, available::double precision;
      return;
    end if;
  end if;
  if job_budget is not null then
    select job_budget
      - coalesce((select c.cost from job_costs c where c.organization_id = organization and c.job_id = job), 0)
      - coalesce((select sum(l.reserved) from captioner_leases l where l.organization_id = organization
          and l.granted and l.job_id = job), 0)
      into available;
    if worst > available then
      return query select 'job', null::double precision, null::integer, available::double precision;
      return;
    end if;
  end if;

  insert into captioner_windows as w (organization_id, window_kind, window_start, captioner, requests)
    select organization, kind, start, asked, 1
      from (values ('minute', minute, per_minute), ('day', day, per_day)) as limited (kind, start, most)
      where most is not null
    on conflict (organization_id, window_kind, window_start, captioner)
      do update set requests = w.requests + 1;
  if lease is not null then
    insert into captioner_leases (id, organization_id, captioner, job_id, granted, reserved, created_at, expires_at)
      values (lease, organization, asked, job, true, worst, moment, moment + make_interval(secs => lease_seconds))
      on conflict (id) do update
        set granted = true, reserved = excluded.reserved, expires_at = excluded.expires_at,
            created_at = excluded.created_at;
  end if;
  return query select 'admitted', null::double precision, null::integer, null::double precision;
end
$$;

-- Captioners that people set up, the order in which they are asked, and what may leave the machine.

create table captioner_settings (
  organization_id uuid not null references organizations,
  name text not null,
  settings jsonb not null,
  -- The provider's key, sealed (AES-256-GCM), and its last four characters. Null: it has none.
  sealed_key bytea,
  key_hint text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, name)
);

-- One row an organization. Null: as it comes.
create table captioning_rules (
  organization_id uuid primary key references organizations,
  chain jsonb,
  privacy jsonb,
  budgets jsonb,
  updated_at timestamptz not null default now()
);

create table prompts (
  organization_id uuid not null references organizations,
  name text not null,
  style text not null check (style in ('concise', 'creative', 'alt', 'training')),
  template text not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, name)
);

-- Which pictures left this machine, where to and when: written before they leave, never changed.
create table sent_images (
  organization_id uuid not null references organizations,
  id uuid not null,
  image_id text not null,
  captioner text not null,
  host text not null,
  sent_at timestamptz not null default now(),
  primary key (id)
);
create index sent_images_by_organization on sent_images (organization_id, id desc);
