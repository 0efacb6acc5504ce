-- A fact that is corrected, or whose entry was taken back, is valued anew by a further entry.
alter table ledger_entries add fact_revision integer, add fact_units numeric(18,4);
alter table ledger_entries disable trigger ledger_entries_append_only;
update ledger_entries e set fact_revision = 1, fact_units = f.amount from facts f where f.number = e.fact_number;
alter table ledger_entries enable trigger ledger_entries_append_only;
drop index fact_already_valued;
create unique index fact_already_valued on ledger_entries (fact_number, fact_revision);
