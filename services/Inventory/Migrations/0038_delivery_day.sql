alter table kits add delivery_on date;
