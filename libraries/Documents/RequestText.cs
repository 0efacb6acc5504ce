using System.Text;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Documents;

public static class RequestText
{
    /// <summary>A request body that is one text in UTF-8, whatever content type a tool on a bench gives it.</summary>
    /// <param name="most">Bytes; more is refused with 413 before it fills the memory.</param>
    public static async Task<string> ReadTextAsync(this HttpRequest request, int most, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        await request.Body.CopyUpToAsync(text, most, cancel);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
