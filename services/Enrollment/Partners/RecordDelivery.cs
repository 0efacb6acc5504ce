using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Partners;

/// <param name="Evidence">How it is known: a receipt's number, a letter, a shipment.</param>
public sealed record NewDelivery(
    [Range(0.01, 1_000_000_000)] decimal Quantity,
    [Required] DateOnly? DeliveredOn,
    [Required, StringLength(1000, MinimumLength = 3)] string Evidence);

public static class RecordDelivery
{
    public static async Task<Created<PledgeDetail>> Handle(Guid id, NewDelivery request, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user,
        TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var pledge = await db.Pledges.NamedAsync(id, cancel);
        db.Add(pledge.Deliver(request.Quantity, request.DeliveredOn!.Value, request.Evidence, programme.Today(clock), new Act(user.Subject(), clock.GetUtcNow())));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/enrollment/pledges/{id}", await ReadPledge.Handle(id, db, programme, clock, response, cancel));
    }
}
