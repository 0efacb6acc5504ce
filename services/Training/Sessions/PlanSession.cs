using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <summary>When a session is, for how many, in which language and by whom.</summary>
/// <param name="Language">ISO 639-1; one that the trainer speaks.</param>
/// <param name="TrainerId">A volunteer who is assigned there and has shifts then. Without one and not by the training partner the session <c>NeedsTrainer</c>.</param>
/// <param name="ByTrainingPartner">The training partner teaches itself.</param>
public record SessionDetails(
    [Required, StringLength(2, MinimumLength = 2)] string Language,
    [Required] DateTimeOffset? Starts,
    [Required] DateTimeOffset? Ends,
    [Range(1, 500)] int Seats,
    Guid? TrainerId = null,
    bool ByTrainingPartner = false);

/// <param name="Topic">Slug of the toolkit topic.</param>
/// <param name="FacilityId">An open facility; volunteers may be taught elsewhere, at a <paramref name="Venue"/>.</param>
/// <param name="Starts">May lie back as far as late attendance is taken, so that what was held without a plan can be written down.</param>
public record NewSession(
    [Required, StringLength(60)] string Topic,
    [Required] Audience? Audience,
    string Language, DateTimeOffset? Starts, DateTimeOffset? Ends, int Seats,
    Guid? FacilityId = null,
    [StringLength(200, MinimumLength = 3)] string? Venue = null,
    Guid? TrainerId = null, bool ByTrainingPartner = false)
    : SessionDetails(Language, Starts, Ends, Seats, TrainerId, ByTrainingPartner);

/// <param name="Weeks">How many times, always on the same weekday at the same hour.</param>
public sealed record NewSeries(
    string Topic, Audience? Audience, string Language, DateTimeOffset? Starts, DateTimeOffset? Ends, int Seats, [Range(2, 52)] int Weeks,
    Guid? FacilityId = null, string? Venue = null, Guid? TrainerId = null, bool ByTrainingPartner = false)
    : NewSession(Topic, Audience, Language, Starts, Ends, Seats, FacilityId, Venue, TrainerId, ByTrainingPartner);

public static class PlanSession
{
    public static Task<Created<SessionView>> Handle(NewSession request, TrainingDb db, ProgrammeSettings programme, SessionSettings settings,
        ClaimsPrincipal user, TimeProvider clock, HttpResponse response, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var session = (await db.PlanAsync(request, 1, programme, settings, clock.GetUtcNow(), cancel))[0];
            response.SetETag(session.Version);
            return TypedResults.Created($"/api/training/sessions/{session.Id}", await db.Sessions.ViewAsync(session.Id, db, user, cancel));
        }, cancel);

    /// <summary>All or nothing: a refusal says under <c>clashes</c> which dates cannot be.</summary>
    public static Task<Created<IReadOnlyList<SessionView>>> Series(NewSeries request, TrainingDb db, ProgrammeSettings programme, SessionSettings settings,
        ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel) => db.InTransactionAsync(async () =>
        {
            var sessions = await db.PlanAsync(request, request.Weeks, programme, settings, clock.GetUtcNow(), cancel);
            var series = sessions[0].SeriesId;
            IReadOnlyList<SessionView> views = await db.Sessions.AsNoTracking().Where(s => s.SeriesId == series).OrderBy(s => s.SortKey)
                .Select(SessionView.For(db, user)).ToListAsync(cancel);
            return TypedResults.Created($"/api/training/sessions?seriesId={series}", views);
        }, cancel);

    /// <summary>Saves; the caller owns the transaction.</summary>
    internal static async Task<IReadOnlyList<Session>> PlanAsync(this TrainingDb db, NewSession request, int weeks, ProgrammeSettings programme,
        SessionSettings settings, DateTimeOffset now, CancellationToken cancel)
    {
        var topic = programme.KnownTopic(request.Topic);
        var language = programme.KnownLanguages([request.Language])[0];
        if ((request.FacilityId is null) == (request.Venue is null) || request.FacilityId is null && request.Audience != Audience.Volunteers)
            throw new BadInput("place_not_valid", "A session is at a facility; one for volunteers is at a facility or at another venue.");
        if (request.TrainerId is not null && (request.ByTrainingPartner || request.FacilityId is null))
            throw new BadInput("trainer_not_valid", "A volunteer teaches at a facility; elsewhere, and instead of a volunteer, the training partner does.");

        var first = Slot.Of(request.Starts!.Value, request.Ends!.Value);
        if (first.Starts < now - settings.LateAttendance)
            throw new BadInput("starts_too_long_ago", $"What was held is written down within {settings.LateAttendanceDays} days.");
        SessionPlanning.RequireNear(first, now);
        Slot[] slots = [.. Enumerable.Range(0, weeks).Select(week => first.After(week, programme.Zone))];

        if (request.FacilityId is { } facility) await db.FacilityForAsync(facility, request.Seats, cancel);
        var teaching = await db.TeachingAsync(request.TrainerId, request.ByTrainingPartner || request.FacilityId is null, request.FacilityId, topic, language, slots, cancel);
        await db.RequireFreeAsync(request.FacilityId, teaching.TrainerId, slots, null, cancel);

        Guid? series = weeks > 1 ? Guid.CreateVersion7(now) : null;
        Session[] sessions = [.. slots.Select(slot =>
            Session.Plan(topic, request.Audience!.Value, language, request.FacilityId, request.Venue, slot, request.Seats, teaching, series, now))];
        db.Sessions.AddRange(sessions);
        await db.SaveChangesAsync(cancel);
        return sessions;
    }

    internal static async Task<Teaching> TeachingAsync(this TrainingDb db, Guid? trainer, bool byTrainingPartner, Guid? facility, string topic,
        string language, IReadOnlyList<Slot> slots, CancellationToken cancel) =>
        trainer is { } volunteer ? await db.TeachingByAsync(volunteer, facility!.Value, topic, language, slots, cancel)
        : byTrainingPartner ? Teaching.ByPartner : Teaching.ByNobodyYet;
}
