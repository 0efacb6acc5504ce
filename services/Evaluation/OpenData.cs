using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BetterConnections.Documents;
using BetterConnections.Evaluation.Account;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.Evaluation;

/// <summary>A request for data that is open to everybody.</summary>
/// <param name="Format"><c>json</c>, <c>csv</c> or <c>html</c>; wins over the Accept header, for whoever has only a link to click.</param>
/// <param name="Language">Of the page: <c>en</c> or <c>ar</c>; without it what the browser prefers.</param>
public sealed record OpenDataRequest(HttpContext Http, AccountSettings Settings, IOptions<JsonOptions> JsonOptions, string? Format = null, string? Language = null)
{
    private const string JsonType = "application/json", CsvType = "text/csv", PageType = "text/html";

    /// <summary>As JSON, CSV or a page; who has the same already is told so.</summary>
    /// <param name="name">Of the file when it is downloaded, without its ending.</param>
    /// <exception cref="BadInput">format_unknown</exception>
    internal IResult Answer(string name, Func<byte[]> json, Func<string> csv, Func<PublicPage, string> page)
    {
        var type = Format switch
        {
            null => Http.Request.Choose(JsonType, CsvType, PageType),
            "json" => JsonType,
            "csv" => CsvType,
            "html" => PageType,
            _ => throw new BadInput("format_unknown", "The format is json, csv or html."),
        };
        var headers = Http.Response.Headers;
        headers.CacheControl = "public, max-age=60";
        headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptLanguage}";
        if (type == PageType) headers.ContentSecurityPolicy = PublicPage.ContentPolicy;
        return OpenData.Bytes(
            type switch
            {
                JsonType => json(),
                CsvType => Encoding.UTF8.GetBytes("\uFEFF" + csv()), // the mark lets spreadsheets read the Arabic
                _ => Encoding.UTF8.GetBytes(page(new(Http.Request, IsArabic, Settings))),
            },
            type == JsonType ? type : $"{type}; charset=utf-8",
            Format is "json" or "csv" ? $"{name}.{Format}" : null);
    }

    internal byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, JsonOptions.Value.SerializerOptions);

    private bool IsArabic => Http.Request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value!.Split('-')[0])
        .Prepend(Language).FirstOrDefault(l => l is "ar" or "en") == "ar";
}

internal static class OpenData
{
    /// <summary>With the hash of the bytes as ETag.</summary>
    public static FileContentHttpResult Bytes(byte[] content, string type, string? fileName = null) =>
        TypedResults.Bytes(content, type, fileName, entityTag: new($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\""));
}
