using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Instruments.XlsForms;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Instruments;

/// <param name="Md5">Of its bytes, in hexadecimal.</param>
public sealed record InstrumentFileView(string Name, string MediaType, int Size, string Md5, string KeptBy, DateTimeOffset KeptAt);

/// <summary>The recordings of an instrument.</summary>
public static partial class InstrumentFiles
{
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.(mp3|m4a|ogg|wav)$")]
    private static partial Regex FileName();

    public static async Task<IReadOnlyList<InstrumentFileView>> List(string code, EvaluationDb db, CancellationToken cancel)
    {
        await db.Instruments.AsNoTracking().CodedAsync(code, cancel);
        return await db.InstrumentFiles.Where(f => f.InstrumentCode == code).OrderBy(f => f.Name)
            .Select(f => new InstrumentFileView(f.Name, f.MediaType, f.Content.Length, f.Md5, f.KeptBy, f.KeptAt)).ToListAsync(cancel);
    }

    public static async Task<FileContentHttpResult> Read(string code, string name, EvaluationDb db, CancellationToken cancel)
    {
        var file = await db.InstrumentFiles.AsNoTracking().SingleOrDefaultAsync(f => f.InstrumentCode == code && f.Name == name, cancel) ?? throw Unknown(name);
        return TypedResults.File(file.Content, file.MediaType, name);
    }

    /// <summary>The recording as the body. The same again changes nothing; another one of this name is refused.</summary>
    /// <exception cref="Refusal">400 file_name_not_valid, 409 file_differs, 413 file_too_large, 415 attachment_type_not_taken</exception>
    public static async Task<InstrumentFileView> Keep(string code, string name, HttpRequest request, EvaluationDb db, ClaimsPrincipal user, TimeProvider clock, CancellationToken cancel)
    {
        if (!FileName().IsMatch(name)) throw new BadInput("file_name_not_valid", "A recording's name is letters, digits, - and _, and ends with .mp3, .m4a, .ogg or .wav.");
        await db.Instruments.AsNoTracking().CodedAsync(code, cancel);
        var content = (await request.BufferAsync(InstrumentFile.Largest, cancel)).ToArray();
        var type = AttachmentTypes.Of("audio/*", content.AsSpan(0, Math.Min(content.Length, FileSignature.Length)));
        var md5 = Convert.ToHexStringLower(MD5.HashData(content));
        var file = await db.InstrumentFiles.SingleOrDefaultAsync(f => f.InstrumentCode == code && f.Name == name, cancel);
        if (file is not null && !file.Content.AsSpan().SequenceEqual(content))
            throw new RuleBroken("file_differs", $"There is another recording called {name}, and forms may play it. Give this one another name.");
        if (file is null)
        {
            file = new() { InstrumentCode = code, Name = name, MediaType = type, Md5 = md5, Content = content, KeptBy = user.Subject(), KeptAt = clock.GetUtcNow() };
            db.Add(file);
            await db.SaveChangesAsync(cancel);
        }
        return new(file.Name, file.MediaType, file.Content.Length, file.Md5, file.KeptBy, file.KeptAt);
    }

    /// <exception cref="RuleBroken">file_in_use: a form that was published plays it.</exception>
    public static async Task<NoContent> Discard(string code, string name, EvaluationDb db, CancellationToken cancel)
    {
        var file = await db.InstrumentFiles.SingleOrDefaultAsync(f => f.InstrumentCode == code && f.Name == name, cancel) ?? throw Unknown(name);
        if (await db.InstrumentVersions.AnyAsync(v => v.InstrumentCode == code && v.State != InstrumentState.Draft && v.Files.Contains(name), cancel))
            throw new RuleBroken("file_in_use", $"A form that was published plays {name}.");
        db.Remove(file);
        await db.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }

    private static NotThere Unknown(string name) => new("file_unknown", $"There is no recording {name}.");
}
