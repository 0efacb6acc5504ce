-- The least a database can be asked: one row by its primary key.
select code, name, kind from locations where id = '0b5e0000-0000-7000-8000-000000000001';
