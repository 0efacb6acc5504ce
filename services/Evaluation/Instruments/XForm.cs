using System.Text;
using System.Xml;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>
/// Renders a sound definition as an ODK XForm in the shape of pyxform, which every survey app is tested against. The same definition
/// and version give the same bytes on every machine: apps compare the MD5 of the file they keep with the one in the form list.
/// </summary>
public sealed class XForm
{
    private const string Xforms = "http://www.w3.org/2002/xforms", Xhtml = "http://www.w3.org/1999/xhtml", JavaRosa = "http://openrosa.org/javarosa",
        Odk = "http://www.opendatakit.org/xforms", OpenRosa = "http://openrosa.org/xforms", Schema = "http://www.w3.org/2001/XMLSchema";

    private readonly InstrumentDefinition _form;
    private readonly XmlWriter _xml;
    private readonly List<PlacedItem> _items;
    private readonly Dictionary<string, string> _paths;

    private XForm(InstrumentDefinition form, XmlWriter xml)
    {
        (_form, _xml) = (form, xml);
        _items = [.. form.Placed()];
        _paths = _items.ToDictionary(i => i.Item.Name, i => i.Path);
    }

    /// <param name="form">Without problems: see <see cref="Linter"/>.</param>
    /// <returns>UTF-8 without a byte order mark, lines ended by LF.</returns>
    public static byte[] Render(InstrumentDefinition form, string version)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            new XForm(form, xml).Write(version);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private void Write(string version)
    {
        _xml.WriteStartDocument();
        _xml.WriteStartElement("h", "html", Xhtml);
        _xml.WriteAttributeString("xmlns", Xforms);
        foreach (var (prefix, uri) in new[] { ("h", Xhtml), ("jr", JavaRosa), ("odk", Odk), ("orx", OpenRosa), ("xsd", Schema) })
            _xml.WriteAttributeString("xmlns", prefix, null, uri);
        _xml.WriteStartElement("head", Xhtml);
        _xml.WriteElementString("title", Xhtml, _form.Title);
        Element("model", () =>
        {
            _xml.WriteAttributeString("xforms-version", Odk, "1.0.0");
            Texts();
            PrimaryInstance(version);
            SecondaryInstances();
            Binds();
        });
        _xml.WriteEndElement();
        _xml.WriteStartElement("body", Xhtml);
        Controls(_form.Items);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Element(string name, Action content)
    {
        _xml.WriteStartElement(name, Xforms);
        content();
        _xml.WriteEndElement();
    }

    private void Attribute(string name, string? value)
    {
        if (value is not null) _xml.WriteAttributeString(name, value);
    }

    private void JavaRosaAttribute(string name, string value) => _xml.WriteAttributeString(name, JavaRosa, value);

    private string XPath(string expression) => Expression.ToXPath(expression, _paths);

    private void Texts() => Element("itext", () =>
    {
        foreach (var language in _form.Languages) Element("translation", () =>
        {
            Attribute("lang", FormLanguages.NameOf(language));
            if (language == _form.Languages[0]) Attribute("default", "true()");
            foreach (var (item, path, _) in _items)
            {
                Text($"{path}:label", item.Label, item.Audio);
                Text($"{path}:hint", item.Hint);
                Text($"{path}:jr:constraintMsg", item.ConstraintMessage);
            }
            foreach (var scale in ScalesUsed())
                foreach (var choice in scale.Choices) Text($"{scale.Name}-{choice.Value}", choice.Label, choice.Audio);

            void Text(string id, Dictionary<string, string>? texts, Dictionary<string, string>? audio = null)
            {
                if (texts is not { Count: > 0 }) return;
                Element("text", () =>
                {
                    Attribute("id", id);
                    _xml.WriteElementString("value", Xforms, texts[language]);
                    if (audio?.GetValueOrDefault(language) is { } recording) Element("value", () =>
                    {
                        Attribute("form", "audio");
                        _xml.WriteString($"jr://audio/{recording}");
                    });
                });
            }
        });
    });

    private IEnumerable<Scale> ScalesUsed() => _items.Select(i => _form.ScaleNamed(i.Item.Scale)).OfType<Scale>().Distinct();

    private void PrimaryInstance(string version) => Element("instance", () => Element("data", () =>
    {
        Attribute("id", _form.FormId);
        Attribute("version", version);
        Nodes(_form.Items);
        Element("meta", () =>
        {
            Element("instanceID", () => { });
            if (_form.InstanceName is not null) Element("instanceName", () => { });
        });
    }));

    private void Nodes(IEnumerable<Item> items)
    {
        foreach (var item in items) Element(item.Name, () => Nodes(item.Items ?? []));
    }

    private void SecondaryInstances()
    {
        foreach (var scale in ScalesUsed()) Element("instance", () =>
        {
            Attribute("id", scale.Name);
            Element("root", () =>
            {
                foreach (var choice in scale.Choices) Element("item", () =>
                {
                    _xml.WriteElementString("name", Xforms, choice.Value);
                    _xml.WriteElementString("itextId", Xforms, $"{scale.Name}-{choice.Value}");
                });
            });
        });
        foreach (var file in FilesOf(_form).Where(ExternalFiles.Columns.ContainsKey)) Element("instance", () =>
        {
            Attribute("id", ExternalFiles.InstanceOf(file));
            Attribute("src", $"jr://file-csv/{file}");
        });
    }

    /// <summary>The lists that a sound form reads and the recordings that it plays, which its manifest has to name.</summary>
    public static IReadOnlyList<string> FilesOf(InstrumentDefinition form)
    {
        var items = form.Placed().Select(p => p.Item).ToList();
        var expressions = items.SelectMany(i => i.Expressions).Select(e => Expression.Parse(e.Text, e.RowsOf)).ToList();
        if (form.InstanceName is { } name) expressions.Add(Expression.Parse(name));
        var read = expressions.SelectMany(e => e.Files).Select(f => ExternalFiles.OfInstance(f.Instance));
        var audio = items.Select(i => i.Audio).Concat(items.Select(i => form.ScaleNamed(i.Scale)).OfType<Scale>().Distinct().SelectMany(s => s.Choices).Select(c => c.Audio))
            .OfType<Dictionary<string, string>>().SelectMany(a => a).Where(a => form.Languages.Contains(a.Key)).Select(a => a.Value);
        return [.. items.Select(i => i.File).Concat(read).Concat(audio).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }

    private void Binds()
    {
        foreach (var (item, path, _) in _items)
        {
            if (item.Type == ItemType.Group && item.Relevant is null) continue;
            Element("bind", () =>
            {
                Attribute("nodeset", path);
                Attribute("type", DataType(item.Type));
                if (item.Type == ItemType.Note) Attribute("readonly", "true()");
                if (item.Required) Attribute("required", "true()");
                if (item.Relevant is { } relevant) Attribute("relevant", XPath(relevant));
                if (item.Constraint is { } constraint) Attribute("constraint", XPath(constraint));
                if (item.ConstraintMessage is not null) JavaRosaAttribute("constraintMsg", $"jr:itext('{path}:jr:constraintMsg')");
                if (item.Calculation is { } calculation) Attribute("calculate", XPath(calculation));
                if (Preload(item.Type) is (var preload, var parameter))
                {
                    JavaRosaAttribute("preload", preload);
                    JavaRosaAttribute("preloadParams", parameter);
                }
            });
        }
        Element("bind", () =>
        {
            Attribute("nodeset", "/data/meta/instanceID");
            Attribute("type", "string");
            Attribute("readonly", "true()");
            JavaRosaAttribute("preload", "uid");
        });
        if (_form.InstanceName is { } name) Element("bind", () =>
        {
            Attribute("nodeset", "/data/meta/instanceName");
            Attribute("type", "string");
            Attribute("calculate", XPath(name));
        });
    }

    private static string? DataType(ItemType type) => type switch
    {
        ItemType.Group => null,
        ItemType.Integer => "int",
        ItemType.Decimal => "decimal",
        ItemType.Date or ItemType.Today => "date",
        ItemType.Start or ItemType.End => "dateTime",
        ItemType.Barcode => "barcode",
        ItemType.Geopoint => "geopoint",
        _ => "string",
    };

    private static (string Preload, string Parameter)? Preload(ItemType type) => type switch
    {
        ItemType.Start => ("timestamp", "start"),
        ItemType.End => ("timestamp", "end"),
        ItemType.Today => ("date", "today"),
        ItemType.DeviceId => ("property", "deviceid"),
        _ => null,
    };

    private void Controls(IEnumerable<Item> items)
    {
        foreach (var item in items.Where(i => !i.IsHidden)) Element(ControlOf(item.Type), () =>
        {
            Attribute("ref", _paths[item.Name]);
            Attribute("appearance", item.Appearance);
            Shown("label", item.Label);
            Shown("hint", item.Hint);
            if (item.IsSelect) Element("itemset", () => Choices(item));
            Controls(item.Items ?? []);

            void Shown(string element, Dictionary<string, string>? texts)
            {
                if (texts is { Count: > 0 }) Element(element, () => Attribute("ref", $"jr:itext('{_paths[item.Name]}:{element}')"));
            }
        });
    }

    private static string ControlOf(ItemType type) => type switch
    {
        ItemType.Group => "group",
        ItemType.SelectMultiple => "select",
        ItemType.SelectOne or ItemType.SelectOneFromFile => "select1",
        _ => "input",
    };

    private void Choices(Item item)
    {
        var instance = item.File is { } file ? ExternalFiles.InstanceOf(file) : item.Scale;
        Attribute("nodeset", $"instance('{instance}')/root/item{(item.ChoiceFilter is { } filter ? $"[{XPath(filter)}]" : "")}");
        Element("value", () => Attribute("ref", "name"));
        Element("label", () => Attribute("ref", item.File is null ? "jr:itext(itextId)" : "label"));
    }
}
