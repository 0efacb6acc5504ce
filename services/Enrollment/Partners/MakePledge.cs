using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Partners;

/// <param name="Unit">What the quantity counts: seats, modems, months, QAR.</param>
/// <param name="Value">What the whole is worth in the programme's currency, where it was valued.</param>
public sealed record PledgeFacts(
    [Required, StringLength(500, MinimumLength = 2)] string What,
    [Range(0.01, 1_000_000_000)] decimal Quantity,
    [Required, StringLength(50, MinimumLength = 1)] string Unit,
    [Required] DateOnly? DueOn,
    [Range(0, 100_000_000_000)] decimal? Value = null);

public static class MakePledge
{
    public static async Task<Created<PledgeView>> Handle(Guid id, PledgeFacts request, EnrollmentDb db, ProgrammeSettings programme, TimeProvider clock,
        HttpResponse response, CancellationToken cancel)
    {
        var partner = await db.Partners.NamedAsync(id, cancel);
        var now = clock.GetUtcNow();
        var pledge = new Pledge
        {
            Id = Guid.CreateVersion7(now),
            PartnerId = partner.Id,
            What = request.What.Trim(),
            Quantity = request.Quantity,
            Unit = request.Unit.Trim(),
            DueOn = request.DueOn!.Value,
            Value = request.Value,
            MadeAt = now,
        };
        db.Pledges.Add(pledge);
        await db.SaveChangesAsync(cancel);
        response.SetETag(pledge.Version);
        return TypedResults.Created($"/api/enrollment/pledges/{pledge.Id}", await db.Pledges.ShownAsync(pledge.Id, programme.Today(clock), cancel));
    }
}
