create table toolkits (
    id uuid constraint pk_toolkits primary key,
    code text not null,
    topic text not null,
    audience text not null,
    default_language text not null,
    added_at timestamptz not null,
    added_by text not null
);
create unique index toolkit_code_taken on toolkits (code);
create index ix_toolkits_topic on toolkits (topic);

create table toolkit_versions (
    id uuid constraint pk_toolkit_versions primary key,
    toolkit_id uuid not null constraint fk_toolkit_versions_toolkit_id references toolkits on delete restrict,
    number integer not null,
    state text not null,
    complete_languages text[] not null,
    started_at timestamptz not null,
    started_by text not null,
    published_at timestamptz,
    published_by text,
    retired_at timestamptz,
    changed_at timestamptz not null
);
create unique index ix_toolkit_versions_toolkit_id_number on toolkit_versions (toolkit_id, number);
create unique index draft_already_open on toolkit_versions (toolkit_id) where state = 'Draft';
create unique index version_already_published on toolkit_versions (toolkit_id) where state = 'Published';

create table version_texts (
    version_id uuid not null constraint fk_version_texts_version_id references toolkit_versions on delete cascade,
    language text not null,
    title text not null,
    summary text not null,
    constraint pk_version_texts primary key (version_id, language)
);

create table modules (
    id uuid constraint pk_modules primary key,
    version_id uuid not null constraint fk_modules_version_id references toolkit_versions on delete cascade,
    slug text not null,
    position integer not null,
    minutes integer not null,
    quiz jsonb,
    changed_at timestamptz not null
);
create unique index module_already_there on modules (version_id, slug);

create table lesson_texts (
    module_id uuid not null constraint fk_lesson_texts_module_id references modules on delete cascade,
    language text not null,
    title text not null,
    body text not null,
    constraint pk_lesson_texts primary key (module_id, language)
);

-- The bytes are in the database, so that a backup is complete by itself; each content once, however many versions show it.
create table attachment_contents (
    sha256 bytea constraint pk_attachment_contents primary key,
    content_type text not null,
    bytes integer not null,
    content bytea not null
);
-- Pictures and films do not compress further, and a part of an uncompressed one is read without the rest.
alter table attachment_contents alter column content set storage external;

create table attachments (
    version_id uuid not null constraint fk_attachments_version_id references toolkit_versions on delete cascade,
    name text not null,
    sha256 bytea not null constraint fk_attachments_sha256 references attachment_contents on delete restrict,
    added_at timestamptz not null,
    added_by text not null,
    constraint pk_attachments primary key (version_id, name)
);
create index ix_attachments_sha256 on attachments (sha256);
