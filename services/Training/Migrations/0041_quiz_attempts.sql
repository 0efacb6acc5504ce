create table quiz_attempts (
    id uuid constraint pk_quiz_attempts primary key,
    learner_id uuid not null constraint fk_quiz_attempts_learner_id references learners on delete restrict,
    toolkit_id uuid not null constraint fk_quiz_attempts_toolkit_id references toolkits on delete restrict,
    module text not null,
    toolkit_version integer not null,
    "right" integer not null,
    questions integer not null,
    percent integer not null,
    passed boolean not null,
    taken_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by text not null
);
create index ix_quiz_attempts_learner_id_toolkit_id_module on quiz_attempts (learner_id, toolkit_id, module);
create index ix_quiz_attempts_toolkit_id on quiz_attempts (toolkit_id);
