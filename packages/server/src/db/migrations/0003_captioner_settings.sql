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

alter table captions add column trace jsonb;

-- The raw reply and the steps of a job that ended without captions.
alter table jobs add column trace jsonb;
