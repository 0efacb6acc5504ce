using System.Net;
using System.Text.Json;
using BetterConnections.Documents;
using QRCoder;

namespace BetterConnections.Inventory.Wipes;

/// <summary>A certificate for people: a page to print and a PDF, both with a QR code at which anyone can check it.</summary>
public static class CertificatePrint
{
    private static readonly (string Title, (string Field, string Label)[] Lines)[] Sections =
    [
        ("Device", [("device", "Barcode"), ("deviceManufacturer", "Make"), ("deviceModel", "Model"), ("deviceSerial", "Serial")]),
        ("Medium", [("mediaType", "Type"), ("mediaModel", "Make and model"), ("mediaSerial", "Serial"), ("sizeApparentBytes", "Size, apparent (bytes)"),
            ("sizeRealBytes", "Size, real (bytes)"), ("hpaDco", "HPA/DCO")]),
        ("Sanitization", [("standard", "Standard"), ("method", "Method"), ("technique", "Technique"), ("pattern", "Pattern"), ("prng", "PRNG"), ("rounds", "Rounds"),
            ("finalPass", "Final pass"), ("tool", "Tool"), ("toolVersion", "Version"), ("verification", "Verification"), ("verified", "Verified"),
            ("errorsPass", "Errors: pass"), ("errorsSync", "Errors: sync"), ("errorsVerify", "Errors: verification"), ("bytesErased", "Bytes erased"),
            ("startedAt", "Started"), ("endedAt", "Ended"), ("durationSeconds", "Duration (s)"), ("throughput", "Throughput"), ("status", "Status"),
            ("operator", "Operator (pseudonym)")]),
        ("Issued", [("issuedAt", "At"), ("issuer", "By")]),
    ];

    public static string Html(WipeCertificate certificate, string address)
    {
        var sections = string.Concat(Filled(certificate).Select(section =>
            $"<h2>{section.Title}</h2><table>{string.Concat(section.Lines.Select(l => $"<tr><th>{l.Label}</th><td>{WebUtility.HtmlEncode(l.Value)}</td></tr>"))}</table>"));
        return $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Certificate of sanitization</title>
            <style>
            body{font:10pt/1.35 system-ui,sans-serif;max-width:180mm;margin:8mm auto}
            h1{font-size:17pt;margin:0 0 3mm}h2{font-size:11pt;margin:4mm 0 1mm;border-bottom:1px solid #888}
            table{border-collapse:collapse}th{text-align:left;font-weight:normal;color:#555;width:48mm;padding:0}td{padding:0}
            .check{display:flex;gap:5mm;align-items:center;margin-top:5mm;overflow-wrap:anywhere}svg{width:30mm;height:30mm;flex:none}
            @page{size:A4;margin:12mm}@media print{body{margin:0} }
            </style></head><body>
            <h1>Certificate of sanitization</h1>{{sections}}
            <div class="check">{{QrSvg(address)}}<div>SHA-256 {{certificate.Hash}}<br>Check it at <a href="{{WebUtility.HtmlEncode(address)}}">{{WebUtility.HtmlEncode(address)}}</a></div></div>
            </body></html>
            """;
    }

    public static byte[] Pdf(WipeCertificate certificate, string address)
    {
        var page = new DrawnPdf(210, 297);
        page.AddPage();
        page.Text(20, 25, 17, "Certificate of sanitization", bold: true);
        double y = 30;
        foreach (var (title, lines) in Filled(certificate))
        {
            page.Text(20, y += 7, 11, title, bold: true);
            page.Fill(20, y + 1, 170, 0.2);
            y += 1;
            foreach (var (label, value) in lines)
            {
                page.Text(20, y += 5, 9, label);
                page.Text(70, y, 9, value);
            }
        }
        page.Qr(address, 16, 255, 34);
        page.Text(55, 266, 8, "SHA-256 " + certificate.Hash);
        page.Text(55, 271, 8, "Check it at");
        page.Text(55, 275, 6, address);
        return page.ToArray();
    }

    /// <summary>Only what is known: a blank line on a certificate invites a pen.</summary>
    private static IEnumerable<(string Title, List<(string Label, string Value)> Lines)> Filled(WipeCertificate certificate)
    {
        var facts = JsonSerializer.Deserialize<JsonElement>(certificate.Content);
        return Sections.Select(s => (s.Title, s.Lines.Where(l => facts.GetProperty(l.Field).ValueKind != JsonValueKind.Null)
            .Select(l => (l.Label, facts.GetProperty(l.Field).ToString())).ToList()));
    }

    private static string QrSvg(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return new SvgQRCode(data).GetGraphic(2, "#000", "#fff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
