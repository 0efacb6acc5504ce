using System.Globalization;
using System.Xml.Linq;
using System.Xml.XPath;

namespace BetterConnections.Demo;

/// <summary>
/// A published form as a phone has it: an XForm and its lists. Filling it takes the form's own instance and its own rules of what is
/// asked of whom; nothing about the questions is known here but the calculations.
/// </summary>
internal sealed class SurveyForm(string xform, IReadOnlyDictionary<string, string> pseudonyms)
{
    private static readonly XNamespace Xforms = "http://www.w3.org/2002/xforms", JavaRosa = "http://openrosa.org/javarosa";
    private readonly XElement _model = XDocument.Parse(xform).Descendants(Xforms + "model").Single();
    private readonly ILookup<string, string> _choices = ChoicesOf(XDocument.Parse(xform));

    /// <summary>Cards of the workers listed for it, with the pseudonym of each.</summary>
    public IReadOnlyDictionary<string, string> Pseudonyms => pseudonyms;

    /// <param name="answer">By name of the question and its choices, which are none where something is typed in; null leaves it empty.</param>
    /// <param name="edits">Instance id of the interview that this one corrects.</param>
    public Interview Fill(Func<string, IReadOnlyList<string>, string?> answer, string? edits = null)
    {
        var form = new XDocument(Bare(_model.Elements(Xforms + "instance").First().Elements().Single()));
        var id = $"uuid:{Guid.NewGuid()}";
        foreach (var bind in _model.Elements(Xforms + "bind"))
        {
            var path = (string)bind.Attribute("nodeset")!;
            if (form.XPathSelectElement(path) is not { } node) continue; // in a group that is not asked
            if ((string?)bind.Attribute("relevant") is { } relevant && !(bool)form.XPathEvaluate($"boolean({relevant})")) node.Remove();
            else if (Value(form, bind, node.Name.LocalName, path, answer) is { } value) node.Value = value;
        }
        var meta = form.Root!.Element("meta")!;
        meta.Element("instanceID")!.Value = id;
        if (edits is not null) meta.Add(new XElement("deprecatedID", edits));
        return new(id, form.ToString(SaveOptions.DisableFormatting));
    }

    private string? Value(XDocument form, XElement bind, string name, string path, Func<string, IReadOnlyList<string>, string?> answer)
    {
        if ((string?)bind.Attribute(JavaRosa + "preload") is { } preload) return Preloaded(preload, (string?)bind.Attribute(JavaRosa + "preloadParams"));
        if ((string?)bind.Attribute("calculate") is { } calculation) return Calculated(form, name, calculation);
        return (string?)bind.Attribute("readonly") == "true()" || bind.Attribute("type") is null ? null : answer(name, [.. _choices[path]]);
    }

    private static string? Preloaded(string preload, string? parameter) => (preload, parameter) switch
    {
        ("timestamp", "start") => Time(DateTimeOffset.UtcNow.AddMinutes(-12)),
        ("timestamp", "end") => Time(DateTimeOffset.UtcNow),
        ("date", "today") => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => null, // the device is named in the address, and the id is set at the end
    };

    /// <summary>Those whose functions XPath 1.0 does not have are done by hand.</summary>
    private string Calculated(XDocument form, string name, string calculation)
    {
        string Answer(string item) => form.Descendants(item).SingleOrDefault()?.Value ?? "";
        switch (name)
        {
            case "respondent":
                return pseudonyms.GetValueOrDefault(Answer("card"), "");
            case "WB0":
                var score = Enumerable.Range(1, 5).Select(i => int.TryParse(Answer($"WB{i}"), out var points) ? points : (int?)null).ToList();
                return score.Contains(null) ? "" : $"{score.Sum() * 4}";
            case "OT0":
                return $"{Enumerable.Range(1, 5).Count(i => Answer($"OT{i}") == "done")}";
            default:
                return (string)form.XPathEvaluate($"string({calculation})");
        }
    }

    private static ILookup<string, string> ChoicesOf(XDocument xform)
    {
        var lists = xform.Descendants(Xforms + "model").Single().Elements(Xforms + "instance").Where(i => i.Attribute("id") is not null)
            .ToDictionary(i => (string)i.Attribute("id")!, i => i.Descendants(Xforms + "name").Select(n => n.Value).ToList());
        return xform.Descendants(Xforms + "itemset")
            .SelectMany(set => lists[((string)set.Attribute("nodeset")!).Split('\'')[1]].Select(choice => (Path: (string)set.Parent!.Attribute("ref")!, choice)))
            .ToLookup(c => c.Path, c => c.choice);
    }

    /// <summary>Without namespaces, so that the form's paths find its nodes.</summary>
    private static XElement Bare(XElement element) =>
        new(element.Name.LocalName, element.Attributes().Where(a => !a.IsNamespaceDeclaration), element.Elements().Select(Bare));

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>A filled form.</summary>
internal sealed record Interview(string InstanceId, string Xml);
