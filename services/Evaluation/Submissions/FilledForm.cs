using System.Security.Cryptography;
using System.Text;
using System.Xml;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>
/// A form's XML, read without regard to namespaces, groups or order, as apps differ in these. Nothing outside the text is read: document
/// types are refused, and size, depth and number of elements are limited.
/// </summary>
/// <param name="Values">Texts by the name of the element that holds them; "" where it is empty.</param>
public sealed record FilledForm(string FormId, string Version, string InstanceId, string? Deprecates, IReadOnlyDictionary<string, List<string>> Values)
{
    private const int MostElements = 20_000, Deepest = 50, LongestId = 249;
    private static readonly XmlReaderSettings Safely = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = SubmissionUpload.LargestXml,
    };

    /// <exception cref="BadInput">xml_not_readable, form_id_missing, instance_id_not_valid</exception>
    public static FilledForm Parse(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Safely);
            return Read(reader, xml);
        }
        // The last two for encodings that are not known or have been switched off.
        catch (Exception e) when (e is XmlException or ArgumentException or NotSupportedException)
        {
            throw new BadInput("xml_not_readable", "The form is damaged and cannot be read.");
        }
    }

    private static FilledForm Read(XmlReader reader, byte[] xml)
    {
        reader.MoveToContent();
        // The attribute wins over the namespace, which old clients used for it.
        var formId = reader.GetAttribute("id") is { Length: > 0 } id ? id : reader.NamespaceURI;
        if (formId.Length is 0 or > LongestId) throw new BadInput("form_id_missing", "The form does not say which one it is.");
        var (version, instanceId, deprecates) = (reader.GetAttribute("version") ?? reader.GetAttribute("version", "http://openrosa.org/xforms") ?? "", reader.GetAttribute("instanceID"), (string?)null);

        var values = new Dictionary<string, List<string>>();
        var (path, text, isLeaf, elements) = (new Stack<string>(), new StringBuilder(), false, 0);
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > MostElements || path.Count == Deepest) throw new BadInput("xml_not_readable", "The form is larger or deeper than any of ours.");
                    var empty = reader.IsEmptyElement;
                    path.Push(reader.LocalName);
                    text.Clear();
                    isLeaf = true;
                    if (empty) End();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    if (isLeaf) text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    End();
                    break;
            }
        } while (reader.Read());

        instanceId = string.IsNullOrWhiteSpace(instanceId) ? ByContent(xml) : instanceId.Trim();
        if (instanceId.Length > LongestId) throw new BadInput("instance_id_not_valid", $"An instance id has at most {LongestId} characters.");
        return new(formId, version, instanceId, string.IsNullOrWhiteSpace(deprecates) ? null : deprecates.Trim(), values);

        void End()
        {
            var name = path.Pop();
            if (!isLeaf) return;
            isLeaf = false;
            if (path.TryPeek(out var parent) && parent == "meta") (instanceId, deprecates) = Meta(name, text.ToString());
            else if (path.Count > 0) (values.TryGetValue(name, out var list) ? list : values[name] = []).Add(text.ToString());
        }

        (string?, string?) Meta(string name, string value) => name switch
        {
            "instanceID" => (value, deprecates),
            "deprecatedID" => (instanceId, value),
            _ => (instanceId, deprecates),
        };
    }

    /// <summary>For what comes without an id: the same bytes are the same submission.</summary>
    private static string ByContent(byte[] xml) => $"uuid:{new Guid(SHA256.HashData(xml).AsSpan(0, 16))}";
}
