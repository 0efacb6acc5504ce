create table signing_keys (
    id text constraint pk_signing_keys primary key,
    public_key bytea not null,
    private_key bytea,
    is_sealed boolean not null,
    created_at timestamptz not null,
    retired_at timestamptz
);

create table courses (
    id uuid constraint pk_courses primary key,
    code text not null,
    audience text not null,
    state text not null,
    current_version integer not null
);
create unique index course_code_taken on courses (code);

create table course_versions (
    course_id uuid not null constraint fk_course_versions_course_id references courses on delete cascade,
    number integer not null,
    titles jsonb not null,
    descriptions jsonb not null,
    topics text[] not null,
    certifies text[] not null,
    rule_minutes integer not null,
    rule_sessions integer not null,
    rule_topics integer not null,
    rule_quiz_percent integer,
    rule_within_months integer,
    valid_months integer,
    created_at timestamptz not null,
    created_by text not null,
    constraint pk_course_versions primary key (course_id, number)
);

create sequence certificate_numbers;
create table certificates (
    id uuid constraint pk_certificates primary key,
    course_id uuid not null,
    course_version integer not null,
    learner_id uuid not null,
    holder text not null,
    audience text not null,
    issued_at timestamptz not null,
    valid_until timestamptz,
    status_index integer not null,
    credential text not null,
    revoked_at timestamptz,
    revoked_by text,
    revocation_reason text,
    constraint fk_certificates_course_id_course_version foreign key (course_id, course_version) references course_versions on delete restrict
);
create unique index ix_certificates_status_index on certificates (status_index);
create index ix_certificates_learner_id on certificates (learner_id);
create index ix_certificates_course_id_course_version on certificates (course_id, course_version);

create table completions (
    course_id uuid not null,
    learner_id uuid not null,
    round integer not null,
    course_version integer not null,
    certificate_id uuid not null constraint fk_completions_certificate_id references certificates on delete restrict,
    facility_id uuid,
    minutes integer not null,
    completed_at timestamptz not null,
    constraint pk_completions primary key (course_id, learner_id, round),
    constraint fk_completions_course_id_course_version foreign key (course_id, course_version) references course_versions on delete restrict
);
create index ix_completions_learner_id on completions (learner_id);
create unique index ix_completions_certificate_id on completions (certificate_id);
create index ix_completions_course_id_course_version on completions (course_id, course_version);

-- What was signed stays what it was, whoever writes the next line of SQL; that it was revoked is added once and stays too.
create function keep_certificate() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.revoked_at is not null
        or (to_jsonb(new) - array['revoked_at', 'revoked_by', 'revocation_reason']) <> (to_jsonb(old) - array['revoked_at', 'revoked_by', 'revocation_reason']) then
        raise exception 'a certificate is never changed or deleted, only revoked' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger certificates_stay before update or delete on certificates for each row execute function keep_certificate();

create function keep_course_version() returns trigger language plpgsql as $$
begin
    raise exception 'a version of a course is never changed or deleted' using errcode = 'restrict_violation';
end $$;
create trigger course_versions_stay before update or delete on course_versions for each row execute function keep_course_version();
