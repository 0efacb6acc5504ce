using System.ComponentModel.DataAnnotations;
using BetterConnections.Postgres;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Partners;

public sealed record PartnerFacts([Required, StringLength(200, MinimumLength = 2)] string Name, [Required] PartnerKind? Kind);

public static class AddPartner
{
    public static async Task<Created<PartnerView>> Handle(PartnerFacts request, EnrollmentDb db, TimeProvider clock, HttpResponse response, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var partner = new Partner { Id = Guid.CreateVersion7(now), Name = request.Name.Trim(), Kind = request.Kind!.Value, AddedAt = now };
        db.Partners.Add(partner);
        await db.SaveChangesAsync(cancel);
        response.SetETag(partner.Version);
        return TypedResults.Created($"/api/enrollment/partners/{partner.Id}", PartnerView.From(partner));
    }
}
