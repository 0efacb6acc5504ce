using System.Security.Claims;
using System.Security.Cryptography;
using BetterConnections.Documents;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.SiteReports;

public static class AddSitePhoto
{
    /// <summary>
    /// The body is the photo itself, by who wrote the report: a JPEG or PNG by its first bytes (else 400 <c>photo_type_not_allowed</c>), at most
    /// 5 MiB (else 413 <c>file_too_large</c>), five of a report (else 409 <c>photos_full</c>). The same one sent twice is kept once.
    /// </summary>
    public static async Task<Created<SitePhotoView>> Handle(Guid id, VolunteerDb db, VolunteeringSettings settings, ClaimsPrincipal user, TimeProvider clock,
        HttpRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var volunteer = await db.Volunteers.OwnAsync(user, cancel);
        var receivedAt = await db.SiteReports.Where(r => r.Id == id && r.VolunteerId == volunteer.Id).Select(r => (DateTimeOffset?)r.ReceivedAt).SingleOrDefaultAsync(cancel)
            ?? throw ReadSiteReports.Unknown();
        if (now - receivedAt > TimeSpan.FromDays(settings.LateDays))
            throw new RuleBroken("too_late", $"A report takes no photos any more after {settings.LateDays} days.");

        var content = await request.ReadFileAsync(SitePhoto.LargestBytes, cancel);
        var type = FileSignature.TypeOf(content.AsSpan(0, Math.Min(content.Length, FileSignature.Length)));
        if (type is not ("image/jpeg" or "image/png")) throw new BadInput("photo_type_not_allowed", "A photo is a JPEG or a PNG.");
        var hash = SHA256.HashData(content);

        return await db.InTransactionAsync(async () =>
        {
            // An erasure that was faster than the upload has left nothing of this volunteer, and one that comes now waits.
            await db.Database.ExecuteSqlAsync($"select 1 from volunteers where id = {volunteer.Id} for share", cancel);
            if (await db.Volunteers.AnyAsync(v => v.Id == volunteer.Id && v.ErasedAt != null, cancel)) throw ReadSiteReports.Unknown();
            // Photos of one report one after the other, so that they are counted right and a repetition at the same moment finds the first.
            await db.Database.ExecuteSqlAsync($"select 1 from site_reports where id = {id} for no key update", cancel);
            var photos = db.Set<SitePhoto>().Where(p => p.ReportId == id);
            if (await photos.Where(p => p.Sha256 == hash).Select(p => new SitePhotoView(p.Id, p.ContentType, p.Bytes, p.AddedAt)).SingleOrDefaultAsync(cancel) is { } known)
                return Created(id, known);
            if (await photos.CountAsync(cancel) >= SitePhoto.MostPerReport) throw new RuleBroken("photos_full", $"This report has {SitePhoto.MostPerReport} photos already.");
            var photo = new SitePhoto
            {
                Id = Guid.CreateVersion7(now), ReportId = id, ContentType = type, Content = content, Bytes = content.Length, Sha256 = hash, AddedAt = now,
            };
            db.Add(photo);
            await db.SaveChangesAsync(cancel);
            return Created(id, new(photo.Id, type, photo.Bytes, now));
        }, cancel);
    }

    private static Created<SitePhotoView> Created(Guid report, SitePhotoView photo) => TypedResults.Created($"/api/volunteer/site-reports/{report}/photos/{photo.Id}", photo);
}
