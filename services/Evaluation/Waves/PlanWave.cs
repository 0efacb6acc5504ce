using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Waves;

/// <summary>When and where a wave asks what; while it is planned all of this may be changed.</summary>
/// <param name="Instruments">Codes of instruments with a published version.</param>
/// <param name="Zones">Empty, as <paramref name="Facilities"/>: everywhere.</param>
/// <param name="Facilities">Codes.</param>
/// <param name="IncludesWaiting">Also facilities that applied and have not opened, to compare with.</param>
public sealed record WavePlan(
    [Required, MinLength(1), MaxLength(20)] IReadOnlyList<string> Instruments,
    [property: System.Text.Json.Serialization.JsonRequired] DateTimeOffset Opens,
    [property: System.Text.Json.Serialization.JsonRequired] DateTimeOffset Closes,
    [MaxLength(200)] IReadOnlyList<string>? Zones = null,
    [MaxLength(5000)] IReadOnlyList<string>? Facilities = null,
    bool IncludesWaiting = false,
    [Range(0, 90)] int GraceDays = 7);

/// <param name="Simulated">Its respondents are made up; cannot be changed later.</param>
public sealed record NewWave(
    [Required, RegularExpression("[A-Za-z0-9][A-Za-z0-9-]{1,39}")] string Code,
    [Required] WavePlan Plan,
    WaveKind Kind = WaveKind.HalfYear,
    bool Simulated = false);

public static class PlanWave
{
    private const int MostYearsAhead = 10, MostYearsBack = 1, MostYearsLong = 2;

    /// <summary>It opens and closes by itself when its time comes.</summary>
    public static async Task<Created<WaveView>> New(NewWave request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var wave = Wave.Plan(request.Code, request.Kind, request.Simulated, user.Subject(), clock.GetUtcNow());
        await ApplyAsync(wave, request.Plan, db, clock.GetUtcNow(), cancel);
        db.Add(wave);
        await db.SaveChangesAsync(cancel);
        response.SetETag(wave.Version);
        return TypedResults.Created($"/api/evaluation/waves/{wave.Code}", await db.WaveViewAsync(wave.Code, cancel));
    }

    public static async Task<WaveView> Again(string code, WavePlan plan, EvaluationDb db, TimeProvider clock, HttpRequest http, CancellationToken cancel)
    {
        var wave = await db.Waves.CodedAsync(code, cancel);
        http.RequireMatch(wave.Version);
        await ApplyAsync(wave, plan, db, clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
        http.HttpContext.Response.SetETag(wave.Version);
        return await db.WaveViewAsync(code, cancel);
    }

    /// <exception cref="BadInput">wave_closes_before_it_opens, wave_in_past, wave_dates_far_off, instrument_not_published, zone_unknown, facility_unknown</exception>
    private static async Task ApplyAsync(Wave wave, WavePlan plan, EvaluationDb db, DateTimeOffset now, CancellationToken cancel)
    {
        wave.Ask(plan.Instruments, new(plan.Zones ?? [], plan.Facilities ?? [], plan.IncludesWaiting));
        wave.Schedule(plan.Opens.ToUniversalTime(), plan.Closes.ToUniversalTime(), plan.GraceDays);
        if (wave.Closes <= now) throw new BadInput("wave_in_past", "The wave would be over before anybody is asked.");
        if (wave.Opens < now.AddYears(-MostYearsBack) || wave.Opens > now.AddYears(MostYearsAhead) || wave.Closes > wave.Opens.AddYears(MostYearsLong))
            throw new BadInput("wave_dates_far_off", $"A wave opened at most {MostYearsBack} year ago, opens in at most {MostYearsAhead} years and lasts at most {MostYearsLong}.");
        var published = await db.InstrumentVersions.Where(v => v.State == InstrumentState.Published && wave.Instruments.Contains(v.InstrumentCode))
            .Select(v => v.InstrumentCode).Distinct().ToListAsync(cancel);
        Require(wave.Instruments.Except(published), "instrument_not_published", "No version is published of");
        var zones = await db.Facilities.Where(f => f.Zone != null && wave.Zones.Contains(f.Zone)).Select(f => f.Zone!).Distinct().ToListAsync(cancel);
        Require(wave.Zones.Except(zones), "zone_unknown", "No facility is in");
        var known = await db.Facilities.Where(f => wave.Facilities.Contains(f.Code!)).Select(f => f.Code!).ToListAsync(cancel);
        Require(wave.Facilities.Except(known), "facility_unknown", "There is no facility");
    }

    private static void Require(IEnumerable<string> missing, string code, string sentence)
    {
        if (missing.ToList() is { Count: > 0 } codes) throw new BadInput(code, $"{sentence} {string.Join(", ", codes.Take(20))}.").With("codes", codes);
    }
}
