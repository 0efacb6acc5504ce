using System.Text;
using System.Text.Json.Nodes;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Certificates.Keys;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Certificates;

/// <summary>What a verifier elsewhere fetches: who issues, with which keys, for what, and what was revoked.</summary>
public static class PublishIssuer
{
    public static IResult Profile(Credential credential) => Results.Json(credential.Issuer());

    /// <summary>All keys that ever signed, as a JWK set.</summary>
    public static async Task<IResult> Keys(KeyRing keys, Credential credential, CancellationToken cancel) =>
        Results.Json(new JsonObject { ["keys"] = new JsonArray([.. (await keys.CurrentAsync(cancel)).Published.Select(k => k.Jwk(credential.KeyAddress(k.Id)))]) });

    /// <summary>One key: the document that a certificate's <c>kid</c> leads to.</summary>
    public static async Task<IResult> Key(string id, KeyRing keys, Credential credential, CancellationToken cancel) =>
        (await keys.CurrentAsync(cancel)).Find(id) is { } key ? Results.Json(key.Jwk(credential.KeyAddress(id)))
            : throw new NotThere("key_unknown", "The programme never signed with such a key.");

    /// <summary>What a certificate is for, as it was when the certificate was issued.</summary>
    public static async Task<IResult> Achievement(Guid course, int version, TrainingDb db, Credential credential, CancellationToken cancel) =>
        Results.Json(credential.Achievement(await db.CourseVersions.AsNoTracking().SingleOrDefaultAsync(v => v.CourseId == course && v.Number == version, cancel)
            ?? throw new NotThere("course_unknown", "There is no such course.")));

    /// <summary>One bit for each certificate, as a signed BitstringStatusListCredential (VC-JWT).</summary>
    public static async Task<IResult> RevocationList(int list, TrainingDb db, KeyRing keys, Credential credential, TimeProvider clock, HttpResponse response,
        CancellationToken cancel)
    {
        var first = (long)list * StatusList.Length;
        if (list < 0 || (list > 0 && !await db.Certificates.AnyAsync(c => c.StatusIndex >= first, cancel)))
            throw new NotThere("status_list_unknown", "There is no such list.");
        var revoked = await db.Certificates.Where(c => c.RevokedAt != null && c.StatusIndex >= first && c.StatusIndex < first + StatusList.Length)
            .Select(c => c.StatusIndex).ToListAsync(cancel);
        var key = (await keys.CurrentAsync(cancel)).Signing;
        response.Headers.CacheControl = "public, max-age=60";
        return Results.Text(Jws.Sign(key, credential.KeyAddress(key.Id), "vc+jwt",
            credential.RevocationList(list, StatusList.Encode(revoked.Select(r => StatusList.PlaceOf(r).Index)), clock.GetUtcNow())), "application/vc+jwt", Encoding.ASCII);
    }
}
