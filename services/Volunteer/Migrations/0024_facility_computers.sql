alter table facilities add computers integer;
