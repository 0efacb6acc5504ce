using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Account.Figures;

/// <param name="Value">The sum of the facts; null where fewer people than may be told of stand behind it.</param>
/// <param name="Facts">How many facts it is the sum of; withheld with the value, since a fact may be a person.</param>
/// <param name="From">The first month with a fact.</param>
/// <param name="ChangedAt">When it was counted into last; null while nothing was.</param>
/// <param name="Lineage">Where it is told what it is made of.</param>
public sealed record FigureView(string Code, Words Name, Words Unit, decimal? Value, long? Facts, DateOnly? From, DateOnly? To, DateTimeOffset? ChangedAt, decimal? Planned,
    IReadOnlyList<PublishedFigure> Published, IReadOnlyList<string> Sdg, string CountsFrom, string Lineage);

/// <param name="Zone">Only the facilities of this zone; what no facility stands behind is then left out.</param>
/// <param name="From">First month, any day of it.</param>
/// <param name="To">Last month.</param>
public sealed record FigureFilter(string? Zone = null, Guid? FacilityId = null, DateOnly? From = null, DateOnly? To = null);

public sealed record FigureMonthView(DateOnly Month, decimal Amount, long Facts);

public sealed record FigureZoneView(string Zone, decimal Amount, long Facts);

public static class ReadFigures
{
    public static async Task<IReadOnlyList<FigureView>> Handle([AsParameters] FigureFilter filter, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel) =>
        await db.FiguresAsync(catalogue, filter, cancel);

    public static async Task<IReadOnlyList<FigureMonthView>> ByMonth(string figure, [AsParameters] FigureFilter filter, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        catalogue.Demand(figure);
        return await db.FigureMonths.Matching(db, filter).Where(m => m.Figure == figure).GroupBy(m => m.Month).OrderBy(g => g.Key)
            .Select(g => new FigureMonthView(g.Key, g.Sum(m => m.Amount), g.Sum(m => m.Facts))).ToListAsync(cancel);
    }

    public static async Task<IReadOnlyList<FigureZoneView>> ByZone(string figure, [AsParameters] FigureFilter filter, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        catalogue.Demand(figure);
        return await db.FigureMonths.Matching(db, filter).Where(m => m.Figure == figure)
            .Join(db.Facilities, m => m.FacilityId, f => f.Id, (m, f) => new { f.Zone, m.Amount, m.Facts }).Where(m => m.Zone != null)
            .GroupBy(m => m.Zone!).OrderBy(g => g.Key).Select(g => new FigureZoneView(g.Key, g.Sum(m => m.Amount), g.Sum(m => m.Facts))).ToListAsync(cancel);
    }

    internal static async Task<IReadOnlyList<FigureView>> FiguresAsync(this EvaluationDb db, FigureCatalogue catalogue, FigureFilter filter, CancellationToken cancel)
    {
        var sums = await db.FigureMonths.Matching(db, filter).GroupBy(m => m.Figure)
            .Select(g => new { g.Key, Amount = g.Sum(m => m.Amount), Facts = g.Sum(m => m.Facts), From = g.Min(m => m.Month), To = g.Max(m => m.Month), ChangedAt = g.Max(m => m.ChangedAt) })
            .ToDictionaryAsync(s => s.Key, cancel);
        return [.. catalogue.Figures.Select(f =>
        {
            var (sum, target) = (sums.GetValueOrDefault(f.Code), catalogue.TargetOf(f.Code));
            return new FigureView(f.Code, f.Name, f.Unit, sum?.Amount ?? 0, sum?.Facts ?? 0, sum?.From, sum?.To, sum?.ChangedAt, target?.Planned, target?.Published ?? [], f.Sdg,
                f.CountsFrom, $"/api/evaluation/account/figures/{f.Code}/facts");
        })];
    }

    internal static Figure Demand(this FigureCatalogue catalogue, string figure) =>
        catalogue.Find(figure) ?? throw new NotThere("figure_unknown", $"There is no figure '{figure}'.").With("figures", catalogue.Figures.Select(f => f.Code));

    private static IQueryable<FigureMonth> Matching(this IQueryable<FigureMonth> months, EvaluationDb db, FigureFilter filter)
    {
        if (filter.Zone is { } zone) months = months.Where(m => db.Facilities.Any(f => f.Id == m.FacilityId && f.Zone == zone));
        if (filter.FacilityId is { } facility) months = months.Where(m => m.FacilityId == facility);
        if (filter.From is { } from) months = months.Where(m => m.Month >= new DateOnly(from.Year, from.Month, 1));
        if (filter.To is { } to) months = months.Where(m => m.Month <= to);
        return months;
    }
}

/// <param name="Links">See <see cref="Lineage"/>.</param>
public sealed record FactView(long Number, string Source, string SourceKey, Guid? FacilityId, string? Zone, DateTimeOffset At, decimal Amount, IReadOnlyDictionary<string, string> Links);

public static class ListFacts
{
    /// <summary>What a figure is made of, in the order in which it became known.</summary>
    public static async Task<Page<FactView>> Handle(string figure, [AsParameters] Paging page, EvaluationDb db, FigureCatalogue catalogue, CancellationToken cancel)
    {
        var known = catalogue.Demand(figure);
        var facts = await db.Facts.Where(f => f.Figure == figure).PageAsync(f => f.Number, page, f => new
        {
            f.Number, f.Source, f.SourceKey, f.FacilityId, f.At, f.Amount, f.Party,
            Zone = db.Facilities.Where(p => p.Id == f.FacilityId).Select(p => p.Zone).FirstOrDefault(),
        }, cancel: cancel);
        return new([.. facts.Items.Select(f => new FactView(f.Number, f.Source, f.SourceKey, f.FacilityId, f.Zone, f.At, f.Amount, Lineage.Of(known, f.SourceKey, f.FacilityId, f.Party)))], facts.Next);
    }
}

/// <summary>A sum that is not what its facts say.</summary>
public sealed record FigureDifference(string Figure, DateOnly Month, Guid FacilityId, decimal Sum, decimal OfFacts);

public static class CheckFigures
{
    /// <summary>Compares the sums with the facts; an empty list is as it should be.</summary>
    public static async Task<IReadOnlyList<FigureDifference>> Handle(EvaluationDb db, CancellationToken cancel) => await db.Database.SqlQuery<FigureDifference>($"""
        select figure as "Figure", month as "Month", facility_id as "FacilityId", coalesce(m.amount, 0) as "Sum", coalesce(f.amount, 0) as "OfFacts"
        from figure_months m
        full join (
            select figure, date_trunc('month', at at time zone 'UTC')::date as month, coalesce(facility_id, '00000000-0000-0000-0000-000000000000') as facility_id,
                sum(amount) as amount, count(*) as facts
            from facts group by 1, 2, 3) f using (figure, month, facility_id)
        where coalesce(m.amount, 0) <> coalesce(f.amount, 0) or coalesce(m.facts, 0) <> coalesce(f.facts, 0)
        """).ToListAsync(cancel);
}
