using System.Text;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Documents;

public static class RequestText
{
    /// <summary>A request body that is one text in UTF-8, whatever content type a tool on a bench gives it.</summary>
    /// <param name="most">Bytes; more is refused with 413 before it fills the memory.</param>
    public static async Task<string> ReadTextAsync(this HttpRequest request, int most, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16384];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (text.Length + read > most) throw new Refused(StatusCodes.Status413PayloadTooLarge, "file_too_large", $"At most {most / 1024 / 1024} MiB.");
            text.Write(buffer, 0, read);
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
