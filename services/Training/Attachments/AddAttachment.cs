using System.Security.Claims;
using System.Text.RegularExpressions;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Attachments;

public static partial class AddAttachment
{
    [GeneratedRegex(@"^[a-z0-9][a-z0-9_-]{0,79}\.[a-z0-9]{2,5}$")]
    private static partial Regex Name();

    /// <summary>
    /// The body is the file itself. Its type is what its bytes say, and its name and <c>Content-Type</c> have to say the same (else 415
    /// <c>attachment_not_what_it_says</c>). Pictures, PDF, sound and film (else 415 <c>type_not_allowed</c>) up to the limits of the
    /// settings (else 413 <c>file_too_large</c>). The same file again changes nothing; another one under the name is 409
    /// <c>attachment_name_taken</c>.
    /// </summary>
    public static async Task<AttachmentView> Handle(Guid id, int number, string name, TrainingDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock,
        HttpRequest request, CancellationToken cancel)
    {
        if (!Name().IsMatch(name)) throw new BadInput("attachment_name_not_valid", "A name has lower-case letters, digits, - and _, and an ending such as .png.");
        var kind = FileKind.Named(name, programme.Attachments)
            ?? throw new Refused(415, "type_not_allowed", "Pictures (JPEG, PNG, GIF, WebP), PDF, sound (MP3, Ogg, WAV, M4A) and film (MP4, WebM) can be attached.");
        RequireDeclared(request, kind);
        await using var file = await UploadedFile.TakeAsync(Body(request, kind), kind, cancel);

        return await db.InTransactionAsync(async () =>
        {
            var version = await db.LockDraftAsync(id, number, cancel);
            var known = await db.Attachments.SingleOrDefaultAsync(a => a.VersionId == version.Id && a.Name == name, cancel);
            if (known is not null && !known.Sha256.AsSpan().SequenceEqual(file.Sha256))
                throw new RuleBroken("attachment_name_taken", $"Another file is attached as '{name}'. Remove it first.");
            if (known is null)
            {
                await file.StoreAsync(db, kind.ContentType, cancel);
                db.Attachments.Add(new Attachment { VersionId = version.Id, Name = name, Sha256 = file.Sha256, AddedAt = clock.GetUtcNow(), AddedBy = user.Subject() });
                await db.SaveChangesAsync(cancel);
            }
            return new AttachmentView(name, kind.ContentType, file.Bytes, Convert.ToHexStringLower(file.Sha256));
        }, cancel);
    }

    private static void RequireDeclared(HttpRequest request, FileKind kind)
    {
        var declared = request.GetTypedHeaders().ContentType?.MediaType.Value;
        if (declared is not (null or "application/octet-stream") && declared != kind.ContentType)
            throw UploadedFile.NotWhatItSays($"The request says {declared}, the name says {kind.ContentType}.");
    }

    private static Stream Body(HttpRequest request, FileKind kind)
    {
        if (request.ContentLength > kind.Limit) throw UploadedFile.TooLarge(kind);
        // The server's own limit is made for JSON.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = kind.Limit + 1L;
        return request.Body;
    }
}
