alter table devices add replaces text;
