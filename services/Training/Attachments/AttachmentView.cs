using System.Linq.Expressions;

namespace BetterConnections.Training.Attachments;

/// <param name="Sha256">In lower-case hexadecimal.</param>
public sealed record AttachmentView(string Name, string ContentType, int Bytes, string Sha256)
{
    public static readonly Expression<Func<Attachment, AttachmentView>> Of = a =>
        new AttachmentView(a.Name, a.Content.ContentType, a.Content.Bytes, Convert.ToHexStringLower(a.Sha256));
}
