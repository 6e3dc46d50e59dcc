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
) with (fillfactor = 70); -- room to update a row in its page: the embedded database has no autovacuum

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
