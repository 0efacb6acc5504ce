using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace BetterConnections.Evaluation.Submissions.OData;

/// <summary>The part of OData 4.0 that Excel, Power BI and Tableau need to load a form's submissions, with the names that ODK Central gives them.</summary>
public static class ReadServiceDocument
{
    public static async Task<IResult> Handle(string formId, EvaluationDb db, HttpContext http, CancellationToken cancel)
    {
        await FormColumns.OfAsync(db, formId, cancel);
        http.Response.Headers["OData-Version"] = "4.0";
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["@odata.context"] = $"{AddressOf(http.Request, formId)}/$metadata",
            ["value"] = new[] { new { name = "Submissions", kind = "EntitySet", url = "Submissions" } },
        });
    }

    internal static string AddressOf(HttpRequest request, string formId) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}/api/evaluation/forms/{Uri.EscapeDataString(formId)}.svc";
}

public static class ReadMetadata
{
    private static readonly XNamespace Edmx = "http://docs.oasis-open.org/odata/ns/edmx", Edm = "http://docs.oasis-open.org/odata/ns/edm";

    /// <summary>What the fields beside the answers are. All answers are text: what an app sent is kept as it came.</summary>
    internal static readonly (string Name, string Type)[] System =
    [
        ("submissionDate", "Edm.DateTimeOffset"), ("submitterName", "Edm.String"), ("reviewState", "Edm.String"), ("formVersion", "Edm.String"), ("respondent", "Edm.String"),
        ("facility", "Edm.String"), ("startedAt", "Edm.DateTimeOffset"), ("endedAt", "Edm.DateTimeOffset"), ("clockOff", "Edm.Boolean"), ("late", "Edm.Boolean"),
        ("complete", "Edm.Boolean"), ("duplicate", "Edm.Boolean"), ("unknownCard", "Edm.Boolean"), ("notDrawn", "Edm.Boolean"), ("problems", "Edm.String"),
    ];

    public static async Task<IResult> Handle(string formId, EvaluationDb db, HttpResponse response, CancellationToken cancel)
    {
        var items = await FormColumns.OfAsync(db, formId, cancel);
        response.Headers["OData-Version"] = "4.0";
        var schema = new XElement(Edm + "Schema", new XAttribute("Namespace", "BetterConnections"),
            new XElement(Edm + "EntityType", new XAttribute("Name", "Submission"),
                new XElement(Edm + "Key", new XElement(Edm + "PropertyRef", new XAttribute("Name", "__id"))),
                Property("__id", "Edm.String"), Property("__system", "BetterConnections.System"), items.Select(i => Property(i, "Edm.String"))),
            new XElement(Edm + "ComplexType", new XAttribute("Name", "System"), System.Select(s => Property(s.Name, s.Type))),
            new XElement(Edm + "EntityContainer", new XAttribute("Name", "Form"),
                new XElement(Edm + "EntitySet", new XAttribute("Name", "Submissions"), new XAttribute("EntityType", "BetterConnections.Submission"))));
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = new UTF8Encoding(false), Indent = true }))
            new XElement(Edmx + "Edmx", new XAttribute(XNamespace.Xmlns + "edmx", Edmx), new XAttribute("Version", "4.0"), new XElement(Edmx + "DataServices", schema)).WriteTo(xml);
        return TypedResults.Bytes(bytes.ToArray(), "application/xml");
    }

    private static XElement Property(string name, string type) => new(Edm + "Property", new XAttribute("Name", name), new XAttribute("Type", type));
}
