using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Evaluation.OpenRosaServer;

internal static class XmlDocuments
{
    /// <summary>Collect wants exactly this; <c>application/xml</c> it takes for the page of a proxy.</summary>
    public const string Type = "text/xml; charset=utf-8";

    /// <summary>The whole document, made before the first byte leaves: half a list would delete forms from phones.</summary>
    public static FileContentHttpResult Answer(XElement root)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Indent = true })) root.WriteTo(xml);
        return TypedResults.Bytes(bytes.ToArray(), Type);
    }
}
