using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Ledger;

/// <summary>Contributions in kind that events tell of enter the ledger at the rate of their day; without a rate they wait for one.</summary>
internal static class Valuing
{
    /// <summary>The figures that are valued, and what they are given for.</summary>
    public static readonly IReadOnlyDictionary<string, string> Purposes = new Dictionary<string, string> { ["volunteer-hours"] = "purpose:training", ["devices-donated"] = "purpose:hardware" };

    /// <summary>Enters every fact of <paramref name="figure"/> that has a rate and no entry yet, in one statement. Returns how many.</summary>
    public static async Task<int> ValueFactsAsync(this EvaluationDb db, string figure, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        with valued as (
            select f.number, f.at, f.amount as units, r.amount as rate, r.source, f.party, gen_random_uuid() as id, round(f.amount * r.amount, 2) as worth,
                case when f.figure = 'volunteer-hours' then 'giver:volunteers' else 'giver:' || coalesce(f.party, 'unknown') end as giver
            from facts f
            join lateral (
                select amount, source from valuation_rates where figure = f.figure and valid_from <= (f.at at time zone 'UTC')::date order by valid_from desc limit 1) r on true
            where f.figure = {figure} and round(f.amount * r.amount, 2) > 0 and not exists (select from ledger_entries e where e.fact_number = f.number)
            for update of f),
        accounts as (
            insert into ledger_accounts (code, name, kind)
            select distinct giver, case giver when 'giver:volunteers' then 'Volunteers' else 'Donor ' || coalesce(party, 'unknown') end, 'Giver' from valued
            union select {Purposes[figure]}, initcap(split_part({Purposes[figure]}, ':', 2)), 'Purpose' where exists (select from valued)
            on conflict do nothing),
        entries as (
            insert into ledger_entries (id, "on", nature, description, valuation, evidence, fact_number, recorded_by, recorded_at)
            select id, (at at time zone 'UTC')::date, 'InKind', {figure} || ': ' || trim_scale(units) || ' at ' || rate, 'Rate', source, number, 'events', now() from valued
            order by number)
        insert into ledger_lines (entry_id, line, account_code, amount)
        select id, 1, {Purposes[figure]}, worth from valued union all select id, 2, giver, -worth from valued
        """, cancel) / 2;
}
