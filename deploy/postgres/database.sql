-- A role and a database for one service, which no other role may enter. Safe to run again. The variables "service" and "password" are set before.
select format('create role %I', :'service') where not exists (select from pg_roles where rolname = :'service') \gexec
alter role :"service" login password :'password';
\set database :service 'db'
select format('create database %I owner %I', :'database', :'service')
 where not exists (select from pg_database where datname = :'database') \gexec
revoke all on database :"database" from public;
