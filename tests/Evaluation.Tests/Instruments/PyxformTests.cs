using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BetterConnections.Evaluation.Instruments;
using BetterConnections.Evaluation.Instruments.XlsForms;

namespace BetterConnections.Evaluation.Tests.Instruments;

/// <summary>
/// <c>data/every-type.xlsx</c>, written by openpyxl, holds each question type we support; beside it lies the XForm that pyxform 4.5.0,
/// the reference converter of the field, makes of it. What we make of it must say the same.
/// </summary>
public partial class PyxformTests
{
    private static readonly XNamespace Xforms = "http://www.w3.org/2002/xforms";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [Fact]
    public void An_XLSForm_becomes_the_form_that_the_reference_converter_makes_of_it()
    {
        var (definition, errors, _) = XlsFormImport.Read(XlsFormWorkbook.Read(File.OpenRead(Data("every-type.xlsx"))), "X1", RespondentGroup.Worker);
        Assert.Empty(errors);
        Assert.Empty(Linter.Check(definition!));
        Assert.Equal(Enum.GetValues<ItemType>().Order(), definition!.Placed().Select(p => p.Item.Type).Distinct().Order());

        var ours = Says(XDocument.Parse(Encoding.UTF8.GetString(XForm.Render(definition, "2026112201"))));
        var theirs = Says(XDocument.Load(Data("every-type.pyxform-4.5.0.xml")));

        Assert.True(theirs.Count > 100);
        Assert.Equal(theirs, ours);
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>The form's meaning line by line: ids of choices' texts, names of languages and blanks in expressions are each converter's own.</summary>
    private static List<string> Says(XDocument form)
    {
        var model = form.Descendants(Xforms + "model").Single();
        var texts = model.Descendants(Xforms + "translation").ToDictionary(t => FormLanguages.CodeIn(t.Attribute("lang")!.Value)!,
            t => t.Elements().ToDictionary(x => x.Attribute("id")!.Value, x => x.Element(Xforms + "value")!.Value));
        var instances = model.Elements(Xforms + "instance").ToList();
        return
        [
            .. instances[0].Descendants().Select(Of),
            .. instances.Skip(1).Select(Of).Order(StringComparer.Ordinal),
            .. from instance in instances.Skip(1)
               orderby instance.Attribute("id")!.Value
               from choice in instance.Descendants(Xforms + "item")
               from language in texts
               select $"{instance.Attribute("id")!.Value} {choice.Element(Xforms + "name")!.Value} {language.Key} {language.Value[choice.Element(Xforms + "itextId")!.Value]}",
            .. texts.SelectMany(l => l.Value.Where(t => t.Key.StartsWith('/')).Select(t => $"{l.Key} {t.Key} {t.Value}")).Order(StringComparer.Ordinal),
            .. model.Elements(Xforms + "bind").Select(Of),
            .. form.Descendants(XName.Get("body", "http://www.w3.org/1999/xhtml")).Single().Descendants().Select(Of),
        ];
    }

    private static string Of(XElement element) => element.Name.LocalName + string.Concat(element.Attributes().Where(a => !a.IsNamespaceDeclaration)
        .OrderBy(a => a.Name.LocalName).Select(a => $" {a.Name}={Blanks().Replace(a.Value, " ").Trim()}"));
}
