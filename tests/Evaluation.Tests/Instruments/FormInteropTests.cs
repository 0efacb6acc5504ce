using System.Text.Json;
using System.Xml.Linq;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Testing;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>The published forms in the engine of ODK Web Forms, a client that nobody here wrote.</summary>
public class FormInteropTests(EvaluationApp evaluation)
{
    private sealed record Shown(string Reference, string? Label, string? Hint, List<string?>? Options);

    private sealed record Filled(string Form, string Language, string Status, List<string> Violations, List<Shown> Shown, string Xml);

    [Fact]
    public async Task Every_published_instrument_is_filled_in_every_language_and_ready_to_send()
    {
        var versions = await evaluation.InDbAsync(db => db.InstrumentVersions.AsNoTracking().Where(v => v.PublishedBy == "programme").OrderBy(v => v.FormId).ToListAsync());

        var filled = await FillAsync(versions.ToDictionary(v => v.FormId, v => v.Xform!), "card=W-000123-X");

        Assert.Equal(versions.SelectMany(v => v.Languages.Select(l => (v.FormId, FormLanguages.NameOf(l)))), filled.Select(f => (f.Form, f.Language)));
        foreach (var (version, form) in filled.Select(f => (versions.Single(v => v.FormId == f.Form), f)))
        {
            Assert.Equal("ready", form.Status);
            AssertShows(version.Definition, form);
            AssertAnswers(version, XElement.Parse(form.Xml));
        }
    }

    /// <summary>Every question it shows has our text of that language, label, hint and choices.</summary>
    private static void AssertShows(InstrumentDefinition definition, Filled form)
    {
        var language = FormLanguages.CodeIn(form.Language)!;
        var items = definition.Placed().ToDictionary(p => p.Path, p => p.Item);
        Assert.True(form.Shown.Count >= 9);
        foreach (var shown in form.Shown)
        {
            var item = items[shown.Reference];
            Assert.Equal(item.Label![language], shown.Label);
            Assert.Equal(item.Hint?[language], shown.Hint);
            if (definition.ScaleNamed(item.Scale) is { } scale) Assert.Equal(scale.Choices.Select(c => c.Label[language]), shown.Options);
            if (item.File == ExternalFiles.Facilities) Assert.Equal(["Camp 1", "Camp 2"], shown.Options);
        }
    }

    /// <summary>What would be sent names form and version, has an answer to all that is required, and no node that is not ours.</summary>
    private static void AssertAnswers(InstrumentVersion version, XElement data)
    {
        Assert.Equal((version.FormId, version.FormVersion), (data.Attribute("id")?.Value, data.Attribute("version")?.Value));
        var items = version.Definition.Placed().ToDictionary(p => p.Item.Name, p => p.Item);
        var answers = data.Descendants().Where(e => !e.HasElements && e.Parent!.Name.LocalName != "meta").ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.All(answers, a => Assert.True(items.ContainsKey(a.Key), a.Key));
        Assert.All(answers.Where(a => items[a.Key].Required), a => Assert.NotEqual("", a.Value));
        Assert.StartsWith("uuid:", data.Descendants().Single(e => e.Name.LocalName == "instanceID").Value);
        if (items.ContainsKey("consent")) Assert.Equal("yes", answers["consent"]);
        if (items.ContainsKey("respondent")) Assert.Equal("P-1", answers["respondent"]); // from the card by way of workers.csv
        if (items.ContainsKey("WB0")) Assert.Equal(("100", "0"), (answers["WB0"], answers["FI1"]));
    }

    [Fact]
    public async Task Who_does_not_agree_is_asked_nothing_and_scores_are_left_out_where_an_answer_is()
    {
        var endline = ShippedInstrumentTests.Shipped[1];
        var forms = new Dictionary<string, byte[]> { ["I2"] = XForm.Render(endline, "1") };

        var refused = XElement.Parse((await FillAsync(forms, "consent=no"))[0].Xml);
        Assert.Equal("no", refused.Descendants().Single(e => e.Name.LocalName == "consent").Value);
        Assert.DoesNotContain(refused.Descendants(), e => e.Name.LocalName is "interview" or "card" or "AC1");

        var partly = XElement.Parse((await FillAsync(forms, "card=unknown", "WB3=dont_know", "OT2=helped", "IU1=no"))[0].Xml);
        var answers = partly.Descendants().Where(e => !e.HasElements).ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.Equal(("", "4", "computer-basics", ""), (answers["WB0"], answers["OT0"], answers["IU2"], answers["respondent"]));
        Assert.Contains("card_unknown", answers.Keys);
    }

    [Fact]
    public async Task Every_function_that_the_linter_allows_is_one_the_client_knows()
    {
        string[] calls =
        [
            "selected(${a}, 'yes')", "count-selected(${a})", "once('1')", "if(${a} = 'yes', 1, 2)", "coalesce(${a}, 'x')", "pulldata('workers', 'name', 'card', 'W-000123-X')",
            "jr:choice-name(${a}, '${a}')", "format-date(today(), '%Y')", "uuid()", "now()", "true()", "false()", "not(${a} = 'no')", "concat('a', 'b')", "string-length('abc')",
            "regex('5', '[0-9]')", "number('5')", "string(5)", "int(5.5)", "round(5.55, 1)", "contains('abc', 'b')", "starts-with('abc', 'a')", "min(1, 2)", "max(1, 2)",
            "instance('workers')/root/item[card = 'W-000123-X']/name",
        ];
        Assert.All(ExpressionParser.Functions.Keys, name => Assert.Contains(calls, c => c.Contains(name + "(")));
        var form = Forms.Of([Forms.Choose("a"), .. calls.Select((call, i) => new Item(ItemType.Calculate, $"c{i}", Calculation: call))]);
        Assert.Empty(Linter.Check(form));

        var filled = (await FillAsync(new() { ["all"] = XForm.Render(form, "1") }))[0];

        Assert.Equal("ready", filled.Status);
        var values = XElement.Parse(filled.Xml);
        foreach (var (i, call) in calls.Index()) Assert.True(values.Element($"c{i}")!.Value.Length > 0, call);
        Assert.Equal(("P-1", "P-1"), (values.Element("c5")!.Value, values.Element($"c{calls.Length - 1}")!.Value));
    }

    /// <summary>Fills each form in each of its languages, in the order of the names given.</summary>
    private static async Task<List<Filled>> FillAsync(Dictionary<string, byte[]> forms, params string[] answers)
    {
        var folder = Directory.CreateTempSubdirectory("forms");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "facilities.csv"), "name,label\nF0001,Camp 1\nF0002,Camp 2\n");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "workers.csv"), "name,label,facility,language,card\nP-1,Worker 1,F0001,ne,W-000123-X\n");
            foreach (var (name, xform) in forms) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), xform);
            var output = await Clients.RunAsync("fill-form.mjs", "",
                ["--attachments", folder.FullName, .. answers.SelectMany(a => new[] { "--set", a }), .. forms.Keys.Select(name => Path.Combine(folder.FullName, name))]);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Filled>(line, JsonSerializerOptions.Web)!)
                .Select(f => f with { Form = Path.GetFileName(f.Form) })];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
