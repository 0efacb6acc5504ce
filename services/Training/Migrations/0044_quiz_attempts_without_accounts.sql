-- A volunteer is named by its id, which leads to nobody once it is erased.
update quiz_attempts a set recorded_by = l.id::text from learners l where l.account = a.recorded_by;
update quiz_attempts a set recorded_by = l.id::text from learners l where l.id = a.learner_id and l.erased_at is not null;
