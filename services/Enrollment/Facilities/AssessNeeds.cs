using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Contracts;
using BetterConnections.Messaging;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Facilities;

/// <param name="Languages">ISO 639-1 codes, most spoken first.</param>
/// <param name="LiteratePercent">Residents who read at least one language, as estimated.</param>
/// <param name="Topics">Of the toolkit's topics, those that residents want.</param>
/// <param name="Signal">Mobile data where the modem would stand.</param>
public sealed record Needs(
    [Required, MinLength(1)] IReadOnlyList<string> Languages,
    [Range(0, 100)] int LiteratePercent,
    [Required, MinLength(1)] IReadOnlyList<string> Topics,
    [Range(typeof(decimal), "1", "10000")] decimal RoomSquareMetres,
    [Required] MobileSignal? Signal,
    [StringLength(2000)] string? Space = null);

public static class AssessNeeds
{
    /// <summary>By the programme office, or the volunteer named as this facility's assessor. Once.</summary>
    public static async Task<FacilityView> Handle(Guid id, Needs request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, CancellationToken cancel)
    {
        var facility = await db.ForHelperAsync(id, user, HelperRole.Assessor, cancel);
        var act = new Act(user.Subject(), clock.GetUtcNow());
        var needs = new NeedsAssessment
        {
            FacilityId = id,
            Languages = programme.KnownLanguages(request.Languages),
            LiteratePercent = request.LiteratePercent,
            Topics = programme.KnownTopics(request.Topics),
            RoomSquareMetres = request.RoomSquareMetres,
            Space = request.Space,
            Signal = request.Signal!.Value,
            AssessedAt = act.At,
            AssessedBy = act.By,
        };
        facility.NeedsAssessed(act);
        db.NeedsAssessments.Add(needs);
        db.Publish(new FacilityNeedsAssessed(id, facility.Code, needs.Languages, needs.Topics, act.At));
        await db.SaveChangesAsync(cancel);
        return FacilityView.From(facility);
    }

    public static async Task<NeedsAssessment> Read(Guid id, EnrollmentDb db, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        return await db.NeedsAssessments.AsNoTracking().SingleOrDefaultAsync(n => n.FacilityId == facility.Id, cancel)
            ?? throw new NotThere("needs_not_assessed", $"The needs of {facility.Code} are not assessed yet.");
    }
}
