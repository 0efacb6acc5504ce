using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

/// <summary>Contributions in kind that events tell of enter the ledger at the rate of their day; without a rate they wait for one.</summary>
internal static class Valuing
{
    /// <summary>The figures that are valued, and what they are given for.</summary>
    public static readonly IReadOnlyDictionary<string, string> Purposes = new Dictionary<string, string> { ["volunteer-hours"] = "purpose:training", ["devices-donated"] = "purpose:hardware" };

    /// <summary>
    /// Enters every fact of <paramref name="figure"/> that has a rate and no standing entry; one that was corrected since it was valued is
    /// reversed first. What the office took back waits for a rate that is set afterwards, or for a correction. Returns how many were entered.
    /// </summary>
    public static async Task<int> ValueFactsAsync(this EvaluationDb db, string figure, CancellationToken cancel)
    {
        await ReverseCorrectedAsync(db, figure, cancel);
        return await db.Database.ExecuteSqlAsync($"""
            with valued as (
                select f.number, f.at, f.amount as units, r.amount as rate, r.source, f.party, gen_random_uuid() as id, round(f.amount * r.amount, 2) as worth,
                    coalesce(last.fact_revision, 0) + 1 as revision,
                    case when f.figure = 'volunteer-hours' then 'giver:volunteers' else 'giver:' || coalesce(f.party, 'unknown') end as giver
                from facts f
                join lateral (
                    select amount, source, set_at from valuation_rates where figure = f.figure and valid_from <= (f.at at time zone 'UTC')::date
                    order by valid_from desc limit 1) r on true
                left join lateral (
                    select e.fact_revision, e.fact_units, (select recorded_at from ledger_entries back where back.reverses = e.id) as reversed_at
                    from ledger_entries e where e.fact_number = f.number order by e.fact_revision desc limit 1) last on true
                where f.figure = {figure} and round(f.amount * r.amount, 2) > 0
                    and (last.fact_revision is null or (last.reversed_at is not null and (last.fact_units <> f.amount or last.reversed_at < r.set_at)))
                for update of f),
            accounts as (
                insert into ledger_accounts (code, name, kind)
                select distinct giver, case giver when 'giver:volunteers' then 'Volunteers' else 'Donor ' || coalesce(party, 'unknown') end, 'Giver' from valued
                union select {Purposes[figure]}, initcap(split_part({Purposes[figure]}, ':', 2)), 'Purpose' where exists (select from valued)
                on conflict do nothing),
            entries as (
                insert into ledger_entries (id, "on", nature, description, valuation, evidence, fact_number, fact_revision, fact_units, recorded_by, recorded_at)
                select id, (at at time zone 'UTC')::date, 'InKind', {figure} || ': ' || trim_scale(units) || ' at ' || rate, 'Rate', source, number, revision, units, 'events', now()
                from valued order by number)
            insert into ledger_lines (entry_id, line, account_code, amount)
            select id, 1, {Purposes[figure]}, worth from valued union all select id, 2, giver, -worth from valued
            """, cancel) / 2;
    }

    private static Task ReverseCorrectedAsync(EvaluationDb db, string figure, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        with corrected as (
            select e.*, gen_random_uuid() as reversal, f.amount as units
            from facts f join ledger_entries e on e.fact_number = f.number
            where f.figure = {figure} and e.fact_units <> f.amount and not exists (select from ledger_entries back where back.reverses = e.id)),
        entries as (
            insert into ledger_entries (id, "on", nature, description, valuation, evidence, evidence_sha256, reverses, recorded_by, recorded_at)
            select reversal, (now() at time zone 'UTC')::date, nature, 'Reverses ' || number || ': corrected to ' || trim_scale(units), valuation, evidence, evidence_sha256, id, 'events', now()
            from corrected order by number)
        insert into ledger_lines (entry_id, line, account_code, amount)
        select c.reversal, l.line, l.account_code, -l.amount from corrected c join ledger_lines l on l.entry_id = c.id
        """, cancel);
}
