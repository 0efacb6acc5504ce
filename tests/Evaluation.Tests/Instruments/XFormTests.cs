using System.Text;
using System.Xml.Linq;
using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class XFormTests
{
    private static readonly InstrumentDefinition Tried = new("I9", "bc-worker-post", "Worker survey - post-training", RespondentGroup.Worker, ["en", "ar"],
        [new("lik5", [
            new("1", Text("Strongly disagree", "لا أوافق بشدة")), new("2", Text("Disagree", "لا أوافق")), new("3", Text("Neither", "محايد")),
            new("4", Text("Agree", "أوافق")), new("5", Text("Strongly agree", "أوافق بشدة"))])],
        [
            new(ItemType.Start, "start"), new(ItemType.End, "end"),
            new(ItemType.Barcode, "respondent_code", Text("Scan the worker card", "امسح بطاقة العامل"), Required: true),
            new(ItemType.SelectOneFromFile, "facility", Text("Facility", "المرفق"), File: "facilities.csv", Required: true, Appearance: "minimal autocomplete"),
            new(ItemType.SelectOne, "conf_desktop", Text("I feel confident using a desktop computer", "أشعر بالثقة في استخدام الحاسوب المكتبي"),
                Text("Read the statement aloud", "اقرأ العبارة بصوت عال"), "lik5", Required: true, Appearance: "likert"),
        ], InstanceName: "concat(${respondent_code}, ' @ ',${facility})");

    private static Dictionary<string, string> Text(string en, string ar) => new() { ["en"] = en, ["ar"] = ar };

    [Fact]
    public void The_form_is_the_one_that_survey_apps_were_tried_with()
    {
        Assert.Empty(Linter.Check(Tried));
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "bc-worker-post.xml"));
        Assert.Equal(Canonical(expected), Canonical(Encoding.UTF8.GetString(XForm.Render(Tried, "2026112101"))));

        static string Canonical(string xml) => XDocument.Parse(xml).ToString();
    }

    [Fact]
    public void The_bytes_are_UTF_8_without_a_mark_with_plain_line_ends_and_always_the_same()
    {
        var bytes = XForm.Render(Tried, "1");
        Assert.Equal("<?xml"u8.ToArray(), bytes[..5]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal(bytes, XForm.Render(Tried with { Scales = [.. Tried.Scales] }, "1"));
        Assert.NotEqual(bytes, XForm.Render(Tried, "2"));
    }

    [Fact]
    public void A_name_within_a_group_becomes_the_path_of_its_node_wherever_it_is_used()
    {
        var form = Forms.Of(
            new Item(ItemType.Group, "g", Forms.Text("Group"), Relevant: "${first} = 'yes'", Items: [Forms.Ask("AI-a"), Forms.Ask("b") with { Constraint = ". > ${AI-a}", ConstraintMessage = Forms.Text("More") }]),
            Forms.Choose("first"), new Item(ItemType.Calculate, "sum", Calculation: "${AI-a} + ${b}"));
        Assert.Empty(Linter.Check(form));

        var binds = XDocument.Parse(Encoding.UTF8.GetString(XForm.Render(form, "1"))).Descendants().Where(e => e.Name.LocalName == "bind").ToLookup(b => b.Attribute("nodeset")!.Value);

        Assert.Equal(" /data/first  = 'yes'", binds["/data/g"].Single().Attribute("relevant")!.Value);
        Assert.Equal(". >  /data/g/AI-a ", binds["/data/g/b"].Single().Attribute("constraint")!.Value);
        Assert.Equal(" /data/g/AI-a  +  /data/g/b ", binds["/data/sum"].Single().Attribute("calculate")!.Value);
        Assert.Equal("jr:itext('/data/g/b:jr:constraintMsg')", binds["/data/g/b"].Single().Attribute(XName.Get("constraintMsg", "http://openrosa.org/javarosa"))!.Value);
    }

    [Fact]
    public void Only_the_scales_and_lists_that_the_form_asks_for_go_with_it()
    {
        var form = Forms.Of(Forms.Choose("a"), Forms.Ask("w", ItemType.SelectOneFromFile) with { File = "workers.csv", ChoiceFilter = "facility = ${a}" });
        form = form with { Scales = [new("unused", [new("1", Forms.Text("One"))]), Forms.YesNo] };

        var xml = XDocument.Parse(Encoding.UTF8.GetString(XForm.Render(form, "1")));

        Assert.Equal(["workers.csv"], XForm.FilesOf(form));
        Assert.Equal([null, "YN", "workers"], xml.Descendants().Where(e => e.Name.LocalName == "instance").Select(i => i.Attribute("id")?.Value));
        Assert.Equal("instance('workers')/root/item[facility =  /data/a ]", xml.Descendants().Last(e => e.Name.LocalName == "itemset").Attribute("nodeset")!.Value);
    }
}
