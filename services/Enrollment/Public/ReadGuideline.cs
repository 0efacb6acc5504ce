using System.Reflection;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Enrollment.Public;

/// <summary>The information packets: <c>employers</c> on setting up the room, <c>volunteers</c> on assessing, inspecting and helping.</summary>
public static class ReadGuideline
{
    private static readonly string[] Audiences = ["employers", "volunteers"];
    private static readonly string[] Languages = ["en", "ar"];

    /// <summary>Markdown in the caller's preferred language of the two, else English. Figures and checklist are the programme's settings.</summary>
    public static ContentHttpResult Handle(string audience, ProgrammeSettings programme, HttpRequest request, HttpResponse response)
    {
        if (!Audiences.Contains(audience)) throw new NotThere("guideline_unknown", $"There are guidelines for {string.Join(" and ", Audiences)}.");
        var language = request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value!.Split('-')[0].ToLowerInvariant()).FirstOrDefault(Languages.Contains) ?? "en";
        response.Headers.ContentLanguage = language;
        response.Headers.Vary = "Accept-Language";
        return TypedResults.Text(Fill(Read($"{audience}-{language}"), language, programme), "text/markdown; charset=utf-8");
    }

    private static string Fill(string text, string language, ProgrammeSettings programme) => text
        .Replace("{{computers}}", programme.KitComputers.ToString())
        .Replace("{{modems}}", programme.KitModems.ToString())
        .Replace("{{residents}}", programme.ResidentsPerFacility.ToString())
        .Replace("{{checklist}}", string.Join('\n', programme.Checklist.Select((item, i) => $"{i + 1}. {(language == "ar" ? item.Arabic : item.English)}")));

    private static string Read(string name)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Guidelines.{name}")!);
        return text.ReadToEnd();
    }
}
