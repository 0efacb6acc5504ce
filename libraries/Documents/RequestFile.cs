using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Documents;

public static class RequestFile
{
    /// <summary>A request body that is one file, whole. Stops reading at the limit: what a larger upload still holds is never taken in.</summary>
    /// <param name="most">Bytes; more is refused with 413 <c>file_too_large</c>.</param>
    public static async Task<byte[]> ReadFileAsync(this HttpRequest request, int most, CancellationToken cancel)
    {
        if (request.ContentLength > most) throw TooLarge(most);
        using var held = new MemoryStream();
        await request.Body.CopyUpToAsync(held, most, cancel);
        return held.ToArray();
    }

    internal static async Task CopyUpToAsync(this Stream body, MemoryStream held, int most, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (held.Length + read > most) throw TooLarge(most);
            held.Write(buffer, 0, read);
        }
    }

    private static Refused TooLarge(int most) => new(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"At most {most / 1024 / 1024} MiB.");
}
