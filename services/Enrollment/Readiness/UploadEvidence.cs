using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Security.Cryptography;
using BetterConnections.Documents;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Readiness;

public static class UploadEvidence
{
    /// <summary>
    /// The body is the file itself: JPEG, PNG or PDF by its first bytes (else 400 <c>evidence_type_not_allowed</c>), at most
    /// 10 MiB (else 413 <c>file_too_large</c>). The same file sent twice is kept once.
    /// </summary>
    public static async Task<Created<EvidenceView>> Handle(Guid id, string item, [StringLength(100)] string? fileName, EnrollmentDb db, ProgrammeSettings programme,
        ClaimsPrincipal user, TimeProvider clock, HttpRequest request, CancellationToken cancel)
    {
        var facility = await db.Facilities.SeenBy(user).OneAsync(id, cancel);
        var code = programme.Item(item).Code;
        var act = new Act(user.Subject(), clock.GetUtcNow());
        facility.Prepare(act);

        var content = await request.ReadFileAsync(Evidence.LargestBytes, cancel);
        var type = Evidence.TypeOf(content) ?? throw new BadInput("evidence_type_not_allowed", "Evidence is a JPEG, a PNG or a PDF.");
        var hash = SHA256.HashData(content);
        var evidence = await db.Evidence.SingleOrDefaultAsync(e => e.FacilityId == id && e.Item == code && e.Sha256 == hash, cancel);
        if (evidence is null)
        {
            if (await db.Evidence.CountAsync(e => e.FacilityId == id && e.Item == code, cancel) >= Evidence.MostPerItem)
                throw new RuleBroken("evidence_full", $"'{code}' has {Evidence.MostPerItem} files already.");
            db.Evidence.Add(evidence = new Evidence
            {
                Id = Guid.CreateVersion7(act.At),
                FacilityId = id,
                Item = code,
                FileName = Path.GetFileName(fileName),
                ContentType = type,
                Content = content,
                Bytes = content.Length,
                Sha256 = hash,
                UploadedAt = act.At,
                UploadedBy = act.By,
            });
            await db.SaveChangesAsync(cancel);
        }
        return TypedResults.Created($"/api/enrollment/facilities/{id}/evidence/{evidence.Id}",
            new EvidenceView(evidence.Id, evidence.FileName, evidence.ContentType, evidence.Bytes, evidence.UploadedAt));
    }
}
