using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Courses;

/// <summary>A short text by language (ISO 639-1), kept in one column.</summary>
public static class Texts
{
    /// <summary>Always there; read where another is missing.</summary>
    public const string Default = "en";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string In(this IReadOnlyDictionary<string, string> texts, string language) => texts.TryGetValue(language, out var text) ? text : texts[Default];

    public static PropertyBuilder<Dictionary<string, string>> IsTexts(this PropertyBuilder<Dictionary<string, string>> property)
    {
        property.HasColumnType("jsonb").HasConversion(
            texts => JsonSerializer.Serialize(texts, Readable),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Readable)!,
            new ValueComparer<Dictionary<string, string>>((a, b) => a!.Count == b!.Count && !a.Except(b).Any(), texts => texts.Count, texts => new(texts)));
        return property;
    }
}
